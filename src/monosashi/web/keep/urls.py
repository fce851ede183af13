from django.urls import path

from monosashi.web.keep import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:id>/", views.job, name="job"),
    path("jobs/<uuid:id>/state/", views.job_state, name="job-state"),
    path("audit/", views.audit_trail, name="audit"),
]
