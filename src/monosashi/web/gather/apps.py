from django.apps import AppConfig


class GatherConfig(AppConfig):
    name = "monosashi.web.gather"
    label = "gather"
    verbose_name = "取り込み"

    def ready(self) -> None:
        from monosashi.web.gather import work  # noqa: F401  registers the kinds of job
