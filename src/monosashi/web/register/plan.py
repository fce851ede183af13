"""What an import would do to the register: which entries are new, which change and how, which stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.gather.findings import Findings, shown
from monosashi.gather.register.entries import Entries
from monosashi.gather.register.schemas import TOOLS_IN
from monosashi.web.accounts.models import Organization
from monosashi.web.register.models import Procedure, Service, Tool, ToolUse

MODELS: Mapping[str, type[models.Model]] = {"services": Service, "procedures": Procedure, "tools": Tool}
_LINKS: Mapping[str, type[models.Model]] = {"organization": Organization, "service": Service}
LISTED = 100  # changes that are told one by one


@dataclass(frozen=True)
class Change:
    """One entry that is there with other content: what stands there now, and what would."""

    code: str
    line: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass
class Plan:
    """`names` are the columns of the database; `added` and `changed` their values, the latter by key."""

    kind: str
    names: tuple[str, ...]
    added: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    n_changed: int = 0
    unchanged: int = 0
    uses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # service → tool → state

    def note(self, change: Change) -> None:
        self.n_changed += 1
        if len(self.changes) < LISTED:
            self.changes.append(change)


def plan_of(entries: Entries, findings: Findings) -> Plan:
    """Compares entries with what is stored, by code. Codes that lead nowhere are findings."""
    columns = {name: cells for name, cells in entries.columns.items() if name not in TOOLS_IN}
    for name in _LINKS.keys() & columns.keys():
        columns[f"{name}_id"] = _keys(_LINKS[name], name, columns.pop(name), entries.lines, findings)
    uses = _uses(entries, findings)
    plan = Plan(entries.kind, tuple(columns), uses=uses)
    if not findings.count:
        _compare(plan, entries, list(zip(*columns.values(), strict=True)))
    return plan


def _compare(plan: Plan, entries: Entries, rows: Sequence[tuple[Any, ...]]) -> None:
    stored = _stored(plan)
    tools = _stored_uses() if plan.uses else {}
    at = plan.names.index("code")
    for row, line in zip(rows, entries.lines, strict=True):
        code = row[at]
        if code not in stored:
            plan.added.append(row)
            continue
        pk, there = stored[code]
        before, after = _differing(plan.names, there, row)
        if before:
            plan.changed.append((*row, pk))
        if plan.uses and plan.uses[code] != tools.get(code, {}):
            before["tools"], after["tools"] = tools.get(code, {}), plan.uses[code]
        if before:
            plan.note(Change(code, line, before, after))
        else:
            plan.unchanged += 1


def _differing(
    names: Sequence[str], there: tuple[Any, ...], row: tuple[Any, ...]
) -> tuple[dict[str, Any], dict[str, Any]]:
    if there == row:
        return {}, {}
    pairs = [(name, was, now) for name, was, now in zip(names, there, row, strict=True) if was != now]
    return {name: was for name, was, _ in pairs}, {name: now for name, _, now in pairs}


def _stored(plan: Plan) -> dict[str, tuple[int, tuple[Any, ...]]]:
    rows = MODELS[plan.kind]._default_manager.values_list("pk", *plan.names).iterator(chunk_size=10_000)
    at = plan.names.index("code") + 1
    return {row[at]: (row[0], row[1:]) for row in rows}


def _keys(
    model: type[models.Model], name: str, codes: Sequence[str], lines: Sequence[int], findings: Findings
) -> list[int | None]:
    """The keys of what the codes name; a code that is not known is found on its line."""
    known = dict(model._default_manager.values_list("code", "pk"))
    wrong = [at for at, code in enumerate(codes) if code and code not in known]
    findings.rows(
        wrong,
        lambda at: errors.REGISTER_UNKNOWN.found(
            row=lines[at], column=name, value=shown(codes[at]), nearest=_nearest(codes[at], known)
        ),
    )
    return [known.get(code) for code in codes]


def _nearest(code: str, known: Mapping[str, Any]) -> str:
    return shown(nearest(code, known), 60) if known else "—"


def _uses(entries: Entries, findings: Findings) -> dict[str, dict[str, str]]:
    """By service, the state of each tool after the import: states that the file does not speak of stay."""
    given = {state: entries.columns[name] for name, state in TOOLS_IN.items() if name in entries.columns}
    if not given:
        return {}
    known, stored = set(Tool.objects.values_list("code", flat=True)), _stored_uses()
    made: dict[str, dict[str, str]] = {}
    for at, (code, line) in enumerate(zip(entries.columns["code"], entries.lines, strict=True)):
        listed = {tool: state for state, cells in given.items() for tool in cells[at]}
        for tool in sorted(listed.keys() - known):
            told = {"value": shown(tool), "nearest": _nearest(tool, dict.fromkeys(known))}
            findings.add(errors.REGISTER_UNKNOWN.found(row=line, column=f"tools_{listed[tool]}", **told))
        kept = {tool: state for tool, state in stored.get(code, {}).items() if state not in given}
        made[code] = dict(sorted({**kept, **listed}.items()))
    return made


def _stored_uses() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for service, tool, state in _all_uses():
        found.setdefault(service, {})[tool] = state
    return found


def _all_uses() -> Iterator[tuple[str, str, str]]:
    yield from ToolUse.objects.order_by("tool__code").values_list("service__code", "tool__code", "state")
