from django.apps import AppConfig


class KeepConfig(AppConfig):
    name = "monosashi.web.keep"
    label = "keep"
    verbose_name = "記録と仕事"
