"""Organizations from a file: parents before children, wherever they stand in it; nobody is moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.gather.findings import Findings, shown
from monosashi.gather.register.entries import Entries
from monosashi.web.accounts.models import Organization
from monosashi.web.register.plan import Change, Plan

_OWN = ("name_ja", "name_en", "kana", "local_code")


def plan_of(entries: Entries, findings: Findings) -> Plan:
    """`added` are (code, parent's code, values), parents first; `changed` (key, values)."""
    tree = _Tree(entries, findings)
    plan = Plan("organizations", tuple(name for name in _OWN if name in entries.columns))
    for code in tree.rows:
        tree.check_parent(code)
        tree.check_local_code(code)
        if code in tree.stored:
            _compare(plan, tree.stored[code], tree.rows[code], tree.lines[code])
    plan.added = [(code, tree.parent(code), tree.rows[code]) for code in tree.new_ones()]
    return plan


def store(plan: Plan) -> None:
    made = {one.code: one for one in Organization.objects.all()}
    for code, parent, row in plan.added:
        above = made.get(parent)
        values = {name: row[name] for name in plan.names}
        values["name_en"] = values.get("name_en") or values["name_ja"]
        path = f"{above.path if above else ''}{code}/"
        made[code] = Organization.objects.create(code=code, parent=above, path=path, **values)
    for pk, values in plan.changed:
        Organization.objects.filter(pk=pk).update(**values)


def _compare(plan: Plan, there: Organization, row: Mapping[str, Any], line: int) -> None:
    """An English name that is not brought stays."""
    brought = {name: row[name] for name in plan.names if row[name] or name != "name_en"}
    after = {name: value for name, value in brought.items() if value != getattr(there, name)}
    if after:
        before = {name: getattr(there, name) for name in after}
        plan.changed.append((there.pk, after))
        plan.note(Change(there.code, line, before, after))
    else:
        plan.unchanged += 1


class _Tree:
    """The rows of the file by code, beside the organizations that are there."""

    def __init__(self, entries: Entries, findings: Findings) -> None:
        self.findings = findings
        self.stored = {one.code: one for one in Organization.objects.select_related("parent")}
        self.rows = {row["code"]: row for row in entries.rows()}
        self.lines = dict(zip(entries.columns["code"], entries.lines, strict=True))
        self._holders = {one.local_code: one.code for one in self.stored.values() if one.local_code}

    def parent(self, code: str) -> str:
        return str(self.rows[code].get("parent", ""))

    def check_parent(self, code: str) -> None:
        parent = self.parent(code)
        if parent and parent not in self.stored and parent not in self.rows:
            near = shown(nearest(parent, [*self.stored, *self.rows]), 60)
            self._found(errors.REGISTER_UNKNOWN, code, "parent", value=shown(parent), nearest=near)
        if code in self.stored and "parent" in self.rows[code]:
            above = self.stored[code].parent
            now = above.code if above else ""
            if now != parent:
                words = {"stored": now or "—", "brought": shown(parent) or "—"}
                self._found(errors.REGISTER_PARENT, code, "parent", code=code, **words)

    def check_local_code(self, code: str) -> None:
        given = self.rows[code].get("local_code")
        holder = self._holders.setdefault(given, code) if given else code
        if holder != code:
            self._found(errors.REGISTER_LOCAL_CODE_TAKEN, code, "local_code", value=given, code=holder)

    def new_ones(self) -> list[str]:
        """Codes with every parent before its children; what hangs in a loop is found."""
        waiting, done = [code for code in self.rows if code not in self.stored], list[str]()
        while waiting:
            ready = [code for code in waiting if self.parent(code) not in waiting]
            if not ready:
                for code in waiting:
                    self._found(errors.REGISTER_LOOP, code, "parent", code=code)
                break
            done += ready
            waiting = [code for code in waiting if code not in ready]
        return done

    def _found(self, kind: errors.Kind, row: str, column: str, **details: Any) -> None:
        self.findings.add(kind.found(row=self.lines[row], column=column, **details))
