"""What is asked about answers."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from monosashi.web.answer import codes
from monosashi.web.answer.models import Sitting, Submission
from monosashi.web.survey.models import Wave


def sitting(survey: str, code: str) -> Sitting | None:
    """The unfinished answers under a code; None where it is unknown, submitted or expired."""
    found = Sitting.objects.select_related("wave__survey", "wave__questionnaire_version").filter(
        wave__survey__code=survey,
        code_digest=codes.digest("sitting", code),
        expires_at__gt=timezone.now(),
    )
    return found.first()


def submitted(survey: str, key: str) -> Submission | None:
    found = Submission.objects.select_related("wave__survey", "wave__questionnaire_version")
    return found.filter(wave__survey__code=survey, key=codes.digest("key", key)).first()


def count(wave: Wave) -> int:
    return Submission.objects.filter(wave=wave, withdrawn_at=None).count()


def seal(wave: Wave) -> dict[str, Any]:
    """How many answers a wave has, and one digest over all: sha256 of the sorted "key content" lines."""
    rows = Submission.objects.filter(wave=wave).order_by("key").values_list("key", "content", "withdrawn_at")
    total, withdrawn, digest = 0, 0, hashlib.sha256()
    for key, content, withdrawn_at in rows.iterator():
        total, withdrawn = total + 1, withdrawn + (withdrawn_at is not None)
        digest.update(f"{key} {content}\n".encode())
    return {"submissions": total, "withdrawn": withdrawn, "digest": digest.hexdigest()}
