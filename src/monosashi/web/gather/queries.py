"""What pages ask about imports: everybody sees their own, for a file may hold what others must not read."""

from __future__ import annotations

from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404

from monosashi import errors
from monosashi.define.text import Text
from monosashi.web.accounts.models import Account
from monosashi.web.gather.models import Import, Mapping

if TYPE_CHECKING:
    from monosashi.define.guideline import Guideline

PAGE = 30
KINDS = {
    "responses": Text(ja="調査の回答", en="Responses to a survey"),
    "volumes": Text(ja="件数", en="Volumes"),
    "practices": Text(ja="取組の記録", en="Practices"),
    "events": Text(ja="手続の記録", en="Events of procedures"),
}


def imports(by: Account, number: int = 1) -> Page[Import]:
    return Paginator(Import.objects.filter(brought_by=by), PAGE).get_page(number)


def one(by: Account, id: UUID) -> Import:
    found = Import.objects.select_related("job").filter(pk=id, brought_by=by).first()
    if found is None:
        raise Http404
    return found


def mappings() -> Sequence[Mapping]:
    return list(Mapping.objects.all())


def mapping_text(name: str) -> str:
    found = Mapping.objects.filter(name=name).first()
    return found.text if found else ""


def instruments() -> Sequence[str]:
    """The questionnaires of the guideline in force."""
    return sorted({name for item in _guideline().items for name in item.asked_in})


@dataclass(frozen=True)
class Template:
    """A workbook that can be filled in; of responses, one for each questionnaire."""

    kind: str
    name: Text
    instrument: str = ""


def templates() -> Sequence[Template]:
    asked = [Template("responses", KINDS["responses"], name) for name in instruments()]
    return [*asked, *(Template(kind, name) for kind, name in KINDS.items() if kind != "responses")]


def template(kind: str, instrument: str) -> bytes:
    """Raises a Problem where there is no such kind or questionnaire."""
    from monosashi.adapters.template import template_workbook
    from monosashi.pipeline import template_of

    if (kind, instrument) not in {(one.kind, one.instrument) for one in templates()}:
        raise errors.IMPORT_TABLE(table=kind, kind=kind, example="responses/resident")
    return template_workbook(template_of(kind, instrument or None, _guideline()), kind)


def _guideline() -> Guideline:
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.web.config.environment import Environment

    return load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE"))


@dataclass(frozen=True)
class Seen:
    """What a file was understood as, for a page: facts of the file, one line a field, and what is wrong."""

    file: Named[str, Any]
    evidence: Text
    fields: Sequence[Field]
    unused: str
    states: Named[str, int]
    figures: Sequence[Named[str, Any]]
    count: int
    findings: Sequence[Place]


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    n: int
    n_missing: int
    holds: str


@dataclass(frozen=True)
class Place:
    row: int | None
    cell: str | None
    column: str
    what: Text
    do: Text


def seen(found: Import) -> Seen | None:
    """None where the file was not read with a mapping yet."""
    told = found.understood
    if not told:
        return None
    return Seen(
        file=told["file"],
        evidence=Text(**told["file"]["evidence"]),
        fields=[_field(name, one) for name, one in told["fields"].items()],
        unused=", ".join(told["unused_columns"]),
        states=told.get("states", {}),
        figures=told.get("figures", []),
        count=told["findings"]["count"],
        findings=[_place(one) for one in told["findings"]["first"]],
    )


def _field(name: str, told: dict[str, Any]) -> Field:
    if "distribution" in told:
        values = (f"{one.get('label', one['value'])}: {one['n']:,}" for one in told["distribution"])
        holds = " · ".join(values)
    else:
        holds = f"{told['lowest']} – {told['highest']}" if "lowest" in told else ""
    return Field(name, told["type"], told["n"], told["n_missing"], holds)


def _place(told: dict[str, Any]) -> Place:
    what, do = Text(**told["what"]), Text(**told["do"])
    return Place(told["row"], told.get("cell"), told["column"] or "", what, do)
