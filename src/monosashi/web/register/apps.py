from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "monosashi.web.register"
    label = "register"
    verbose_name = "台帳"
