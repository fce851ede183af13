"""Addresses of the public pages; the same under /en/ in English."""

from django.urls import path, register_converter

from monosashi.web.publish import views


class FileName:
    """A plain file or edition name: no folder, no hidden file."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileName, "filename")

urlpatterns = [
    path("", views.front, name="front"),
    path("indicators/<slug:id>/", views.indicator, name="indicator"),
    path("indicators/<slug:id>/data.csv", views.indicator_csv, name="indicator-csv"),
    path("principles/", views.principles, name="principles"),
    path("principles/<int:number>/", views.principle, name="principle"),
    path("method/", views.method, name="method"),
    path("data/", views.data, name="data"),
    path("data/<filename:edition>/<filename:name>", views.edition_file, name="edition-file"),
]
