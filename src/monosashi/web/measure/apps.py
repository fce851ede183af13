from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "monosashi.web.measure"
    label = "measure"
    verbose_name = "版を作る"

    def ready(self) -> None:
        from monosashi.web.measure import work  # noqa: F401  registers the kinds of job
