"""Requests that read the lake: figures that can be counted by hand, and the version that was seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monosashi.adapters.lake import DeltaLake
from monosashi.cli import main
from monosashi.keep.table import Columns

TIMES = [datetime(2026, 3, 31, 15, tzinfo=UTC), datetime(2026, 4, 2, 15, tzinfo=UTC)]  # midnights in Japan


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path))
    lake = DeltaLake(tmp_path / "lake")
    events = {"case_id": ["A", "A"], "activity": ["apply", "decide"], "occurred_at": TIMES}
    types = {"case_id": "text", "activity": "text", "occurred_at": "timestamp", "side": "text"}
    columns = Columns({**events, "side": ["applicant", "office"]}, types)
    lake.append("events", columns, key=("case_id", "activity", "occurred_at"), commit={})
    for answers in ([5, 1], [4, 4]):
        ids = [f"r{answer}{place}" for place, answer in enumerate(answers)]
        table = Columns({"response_id": ids, "q1": answers}, {"response_id": "text", "q1": "integer"})
        lake.append("responses/small", table, key=("response_id",), commit={})
    return tmp_path


def told(home: Path, capsys: pytest.CaptureFixture[str], command: str, request: str) -> tuple[int, str, str]:
    (home / "request.yaml").write_text(request, encoding="utf-8")
    code = 0
    try:
        main([command, str(home / "request.yaml")])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_log_is_read_from_the_lake_with_its_own_columns(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = "{id: a, statistic: duration, from: first, to: last, calendar: business}"
    code, out, err = told(home, capsys, "log", f"log: lake:events\nmeasures: [{asked}]\n")
    assert code == 0, err
    result = json.loads(out)
    assert result["log"]["version"] == 0
    assert result["measures"][0]["value"] == 2.0  # Wednesday 1 April and Thursday 2 April 2026
    assert result["measures"][0]["sides"] == {"applicant": 0.0, "office": 1.0}


@pytest.mark.parametrize(("table", "share", "version"), [("", 3 / 4, 1), ("@1", 3 / 4, 1), ("@0", 1 / 2, 0)])
def test_estimates_from_the_lake_at_a_version(
    home: Path, capsys: pytest.CaptureFixture[str], table: str, share: float, version: int
) -> None:
    asked = "{id: s, statistic: proportion, item: q1, favourable: [4, 5]}"
    request = f"table: lake:responses/small{table}\nestimates: [{asked}]\n"
    code, out, err = told(home, capsys, "estimate", request)
    assert code == 0, err
    result = json.loads(out)
    assert (result["estimates"][0]["value"], result["table"]["version"]) == (share, version)
    assert len(result["table"]["sha256"]) == 64


def test_felt_and_actual_time_from_the_lake(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Felt 5, 1, 4 and 4: mean 3.5. Took two business days, which is certain of this one case."""
    sides = "perceived: {item: q1}, actual: {from: first, to: last, calendar: business, read_as: period}"
    asked = f"comparisons: [{{id: c, statistic: mean, {sides}}}]"
    request = f"survey: {{table: lake:responses/small}}\nlog: {{log: lake:events}}\n{asked}\n"
    code, out, err = told(home, capsys, "gap", request)
    assert code == 0, err
    result = json.loads(out)
    assert (result["survey"]["version"], result["log"]["version"]) == (1, 0)
    (found,) = result["comparisons"]
    assert (found["domain"], found["gap"]["value"]) == ({}, 1.5)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("lake:volumes", "lake-table-unknown"),
        ("lake:responses/small@9", "lake-version"),
        ("lake:responses/small@x", "lake-table-name"),
        ("lake:../editions", "lake-table-name"),
    ],
)
def test_a_table_that_the_lake_does_not_have(
    home: Path, capsys: pytest.CaptureFixture[str], table: str, code: str
) -> None:
    request = f'table: "{table}"\nestimates: [{{id: s, statistic: mean, item: q1}}]\n'
    exit_code, _, err = told(home, capsys, "estimate", request)
    assert (exit_code, code in err) == (2, True), err
