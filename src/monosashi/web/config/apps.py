from django.apps import AppConfig
from django.core.checks import register


class ShellConfig(AppConfig):
    name = "monosashi.web.config"
    label = "shell"
    verbose_name = "全体"

    def ready(self) -> None:
        from monosashi.web.config.addresses import undeclared_addresses  # models have to be there first

        register(undeclared_addresses)
