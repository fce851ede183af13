"""`monosashi estimate`: the contract's keys out, and every mistake told by its place."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from estimate_command import run

REQUEST = """\
table: answers.csv
missing: ["", "NA"]
design: {weight: w, stratum: [area], psu: psu, fpc: n, single_psu: adjust}
calibration:
  method: raking
  margins: {sex: {F: 60, M: 40}}
  variance: calibrated
level: 0.9
estimates:
  - {id: s1, statistic: proportion, item: ease, favourable: [4, 5], missing: [9], by: [sex], interval: wilson}
  - {id: m1, statistic: mean, item: ease, missing: [9], where: {area: 1}, level: 0.99}
"""
EASE = ("5", "4", "3", "2", "1", "NA", "9")
ANSWERS = "w,area,psu,n,sex,ease\n" + "".join(
    f"{1 + i % 3},{1 + i % 2},{i % 5},20,{'FM'[i % 2]},{EASE[i % 7]}\n" for i in range(30)
)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")


def test_the_answer_has_the_keys_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(tmp_path, capsys, REQUEST, ANSWERS)
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == ["software", "table", "calibration", "estimates"]
    sha256 = hashlib.sha256(ANSWERS.encode()).hexdigest()
    assert answer["table"] == {"path": "answers.csv", "rows": 30, "sha256": sha256}
    calibration = "converged max_margin_error kish_deff n_effective method rounds g weights words"
    assert list(answer["calibration"]) == calibration.split()
    women, men, mean = answer["estimates"]
    keys = "id statistic domain status value se interval interval_method level df n n_missing"
    assert list(women) == [*keys.split(), "n_effective", "n_psu", "deff", "cv", "flags"]
    assert (women["domain"], men["domain"], mean["domain"]) == ({"sex": "F"}, {"sex": "M"}, {})
    assert (women["interval_method"], women["level"], mean["level"]) == ("wilson", 0.9, 0.99)
    assert women["n"] + women["n_missing"] + men["n"] + men["n_missing"] == 30


def test_a_request_names_every_mistake_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = """\
table: answers.csv
desing: {}
estimates:
  - {id: a, statistic: proportion, item: ease, favorable: [4, 5]}
  - {id: b, statistic: median, item: ease}
  - {id: c, statistic: mean, item: ease, by: sex}
  - {id: c, statistic: mean, item: ease, by: [sex]}
  - {id: c, statistic: mean, item: ease}
"""
    code, out, err = run(tmp_path, capsys, request, ANSWERS)
    assert (code, out) == (2, "")
    assert "line 2: There is no field called 'desing' here. Nearest: design" in err
    assert "line 4: There is no field called 'favorable' here. Nearest: favourable" in err
    assert (
        "line 5: The statistic 'median' is not available in this version. Available: proportion, mean, nps,"
        in err
    )
    assert "line 6: " in err
    assert "line 8: The id 'c' already stands on line 7" in err


def test_an_unknown_column_is_told_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = REQUEST.replace("weight: w", "weight: wt").replace("item: ease", "item: Ease")
    code, _, err = run(tmp_path, capsys, asked, ANSWERS)
    assert code == 2
    assert "line 3, column \"wt\": The table has no column 'wt'. Nearest: w" in err
    assert err.count("The table has no column 'Ease'. Nearest: ease") == 2


def test_unusable_cells_are_listed_by_physical_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = (
        'w,area,psu,n,sex,ease\n1,1,1,20,F,"a\nb"\n0,1,2,20,F,5\n,1,2,20,M,4\nNaN,1,3,20,M,4\n1,,3,20,M,NA\n'
    )
    code, out, err = run(tmp_path, capsys, REQUEST, answers)
    assert (code, out) == (2, "")
    for line, column in ((2, "ease"), (4, "w"), (5, "w"), (6, "w"), (7, "area")):
        assert f'line {line}, column "{column}"' in err
    assert "5 place(s)" in err


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (b"w,ease\n1,\x83\x41\n", "not UTF-8 (at byte 10)"),
        (b"w,ease\n1,\x00\n", "not UTF-8"),
        (b"", "no rows"),
        (b"w,ease\n", "no rows"),
        (b"w,ease,w\n1,2,3\n", "the same name twice: w"),
        (b"w,ease\n1,2\n1,2,3\n1\n", "line 4: The row has 1 cells"),
        (b'w,ease\n1,"2\n', "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: bytes, told: str
) -> None:
    request = "table: answers.csv\nestimates:\n  - {id: a, statistic: mean, item: ease}\n"
    code, out, err = run(tmp_path, capsys, request, answers)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize(
    "answers",
    [
        '\ufeff満足度,メモ\r\n5,"改\n行"\r\n3,\r\n',  # BOM, and a line break of another kind within quotes
        "満足度,メモ\n5,x\n\n3,y\n",  # a blank line is no row
        "満足度,メモ\r5,x\r3,y\r",
    ],
)
def test_files_as_spreadsheets_write_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: str
) -> None:
    request = "table: answers.csv\nestimates:\n  - {id: a, statistic: mean, item: 満足度}\n"
    code, out, err = run(tmp_path, capsys, request, answers)
    assert (code, err) == (0, "")
    assert json.loads(out)["estimates"][0]["value"] == 4


def test_columns_that_differ_in_case_only_are_two_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = """\
table: answers.csv
estimates:
  - {id: a, statistic: mean, item: Q1}
  - {id: b, statistic: mean, item: q1}
  - {id: c, statistic: mean, item: '"; DROP TABLE t; --'}
"""
    _, out, _ = run(tmp_path, capsys, request, 'Q1,q1,"""; DROP TABLE t; --"\n1,5,7\n3,5,9\n')
    assert [one["value"] for one in json.loads(out)["estimates"]] == [2, 5, 8]


def test_labels_of_five_thousand_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = "table: answers.csv\nestimates:\n  - {id: a, statistic: mean, item: q, by: [city]}\n"
    label = "長" * 5000
    _, out, _ = run(tmp_path, capsys, request, f"q,city\n1,{label}\n3,{label}\n")
    assert json.loads(out)["estimates"][0]["domain"] == {"city": label}


def test_what_only_begins_like_a_workbook_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "answers.xlsx").write_bytes(b"PK\x03\x04")
    request = "table: answers.xlsx\nestimates:\n  - {id: a, statistic: mean, item: ease}\n"
    code, _, err = run(tmp_path, capsys, request, ANSWERS)
    assert code == 2
    assert "[table-damaged]" in err


def test_a_parquet_file_gives_the_figures_of_its_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(tmp_path, capsys, REQUEST, ANSWERS)
    target = tmp_path / "answers.parquet"
    duckdb.execute(
        f"COPY (FROM read_csv('{tmp_path}/answers.csv', nullstr = 'NA')) TO '{target}' (FORMAT parquet)"
    )
    _, again, err = run(tmp_path, capsys, REQUEST.replace("answers.csv", "answers.parquet"), ANSWERS)
    assert err == ""
    from_csv, from_parquet = (json.loads(text)["estimates"] for text in (out, again))
    for one, two in zip(from_csv, from_parquet, strict=True):
        assert {**one, "value": 0, "se": 0, "interval": 0, "deff": 0, "n_effective": 0} == {
            **two,
            "value": 0,
            "se": 0,
            "interval": 0,
            "deff": 0,
            "n_effective": 0,
        }
        assert one["value"] == pytest.approx(two["value"], rel=1e-12)
        assert one["se"] == pytest.approx(two["se"], rel=1e-9)


def test_the_message_is_japanese_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "ja")
    _, _, err = run(tmp_path, capsys, "- 1\n", ANSWERS)
    assert "依頼は「名前: 値」の組で書きます。" in err
