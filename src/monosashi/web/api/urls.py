from django.urls import path

from monosashi.web.api import views

urlpatterns = [
    path("keys/", views.keys, name="keys"),
    path("keys/<uuid:id>/revoke/", views.revoke, name="revoke-key"),
]
