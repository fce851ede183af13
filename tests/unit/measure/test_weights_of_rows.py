"""The weight of every row, written for other programs. Worked by hand: 4 people stand for 10 and 30.

city | rows | total | weight
A    |    2 |    10 | 5
B    |    2 |    30 | 15
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from estimate_command import run

REQUEST = """table: answers.csv
design: {weight: d}
calibration: {method: raking, margins: {city: {A: 10, B: 30}}}
estimates:
  - {id: m, statistic: mean, item: q}
"""
ANSWERS = "city,d,q\nB,1,1\nA,1,2\nB,1,3\nA,1,\n"


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.parametrize("reducer", ["numpy", "duckdb"])
def test_weights_stand_in_the_order_of_the_rows(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    reducer: str,
) -> None:
    monkeypatch.setenv("MONOSASHI_REDUCER", reducer)
    written = tmp_path / f"weights.{suffix}"
    code, _, _ = run(tmp_path, capsys, REQUEST, ANSWERS, "--weights", str(written))
    assert code == 0
    assert duckdb.sql(f"SELECT weight FROM '{written}'").fetchall() == [(15,), (5,), (15,), (5,)]


@pytest.mark.parametrize("reducer", ["numpy", "duckdb"])
def test_who_did_not_respond_has_no_weight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reducer: str
) -> None:
    """Of two people drawn in A one responded and stands for both."""
    monkeypatch.setenv("MONOSASHI_REDUCER", reducer)
    request = REQUEST.replace(
        "calibration: {method: raking, margins: {city: {A: 10, B: 30}}}",
        "nonresponse: {cells: [city], responded: {status: complete}}",
    )
    answers = "city,d,q,status\nA,1,1,complete\nA,1,,refused\nB,1,3,complete\n"
    written = tmp_path / "weights.parquet"
    code, _, _ = run(tmp_path, capsys, request, answers, "--weights", str(written))
    assert code == 0
    assert duckdb.sql(f"SELECT weight FROM '{written}'").fetchall() == [(2,), (None,), (1,)]


def test_a_name_of_another_kind_is_refused_before_anything_is_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    code, out, err = run(tmp_path, capsys, REQUEST, ANSWERS, "--weights", str(tmp_path / "weights.xlsx"))
    assert (code, out) == (2, "")
    assert "weights-format" in err
    assert ".xlsx" in err


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    target = tmp_path / "nowhere" / "weights.csv"
    code, out, err = run(tmp_path, capsys, REQUEST, ANSWERS, "--weights", str(target))
    assert (code, out) == (2, "")
    assert "file-unwritable" in err
    assert "nowhere" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "request.yaml"]
