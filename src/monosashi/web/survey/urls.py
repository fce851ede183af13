"""Addresses of the workspace for surveys."""

from django.urls import path

from monosashi.web.survey import views

urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.new, name="new-wave"),
    path("surveys/<int:wave>/", views.wave, name="wave"),
    path("surveys/<int:wave>/open/", views.open_, name="open-wave"),
    path("surveys/<int:wave>/close/", views.close, name="close-wave"),
    path("surveys/<int:wave>/freeze/", views.freeze, name="freeze-wave"),
]
