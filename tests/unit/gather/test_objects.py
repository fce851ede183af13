"""Records that programs send: each item answered for by itself, read by the engine of imports."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from monosashi.gather.expect import Instrument
from monosashi.gather.objects import Item, as_stored, as_typed, read_objects, stored_types
from monosashi.gather.record import RECORDS

EVENT = {"case_id": "A", "activity": "apply", "occurred_at": "2026-04-01T09:00:00+09:00"}
VOLUME = {
    "subject": "p1",
    "measure": "applications",
    "period": "2026-04",
    "channel": "online",
    "status": "value",
    "quantity": 12,
}
NOBODY = Instrument("")


def read(table: str, *objects: object) -> tuple[Item, ...]:
    return read_objects(objects, table, RECORDS[table], NOBODY)


def codes(item: Item) -> list[str]:
    return [finding.kind.code for finding in item.findings]


def test_a_sound_batch() -> None:
    first, second = read("events", EVENT, {**EVENT, "activity": "decide", "side": "office"})
    assert first.record == {"case_id": "A", "activity": "apply", "occurred_at": "2026-04-01T00:00:00+00:00"}
    assert second.record is not None
    assert second.record["side"] == "office"
    assert first.key != second.key


def test_the_same_moment_in_another_offset_is_the_same_record() -> None:
    (one,) = read("events", EVENT)
    (again,) = read("events", {**EVENT, "occurred_at": "2026-04-01T00:00:00Z", "side": None})
    assert (one.key, one.content) == (again.key, again.content)
    (other,) = read("events", {**EVENT, "side": "office"})
    assert one.key == other.key
    assert one.content != other.content


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "object-shape"),
        ({}, "object-shape"),
        ("A", "object-shape"),
        ({**EVENT, "kase": "B"}, "object-field"),
        ({**EVENT, "side": ["office"]}, "object-nested"),
        ({**EVENT, "channel": "a\0b"}, "object-text"),
        ({**EVENT, "channel": "\ud800"}, "object-text"),
        ({**EVENT, "channel": "あ" * 40_000}, "cell-too-large"),
        ({**EVENT, "side": "citizen"}, "code-unknown"),
        ({**EVENT, "occurred_at": "2026-04-01T09:00:00"}, "cell-no-offset"),
        ({**EVENT, "occurred_at": "2026-02-30T09:00:00Z"}, "cell-not-moment"),
        ({**EVENT, "activity": ""}, "cell-needed"),
        ({"case_id": "A", "activity": "apply"}, "field-lacking"),
    ],
)
def test_one_wrong_item_does_not_spoil_the_others(given: object, code: str) -> None:
    sound, wrong, last = read("events", EVENT, given, {**EVENT, "case_id": "Z"})
    assert sound.record is not None
    assert last.record is not None
    assert (wrong.record, codes(wrong)) == (None, [code])


def test_a_count_and_its_state_agree() -> None:
    sound, wrong, silent = read(
        "volumes",
        VOLUME,
        {**VOLUME, "channel": "paper", "status": "not_collected"},
        {**VOLUME, "quantity": None},
    )
    assert sound.record is not None
    assert sound.record["quantity"] == 12
    assert codes(wrong) == ["state-disagrees"]
    assert codes(silent) == ["state-disagrees"]


def test_what_is_stored_comes_back_typed() -> None:
    types = stored_types(RECORDS["events"], NOBODY, list(EVENT))
    assert types == {"case_id": "text", "activity": "text", "occurred_at": "timestamp"}
    for value, kind in (
        (datetime(2026, 4, 1, tzinfo=UTC), "timestamp"),
        (date(2024, 2, 29), "date"),
        (0.1, "number"),
        ("x", "text"),
        (None, "date"),
    ):
        assert as_typed(as_stored(value), kind) == value  # type: ignore[arg-type]
