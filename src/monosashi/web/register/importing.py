"""Entries of a file → rows of the register: all of them or none, and the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from monosashi.gather.findings import Findings
from monosashi.gather.register.entries import Entries
from monosashi.web.accounts.models import Account
from monosashi.web.keep import audit
from monosashi.web.register import bulk, organizations, search
from monosashi.web.register.models import Service, Tool, ToolUse
from monosashi.web.register.plan import MODELS, Change, Plan, plan_of


@dataclass(frozen=True)
class Receipt:
    """What an import did, or with `stored` false would do; the first changes one by one."""

    kind: str
    stored: bool
    added: int
    changed: int
    unchanged: int
    changes: Sequence[Change] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "changes": [_said(change) for change in self.changes]}


@transaction.atomic
def import_entries(
    *, entries: Entries, where: str, source: Mapping[str, str], by: Account | None, dry_run: bool = False
) -> Receipt:
    """Raises `import-refused` with every code that leads nowhere. `source` is kept in the audit trail."""
    audit.one_writer()
    findings = Findings()
    if entries.kind == "organizations":
        plan = organizations.plan_of(entries, findings)
    else:
        plan = plan_of(entries, findings)
    if findings.count:
        raise findings.problem(where)
    receipt = Receipt(
        plan.kind, not dry_run, len(plan.added), plan.n_changed, plan.unchanged, tuple(plan.changes)
    )
    if not dry_run and (receipt.added or receipt.changed):
        _store(plan)
        audit.record(
            "register.imported",
            target=None,
            by=by,
            kind=plan.kind,
            added=receipt.added,
            changed=receipt.changed,
            **source,
        )
    return receipt


def _store(plan: Plan) -> None:
    if plan.kind == "organizations":
        organizations.store(plan)
        return
    now = timezone.now()
    model, names = MODELS[plan.kind], plan.names
    if model in search.SEARCHED:
        new = [(*row, now, _text(plan, row, None)) for row in plan.added]
        bulk.insert(model, (*names, "changed_at", "search_text"), new)
    else:
        bulk.insert(model, (*names, "changed_at"), [(*row, now) for row in plan.added])
    _change(plan, now)
    if plan.uses:
        _store_uses(plan)


def _change(plan: Plan, now: datetime) -> None:
    """The search text depends on columns that a file may leave out, so it is made from the whole row."""
    model, searched = MODELS[plan.kind], search.SEARCHED.get(MODELS[plan.kind], ())
    keys = [row[-1] for row in plan.changed]
    there = _whole(model, searched, keys)
    names = (*plan.names, "version", "changed_at", *(("search_text",) if searched else ()))
    rows = []
    for *cells, pk in plan.changed:
        version, stored = there[pk]
        text = (_text(plan, cells, stored),) if searched else ()
        rows.append((*cells, version + 1, now, *text, pk))
    bulk.update(model, names, rows)


def _whole(model: Any, searched: Sequence[str], keys: Sequence[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    if not keys:
        return {}
    wanted = set(keys)
    rows = model.objects.values_list("pk", "version", *searched).iterator(chunk_size=10_000)
    return {
        pk: (version, dict(zip(searched, cells, strict=True))) for pk, version, *cells in rows if pk in wanted
    }


def _text(plan: Plan, row: Sequence[Any], stored: Mapping[str, Any] | None) -> str:
    given = dict(zip(plan.names, row, strict=True))
    return search.text_of(MODELS[plan.kind], {**(stored or {}), **given})


def _store_uses(plan: Plan) -> None:
    services, tools = (dict(model.objects.values_list("code", "pk")) for model in (Service, Tool))
    ToolUse.objects.filter(service__in=[services[code] for code in plan.uses]).delete()
    ToolUse.objects.bulk_create(
        ToolUse(service_id=services[code], tool_id=tools[tool], state=state)
        for code, states in plan.uses.items()
        for tool, state in states.items()
    )


def _said(change: Change) -> dict[str, Any]:
    sides = ("before", change.before), ("after", change.after)
    told = {side: {name: _plain(value) for name, value in values.items()} for side, values in sides}
    return {"code": change.code, "row": change.line, **told}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
