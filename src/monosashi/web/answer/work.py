"""What the worker does about answers: unfinished ones that have expired go, and so do counts of arrivals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from monosashi.define.text import Text
from monosashi.web.answer import limits
from monosashi.web.answer.models import Arrivals, Sitting
from monosashi.web.keep import jobs
from monosashi.web.keep.housekeeping import schedule


@jobs.job(
    "answers.clear", Text(ja="期限の切れた途中の回答の片付け", en="Clearing of expired unfinished answers")
)
def clear(work: jobs.Work) -> dict[str, Any]:
    now = timezone.now()
    expired = Sitting.objects.filter(expires_at__lte=now).delete()[0]
    Arrivals.objects.filter(since__lt=now - limits.KEPT).delete()
    return {"expired": expired}


schedule("answers.clear", every=timedelta(hours=6))
