from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "monosashi.web.accounts"
    label = "accounts"
    verbose_name = "アカウントと組織"
