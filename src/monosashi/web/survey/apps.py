from django.apps import AppConfig


class SurveyConfig(AppConfig):
    name = "monosashi.web.survey"
    label = "survey"
    verbose_name = "調査"
