"""A list of the register as a CSV file, line by line, in the columns in which it can be imported again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from monosashi.gather.register.entries import SEPARATOR
from monosashi.gather.register.schemas import REGISTER, TOOLS_IN
from monosashi.gather.register.words import STEPS
from monosashi.publish import safe_csv
from monosashi.web.accounts.models import Organization
from monosashi.web.register import queries
from monosashi.web.register.models import Procedure, Service, Tool, ToolUse
from monosashi.web.register.queries import Asked

_LINKS = {"organization": "organization__code", "service": "service__code", "parent": "parent__code"}
_ROWS: Mapping[str, Callable[[Asked], QuerySet[Any]]] = {
    "organizations": lambda _: Organization.objects.all(),
    "services": lambda asked: queries.listed(Service, asked),
    "procedures": lambda asked: queries.listed(Procedure, asked),
    "tools": lambda _: Tool.objects.all(),
}
KINDS = tuple(_ROWS)


def lines(kind: str, asked: Asked) -> Iterator[bytes]:
    """Every row, of all pages."""
    names = tuple(REGISTER[kind].columns)
    own = [name for name in names if name not in TOOLS_IN]
    states = [state for name, state in TOOLS_IN.items() if name in names]
    uses = _uses() if states else {}
    yield safe_csv.line((*own, *(f"tools_{state}" for state in states)))
    rows = _ROWS[kind](asked).values_list("pk", *(_LINKS.get(name, name) for name in own))
    for pk, *cells in rows.iterator(chunk_size=2_000):
        told = [_cell(name, cell) for name, cell in zip(own, cells, strict=True)]
        tools = [SEPARATOR.join(uses.get(pk, {}).get(state, ())) for state in states]
        yield safe_csv.line([*told, *tools])


def _uses() -> dict[int, dict[str, list[str]]]:
    """By service and state, the codes of the tools."""
    found: dict[int, dict[str, list[str]]] = {}
    for service, state, tool in ToolUse.objects.values_list("service", "state", "tool__code"):
        found.setdefault(service, {}).setdefault(state, []).append(tool)
    return found


def _cell(name: str, cell: Any) -> safe_csv.Cell:
    if isinstance(cell, tuple):
        return SEPARATOR.join(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    kept: safe_csv.Cell = cell.replace(" ", SEPARATOR) if name in STEPS else cell
    return kept
