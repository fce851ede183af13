"""What an import would do, for a person to look at before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from monosashi.gather.findings import Findings
from monosashi.gather.opened import Opened
from monosashi.gather.record import STATES
from monosashi.gather.records import Records

_FEW = 20  # different values that are listed one by one


@dataclass(frozen=True)
class Preview:
    """The file as it was understood: how it was read, what each field holds, and what is wrong."""

    opened: Opened
    records: Records
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        opened, rows = self.opened, self.opened.rows
        return {
            "file": {
                "format": opened.form,
                "encoding": opened.encoding,
                "evidence": {"ja": opened.evidence.ja, "en": opened.evidence.en},
                "replaced_characters": opened.replaced,
                "separator": rows.separator,
                "sheet": rows.marks.sheet or None,
                "rows": len(self.records),
                "blank_rows": rows.blank,
                "columns": list(rows.header),
            },
            "fields": {name: self._field(name) for name in self.records.fields},
            "states": self._states(),
            "unused_columns": [name for name in rows.header if name not in self.records.sources],
            "findings": {
                "count": self.findings.count,
                "first": [finding.as_json() for finding in self.findings.listed()],
            },
        }

    def _states(self) -> dict[str, int]:
        """How many counts are in each of the five states; empty for tables that have none."""
        states = self.records.fields.get("status", ()) if "quantity" in self.records.fields else ()
        there = Counter(state for state in states if state is not None)
        return {state: there[state] for state in STATES} if there else {}

    def _field(self, name: str) -> dict[str, Any]:
        cells = self.records.fields[name]
        there = Counter(cell for cell in cells if cell is not None)
        kind = self.records.types[name]
        shown: dict[str, Any] = {"type": kind, "n": there.total(), "n_missing": len(cells) - there.total()}
        if name in self.records.comments:
            return shown | {"type": "comment"}  # nobody reads it before it is masked
        if name not in self.records.key and 0 < len(there) <= _FEW:
            shown["distribution"] = _distribution(there, self.records.labels.get(name, {}))
        elif there and kind in {"integer", "number", "date", "timestamp"}:
            shown["lowest"], shown["highest"] = _plain(min(there)), _plain(max(there))
        return shown


def preview(opened: Opened, records: Records, findings: Findings) -> Preview:
    """Without the cells as they were written: what is needed of them is in the records."""
    bare = replace(opened.rows, columns=(), lines=(), marks=replace(opened.rows.marks, labels={}, missing={}))
    return Preview(replace(opened, rows=bare), records, findings)


def _distribution(there: Counter[Any], labels: Mapping[Any, str]) -> list[dict[str, Any]]:
    return [
        {"value": _plain(value), **({"label": labels[value]} if value in labels else {}), "n": there[value]}
        for value in sorted(there)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
