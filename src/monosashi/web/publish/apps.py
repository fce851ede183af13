from django.apps import AppConfig


class PublishConfig(AppConfig):
    name = "monosashi.web.publish"
    label = "publish"
    verbose_name = "公開ページ"
