from django.urls import path, register_converter

from monosashi.web.register import edits, views
from monosashi.web.register.export import KINDS


class Kind:
    """One of the lists that can be downloaded."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Kind, "register_kind")

urlpatterns = [
    path("register/", views.services, name="register"),
    path("register/procedures/", views.procedures, name="register-procedures"),
    path("register/organizations/", views.organizations, name="register-organizations"),
    path("register/tools/", views.tools, name="register-tools"),
    path("register/alike/", views.alike_services, name="register-alike"),
    path("register/<register_kind:kind>.csv", views.download, name="register-csv"),
    path("register/services/<slug:code>/", views.service, name="register-service"),
    path("register/procedures/<slug:code>/", views.procedure, name="register-procedure"),
    path("register/add/service/", edits.add_service, name="add-service"),
    path("register/add/procedure/", edits.add_procedure, name="add-procedure"),
    path("register/add/tool/", edits.add_tool, name="add-tool"),
    path("register/services/<slug:code>/edit/", edits.edit_service, name="edit-service"),
    path("register/services/<slug:code>/tools/", edits.set_use, name="set-use"),
    path("register/procedures/<slug:code>/edit/", edits.edit_procedure, name="edit-procedure"),
    path("register/procedures/<slug:code>/forms/", edits.add_form, name="add-form"),
]
