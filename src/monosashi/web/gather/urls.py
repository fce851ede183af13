from django.urls import path

from monosashi.web.gather import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/templates/<slug:kind>.xlsx", views.template, name="import-template"),
    path("imports/<uuid:id>/", views.import_, name="import"),
    path("imports/<uuid:id>/store/", views.store, name="store-import"),
    path("imports/<uuid:id>/discard/", views.discard, name="discard-import"),
]
