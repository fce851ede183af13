"""Problems as programs read them: ``application/problem+json``, with a stable code and the Japanese title."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, JsonResponse

from monosashi import errors
from monosashi.errors import Problem

_STATUS = {
    errors.KEY_UNKNOWN: 401,
    errors.KEY_SCOPE: 403,
    errors.API_BODY: 400,
    errors.API_IDEMPOTENCY_KEY: 400,
    errors.API_KEY_REUSED: 409,
    errors.API_TOO_LARGE: 413,
    errors.API_BATCH: 413,
    errors.API_MEDIA_TYPE: 415,
    errors.LAKE_TABLE_NAME: 404,
    errors.IMPORT_TABLE: 404,
}


def of_problem(request: HttpRequest, problem: Problem) -> JsonResponse:
    """422 unless the problem is one of its own kind."""
    what_ja, do_ja = problem.kind.say("ja", problem.details)
    what_en, do_en = problem.kind.say("en", problem.details)
    body = {
        "code": problem.kind.code,
        "title": what_ja,
        "title_en": what_en,
        "detail": do_ja,
        "detail_en": do_en,
        "errors": [finding.as_json() for finding in problem.findings],
    }
    return problem_json(_STATUS.get(problem.kind, 422), body)


def problem_json(status: int, body: dict[str, Any]) -> JsonResponse:
    said = {"type": "about:blank", "status": status, "request_id": uuid.uuid4().hex, **body}
    answer = JsonResponse(
        said,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
