"""What the officials of the synthetic city did: tests, trainings, releases, incidents, checklists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from monosashi.demo.dice import Array, chosen, dice, ids, with_missing
from monosashi.demo.services import services
from monosashi.keep.table import Columns, ColumnType

FIRST_DAY, DAYS = date(2023, 4, 1), 1096  # FY2023 to FY2025
TYPES: Mapping[str, ColumnType] = {
    **dict.fromkeys(("practice_id", "kind", "organization", "service"), "text"),
    "principle": "integer",
    "occurred_at": "date",
    "quantity": "integer",
    "minutes": "integer",
    **dict.fromkeys(("outcome", "links"), "text"),
}


@dataclass(frozen=True)
class Kind:
    """How often something is done, what its quantity counts, and how it ends."""

    name: str
    principle: int
    times: int
    quantity: tuple[int, int] | None
    minutes: tuple[int, int] | None
    outcomes: tuple[str, ...]


_KINDS = (
    Kind("user_test", 1, 210, (3, 12), (40, 180), ("improved", "improved", "no_finding", "postponed")),
    Kind("one_page_summary", 2, 80, None, None, ("published",)),
    Kind("input_reduction", 2, 60, (1, 14), None, ("released",)),
    Kind("checklist", 3, 190, (38, 56), (30, 240), ("passed", "passed", "open_points")),
    Kind("data_use", 4, 70, None, None, ("published",)),
    Kind("incident", 5, 46, None, (20, 330), ("reported", "reported", "reported_late")),
    Kind("municipal_exchange", 6, 55, (1, 9), (60, 150), ("held",)),
    Kind("open_dataset", 7, 130, (1, 6), None, ("published",)),
    Kind("hackathon", 8, 9, (5, 40), None, ("held",)),
    Kind("release", 9, 420, None, None, ("released", "released", "released", "rolled_back")),
    Kind("training_completed", 10, 260, (8, 60), (60, 420), ("completed",)),
)
# two large trainings a year are most of what people complete
_LARGE_TRAININGS = (("general", 900, 1500), ("digital", 500, 900))


def table(seed: int) -> Columns:
    """The columns of `practices`."""
    parts = [_kind(seed, kind) for kind in _KINDS] + [_large_trainings(seed)]
    data = {name: [cell for part in parts for cell in part[name]] for name in parts[0]}
    data["practice_id"] = list[object](ids("synthetic-practice", len(data["kind"])))
    return Columns({name: data[name] for name in TYPES}, TYPES)


def _kind(seed: int, kind: Kind) -> dict[str, list[object]]:
    rng = dice(seed, "practices", kind.name)
    listed, size = services(), kind.times
    service = rng.integers(0, len(listed), size)
    day = np.sort((DAYS * rng.beta(1.5, 1.0, size)).astype(int))  # more of it every year
    return {
        "kind": [kind.name] * size,
        "organization": [listed[index].bureau for index in service],
        "service": [listed[index].code for index in service],
        "principle": [kind.principle] * size,
        "occurred_at": _days(day),
        "quantity": _between(rng, kind.quantity, size),
        "minutes": _between(rng, kind.minutes, size),
        "outcome": chosen(rng, kind.outcomes, size).tolist(),
        "links": [None] * size,
    }


def _large_trainings(seed: int) -> dict[str, list[object]]:
    rng = dice(seed, "practices", "large trainings")
    rows = [
        (organization, 365 * year + month * 30, int(rng.integers(low, high) * (1 + 0.25 * year)))
        for year in range(3)
        for month in (3, 8)
        for organization, low, high in _LARGE_TRAININGS
    ]
    return {
        "kind": ["training_completed"] * len(rows),
        "organization": [organization for organization, _, _ in rows],
        "service": [None] * len(rows),
        "principle": [10] * len(rows),
        "occurred_at": _days(np.array([day for _, day, _ in rows])),
        "quantity": [people for _, _, people in rows],
        "minutes": [180] * len(rows),
        "outcome": ["completed"] * len(rows),
        "links": [None] * len(rows),
    }


def _days(after: Array) -> list[object]:
    return (np.datetime64(FIRST_DAY) + after.astype("timedelta64[D]")).tolist()  # type: ignore[no-any-return]


def _between(rng: np.random.Generator, span: tuple[int, int] | None, size: int) -> list[object]:
    if span is None:
        return [None] * size
    return with_missing(rng.integers(span[0], span[1] + 1, size), np.zeros(size, dtype=bool))
