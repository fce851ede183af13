"""Addresses of those who answer: surveys at /s/, reviews of services at /r/."""

from django.urls import path

from monosashi.web.answer.views import paper, review, sitting, survey, withdrawal

urlpatterns = [
    path("s/<slug:survey>/", survey.start, name="survey"),
    path("s/<slug:survey>/q/", survey.begin, name="survey-begin"),
    path("s/<slug:survey>/resume/", survey.resume, name="survey-resume"),
    path("s/<slug:survey>/print/", survey.paper, name="survey-print"),
    path("s/<slug:survey>/a/<slug:code>/", sitting.sitting, name="sitting"),
    path("s/<slug:survey>/a/<slug:code>/q/<slug:question>/", sitting.question, name="sitting-question"),
    path("s/<slug:survey>/a/<slug:code>/check/", sitting.check, name="sitting-check"),
    path("r/<slug:service>/", review.review, name="review"),
    path("manage/surveys/<int:wave>/paper/", paper.enter, name="paper"),
    path("withdraw/", withdrawal.withdraw, name="withdraw"),
]
