from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "monosashi.web.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from monosashi.web.api import work  # noqa: F401  registers the kinds of job
