from django.apps import AppConfig


class AnswerConfig(AppConfig):
    name = "monosashi.web.answer"
    label = "answer"
    verbose_name = "回答"

    def ready(self) -> None:
        from monosashi.web.answer import work  # noqa: F401  registers the kinds of job
