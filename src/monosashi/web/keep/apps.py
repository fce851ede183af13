from django.apps import AppConfig


class KeepConfig(AppConfig):
    name = "monosashi.web.keep"
    label = "keep"
    verbose_name = "記録と仕事"

    def ready(self) -> None:
        from monosashi.web.keep import housekeeping  # noqa: F401  registers its kinds of job
