"""What pages ask about services that are alike, and tools that could be shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monosashi.define.text import Text
from monosashi.gather.register.normal import normalized
from monosashi.gather.register.words import TOOL_STATES
from monosashi.measure.register.likeness import Described, Likeness, alike, pairs
from monosashi.measure.register.sharing import Use, candidates
from monosashi.web.accounts.models import Organization
from monosashi.web.register.models import FormField, Procedure, Service, Tool, ToolUse
from monosashi.web.register.words import REASONS


@dataclass(frozen=True)
class Alike:
    service: Service
    likeness: Likeness


@dataclass(frozen=True)
class Pair:
    one: Service
    other: Service
    likeness: Likeness


def alike_services(service: Service) -> list[Alike]:
    """Other services like this one by name or by the information that their procedures ask for."""
    described = _described()
    found = alike(described[service.code], list(described.values()))[:10]
    rows = _services(likeness.code for likeness in found)
    return [Alike(rows[likeness.code], likeness) for likeness in found if likeness.code in rows]


def alike_pairs() -> list[Pair]:
    """Every two services that are alike, the most alike first."""
    found = pairs(list(_described().values()))
    rows = _services(code for pair in found for code in (pair.code, pair.likeness.code))
    return [
        Pair(rows[pair.code], rows[pair.likeness.code], pair.likeness)
        for pair in found
        if pair.code in rows and pair.likeness.code in rows
    ]


def _services(codes: Iterable[str]) -> dict[str, Service]:
    wanted = set(codes)
    return {one.code: one for one in Service.objects.select_related("organization") if one.code in wanted}


def _described() -> dict[str, Described]:
    items: dict[str, set[str]] = defaultdict(set)
    asked = Procedure.objects.exclude(service=None).values_list("service__code", "information", "attachments")
    for code, information, attachments in asked.order_by():
        items[code].update(map(normalized, (*information, *attachments)))
    for code, item in _asked_in_forms():
        items[code].add(item)
    names = Service.objects.order_by().values_list("code", "name_ja")
    return {code: Described(code, name, frozenset(items[code])) for code, name in names}


def _asked_in_forms() -> Iterator[tuple[str, str]]:
    """Items of every form there is: what a service once asked for, it still is about."""
    found = FormField.objects.filter(form__procedure__service__isnull=False).order_by()
    yield from found.values_list("form__procedure__service__code", "item").distinct()


@dataclass(frozen=True)
class State:
    name: Text
    uses: Sequence[ToolUse]


@dataclass(frozen=True)
class Shared:
    """A tool, why it could be shared, which organizations would gain, and who uses it in which state."""

    tool: Tool
    reason: Text
    gaining: Sequence[Organization]
    states: Sequence[State]


def shared_tools() -> list[Shared]:
    rows = list(ToolUse.objects.select_related("tool", "service", "service__organization"))
    uses = [Use(row.tool.code, row.service.code, row.service.organization.code, row.state) for row in rows]
    tools = {tool.code: tool for tool in Tool.objects.all()}
    organizations = {row.service.organization.code: row.service.organization for row in rows}
    by_tool: dict[str, list[ToolUse]] = defaultdict(list)
    for row in rows:
        by_tool[row.tool.code].append(row)
    return [
        Shared(
            tools[one.tool],
            REASONS[one.reason],
            [organizations[code] for code in one.gaining] if one.reason != "none" else [],
            _states(by_tool[one.tool]),
        )
        for one in candidates(tools, uses)
    ]


def _states(uses: Sequence[ToolUse]) -> list[State]:
    """In the order of the words, without those in which there is none."""
    held = ((name, [use for use in uses if use.state == state]) for state, name in TOOL_STATES.items())
    return [State(name, some) for name, some in held if some]
