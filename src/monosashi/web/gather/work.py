"""The jobs of this app. A file is opened by a child process with limits; its mistakes are no failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.web.gather import uploads
from monosashi.web.gather.models import Import, State
from monosashi.web.keep import audit
from monosashi.web.keep.jobs import Work, job

if TYPE_CHECKING:
    from monosashi.define.guideline import Guideline
    from monosashi.gather.preview import Preview
    from monosashi.gather.suggest import Suggested
    from monosashi.pipeline import Delivery

_READING = Text(ja="ファイルを読んでいます", en="reading the file")
_STORING = Text(ja="レイクに書いています", en="writing to the lake")


@job("import.read", Text(ja="ファイルを読む", en="Reading a file"))
def read_file(work: Work, *, id: str) -> dict[str, Any]:
    """What the file would become, for a person to look at; a mapping to start from where there is none."""
    found = Import.objects.get(pk=UUID(id))
    work.report(_READING)
    try:
        if not found.mapping.strip():
            suggested = _suggested(found)
            found.mapping = suggested.text
            if not suggested.complete:
                _settle(found, State.UNMAPPED, mapping=suggested.text)
                return {"import": id}
        _settle(found, State.READ, mapping=found.mapping, understood=_understood(found))
    except Problem as problem:
        said = {"problem_ja": problem.as_text("ja"), "problem_en": problem.as_text("en")}
        _settle(found, State.UNREAD, **said)
    return {"import": id}


@job("import.store", Text(ja="ファイルを取り込む", en="Storing a file"))
def store_file(work: Work, *, id: str) -> dict[str, Any]:
    """Reads the file once more and stores it: all of it or nothing, and what is there already never twice."""
    from monosashi.adapters.home import Home
    from monosashi.adapters.japanese import words
    from monosashi.adapters.lake import DeltaLake
    from monosashi.pipeline import import_delivery

    found = Import.objects.get(pk=UUID(id))
    work.report(_READING)
    try:
        norm, delivery, seen = _read(found)
        work.report(_STORING)
        lake = DeltaLake(Home.of_environment().lake)
        receipt = import_delivery(delivery, seen, lake, guideline=norm, words=words)
    except Problem as problem:
        said = {"problem_ja": problem.as_text("ja"), "problem_en": problem.as_text("en")}
        _settle(found, State.UNREAD, **said)
        return {"import": id}
    with transaction.atomic():
        _settle(found, State.STORED, receipt=vars(receipt), understood={})
        audit.record("import.stored", target=found, by=found.brought_by, **vars(receipt))
    uploads.drop(found.pk)
    return {"import": id, **vars(receipt)}


def _understood(found: Import) -> dict[str, Any]:
    from monosashi.adapters.brought import figures_brought

    norm, delivery, seen = _read(found)
    return {**seen.as_json(), "figures": figures_brought(delivery, seen, norm)}


def _read(found: Import) -> tuple[Guideline, Delivery, Preview]:
    from monosashi.adapters.confined import confined
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.opened_file import open_file
    from monosashi.gather.mapping import read_mapping
    from monosashi.pipeline import Delivery, read_delivery
    from monosashi.web.config.environment import Environment

    norm = load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE"))
    delivery = Delivery(
        found.kind,
        found.file_name,
        uploads.content(found.pk),
        read_mapping("mapping", found.mapping.encode()),
        found.instrument or None,
        found.encoding or None,
    )
    return norm, delivery, confined(read_delivery, delivery, norm, open_file)


def _suggested(found: Import) -> Suggested:
    from monosashi.adapters.confined import confined
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.opened_file import open_file
    from monosashi.pipeline import suggest_mapping
    from monosashi.web.config.environment import Environment

    return confined(
        suggest_mapping,
        uploads.content(found.pk),
        found.file_name,
        kind=found.kind,
        instrument=found.instrument or None,
        encoding=found.encoding or None,
        guideline=load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE")),
        opener=open_file,
    )


def _settle(found: Import, state: State, **values: Any) -> None:
    Import.objects.filter(pk=found.pk).update(state=state, **values)
