"""The API's own doors: programs write responses, events, volumes and practices, a batch at a time."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import Body, Header, NinjaAPI, Schema, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field

from monosashi import errors
from monosashi.errors import Problem
from monosashi.web.api import answers, keys, operations
from monosashi.web.api.models import ApiKey
from monosashi.web.api.strict import LARGEST, StrictParser

if TYPE_CHECKING:
    from monosashi.define.guideline import Guideline

AT_ONCE = 500  # records of a batch
IDEMPOTENCY_KEY = "Chosen by the sender, new for each batch; the same one to send a batch again."


class Key(HttpBearer):
    """`Authorization: Bearer mono_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        return keys.key_of(f"Bearer {token}")

    def __call__(self, request: HttpRequest) -> ApiKey:
        """A missing or malformed header is answered like a wrong key."""
        return keys.key_of(request.headers.get("Authorization", ""))


class Records(Schema):
    """A batch. What a record may hold is said by the table that it goes to."""

    model_config = ConfigDict(extra="forbid")
    records: list[Any] = Field(description=f"1 to {AT_ONCE} JSON objects, one for each record.")


class Result(Schema):
    """The answer for one item. `already`: the same record was there; `conflict`: another with its key was."""

    status: Literal["accepted", "already", "conflict", "refused"]
    errors: list[dict[str, Any]] | None = None


class Receipt(Schema):
    """What became of a batch, item by item, in the order in which they were sent."""

    batch: UUID
    table: str
    results: list[Result]


api = NinjaAPI(
    title="Monosashi",
    version="1",
    description="Records for the yardstick. Every acknowledged record has been flushed to disk.",
    auth=Key(),
    parser=StrictParser(),
    docs_url=None,
    urls_namespace="api",
)
_Idempotency = Annotated[str, Header(alias="Idempotency-Key", description=IDEMPOTENCY_KEY)]
_RECEIPTS = {200: Receipt, 201: Receipt, 422: Receipt}


@api.post("/events", response=_RECEIPTS, summary="Events of procedures", exclude_none=True)
def events(request: HttpRequest, sent: Body[Records], idempotency_key: _Idempotency = "") -> Any:
    return _accepted(request, sent, idempotency_key, "events")


@api.post("/volumes", response=_RECEIPTS, summary="Counts for a period and channel", exclude_none=True)
def volumes(request: HttpRequest, sent: Body[Records], idempotency_key: _Idempotency = "") -> Any:
    return _accepted(request, sent, idempotency_key, "volumes")


@api.post("/practices", response=_RECEIPTS, summary="Things that officials did", exclude_none=True)
def practices(request: HttpRequest, sent: Body[Records], idempotency_key: _Idempotency = "") -> Any:
    return _accepted(request, sent, idempotency_key, "practices")


@api.post("/responses/{instrument}", response=_RECEIPTS, summary="Responses to a survey", exclude_none=True)
def responses(
    request: HttpRequest, instrument: str, sent: Body[Records], idempotency_key: _Idempotency = ""
) -> Any:
    return _accepted(request, sent, idempotency_key, "responses", instrument)


def _accepted(
    request: HttpRequest, sent: Records, idempotency_key: str, kind: str, instrument: str | None = None
) -> Status[dict[str, Any]]:
    """201 where something is new, 200 where everything was there, 422 where nothing could be taken."""
    from monosashi.gather.expect import Instrument
    from monosashi.gather.objects import read_objects
    from monosashi.keep.tables import schema_of, table_for

    key: ApiKey = request.auth  # type: ignore[attr-defined]
    if kind not in key.scopes:
        raise errors.KEY_SCOPE(scope=kind)
    if not 1 <= len(sent.records) <= AT_ONCE:
        raise errors.API_BATCH(count=len(sent.records), limit=AT_ONCE)
    table = table_for(kind, None, instrument)
    norm = _guideline()
    items = read_objects(
        sent.records, table, schema_of(table), Instrument.of(instrument or "", norm.items, norm.scales)
    )
    batch, new = operations.accept(
        key=key,
        idempotency_key=idempotency_key,
        digest=hashlib.sha256(request.body).hexdigest(),
        table=table,
        items=items,
    )
    results = batch.results()
    statuses = {one["status"] for one in results}
    status = 422 if statuses <= {"refused", "conflict"} else 201 if new and "accepted" in statuses else 200
    return Status(status, {"batch": batch.pk, "table": table, "results": results})


@lru_cache(maxsize=1)
def _guideline() -> Guideline:
    """The installation's, read once: a process lives with one guideline."""
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.web.config.environment import Environment

    return load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE"))


@api.exception_handler(Problem)
def problem(request: HttpRequest, found: Problem) -> HttpResponse:
    return answers.of_problem(request, found)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, found: HttpError) -> HttpResponse:
    """The library wraps what the parser raised; a body without content does not come that far."""
    cause = found.__cause__
    return answers.of_problem(
        request, cause if isinstance(cause, Problem) else errors.API_BODY(detail=str(found))
    )


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, found: RequestDataTooBig) -> HttpResponse:
    return answers.of_problem(request, errors.API_TOO_LARGE(limit=LARGEST))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, found: ValidationError) -> HttpResponse:
    """The body is JSON of another shape."""
    places = ", ".join(".".join(map(str, one["loc"][1:])) or "body" for one in found.errors)
    return answers.of_problem(request, errors.API_BODY(detail=places))
