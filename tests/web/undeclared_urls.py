"""A table of addresses with one that declares no policy, for the test of the check."""

from django.http import HttpResponse
from django.urls import path

from monosashi.web.accounts.policy import ANYONE, allowed

urlpatterns = [
    path("open/", allowed(ANYONE)(lambda request: HttpResponse()), name="open"),
    path("forgotten/", lambda request: HttpResponse(), name="forgotten"),
]
