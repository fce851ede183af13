from django.urls import path, register_converter

from monosashi.web.measure import views
from monosashi.web.publish.urls import FileName

register_converter(FileName, "edition")

urlpatterns = [
    path("editions/", views.editions, name="editions"),
    path("editions/drafts/<edition:id>/", views.draft, name="draft"),
    path("editions/drafts/<edition:id>/publish/", views.publish, name="publish-draft"),
]
