"""What `monosashi estimate` refuses, with which words; and what it answers where there is little to say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from estimate_command import run
from monosashi.cli import main

Told = tuple[int, str, str]
SHARE = "{id: p, statistic: proportion, item: q, favourable: [4, 5], missing: [9]}"
MEAN = "{id: m, statistic: mean, item: q, missing: [9]}"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")


def asked(*estimates: str, **more: str) -> str:
    frame = "".join(f"{key}: {value}\n" for key, value in {"table": "answers.csv", **more}.items())
    return frame + "estimates:\n" + "".join(f"  - {one}\n" for one in estimates or (SHARE, MEAN))


def refused(told: Told) -> str:
    """The message, which comes alone and with exit code 2."""
    code, out, err = told
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    return err


def found(told: Told) -> list[dict[str, Any]]:
    """The estimates: nothing but JSON, no number that JSON does not know, not a word beside it."""
    code, out, err = told
    assert (code, err) == (0, "")
    estimates: list[dict[str, Any]] = json.loads(out, parse_constant=pytest.fail)["estimates"]
    return estimates


@pytest.mark.parametrize("weight", ["0", "-1", "NaN", "inf", "-inf", "many", "1,5"])
def test_a_weight_is_a_number_above_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], weight: str
) -> None:
    told = run(tmp_path, capsys, asked(design="{weight: w}"), f'q,w\n5,1\n3,"{weight}"\n')
    assert f"line 3, column \"w\": '{weight}' cannot be used: a finite number above 0" in refused(told)


@pytest.mark.parametrize("answer", ["good", "nan", "inf", "0x10", "５"])
def test_an_answer_is_a_number_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    message = refused(
        run(tmp_path, capsys, asked(MEAN, SHARE, MEAN.replace("m,", "n,")), f"q\n5\n{answer}\n")
    )
    assert message.count(f"line 3, column \"q\": '{answer}' is not a number") == 1
    assert "1 place(s)" in message


@pytest.mark.parametrize(
    ("q", "w"),
    [("1e51", "1"), ("-1e300", "1"), ("9" * 60, "1"), ("5", "1e308"), ("5", "1e400"), ("5", "1e-320")],
)
def test_sizes_whose_squares_leave_the_doubles_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], q: str, w: str
) -> None:
    told = run(tmp_path, capsys, asked(design="{weight: w}"), f"q,w\n5,1\n{q},{w}\n")
    assert "is beyond the sizes that can be computed with" in refused(told)


def test_the_largest_sizes_are_computed_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mean (1e50 − 1e50 + 0)/3 = 0, V = 3/2 · 2 · (1e50/3)²."""
    (mean,) = found(
        run(tmp_path, capsys, asked(MEAN, design="{weight: w}"), "q,w\n1e50,1e50\n-1e50,1e50\n0,1e50\n")
    )
    assert mean["value"] == 0
    assert mean["se"] == pytest.approx(3**0.5 * 1e50 / 3)


@pytest.mark.parametrize(
    ("fpc", "message"),
    [
        (("2", "2", "2"), "3 sampled units, but column 'f' says that its population is 2."),
        (("20", "30", "20"), "more than one value (20 to 30)"),
        (("0", "20", "20"), "line 2, column \"f\": '0' cannot be used"),
    ],
)
def test_a_population_is_one_number_and_no_smaller_than_its_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fpc: tuple[str, ...], message: str
) -> None:
    rows = "".join(f"{q},{size}\n" for q, size in zip("531", fpc, strict=True))
    assert message in refused(run(tmp_path, capsys, asked(design="{fpc: f}"), f"q,f\n{rows}"))


RAKED = "q,sex,age\n" + "".join(f"{1 + i % 5},{'FM'[i % 2]},{'YO'[i // 2 % 2]}\n" for i in range(20))


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ("{sex: {F: 60}}", "values without a population total: M (10 rows)"),
        ("{sex: {F: 60, M: 40, X: 5}}", "Nobody in the table has 'sex' = 'X'"),
        ("{sex: {F: 60, M: 40}, age: {Y: 50, O: 60}}", "same population: sex 100, age 110"),
        ("{sex: {F: 60, M: 0}}", "The population total 0 of 'sex' = 'M' cannot be used"),
        ("{sex: {F: 1e300, M: 1e300}}", "The population total 1e+300 of 'sex' = 'F' cannot be used"),
        ("{sex: {F: sixty, M: 40}}", "line 2: 'calibration margins sex F' cannot be 'sixty'. Write a number"),
        ("{sex: {F: true, M: 40}}", "line 2: 'calibration margins sex F' cannot be True. Write a number"),
        ("{sex: [60, 40]}", "Write pairs of 'name: value'"),
        ("{sexx: {F: 60, M: 40}}", "The table has no column 'sexx'. Nearest: sex"),
        ('{q: {1: 20, "1": 20, 2: 20, 3: 20, 4: 20, 5: 20}}', "line 2: '1' already stands on line 2"),
        ("{q: {true: 20, 2: 20, 3: 20, 4: 20, 5: 20}}", "values without a population total: 1 (4 rows)"),
    ],
)
def test_margins_that_cannot_be_met(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], margins: str, message: str
) -> None:
    calibration = f"{{method: raking, margins: {margins}}}"
    assert message in refused(run(tmp_path, capsys, asked(calibration=calibration), RAKED))


def test_raking_that_does_not_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is male and old: all 40 men would have to be young, and 40 young people are all there are."""
    margins = "{sex: {F: 60, M: 40}, age: {Y: 40, O: 60}}"
    told = run(
        tmp_path,
        capsys,
        asked(calibration=f"{{method: raking, margins: {margins}}}"),
        "q,sex,age\n1,F,Y\n2,F,O\n4,M,Y\n",
    )
    assert "not met after 1000 rounds (largest error 0.06%, 'sex' = 'M')" in refused(told)


@pytest.mark.parametrize(
    ("estimates", "message"),
    [
        (
            "{id: p, statistic: proportion, item: q, favourable: [5, 9], missing: ['9.0']}",
            "The code 9 stands under",
        ),
        ("{id: p, item: q}", "The field 'statistic' is missing"),
        ("{id: p, statistic: [mean], item: q}", "The statistic ['mean'] is not available"),
        ("words", "'estimates' cannot be 'words'. Write pairs of 'name: value'."),
        ("", "'estimates' cannot be None. Write pairs of 'name: value'."),
        ("{id: p, statistic: mean, item: 5}", "'item' cannot be 5. Write a text"),
        ("{id: p, statistic: mean, item: q, intervall: wald}", "no field called 'intervall'"),
    ],
)
def test_an_estimate_that_is_none_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], estimates: str, message: str
) -> None:
    told = refused(run(tmp_path, capsys, asked(estimates), "q\n5\n"))
    assert message in told
    assert "has 1 mistake(s)" in told


def test_a_code_that_the_whole_request_calls_missing_is_not_favourable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(tmp_path, capsys, asked(SHARE, missing='["", 5]'), "q\n5\n")
    assert "line 4: The code 5 stands under favourable and under missing" in refused(told)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (".", "no such file"),
        ("nowhere.csv", "no such file"),
        ("n" * 300 + ".csv", "cannot be opened (File name too long)"),
        ("request.yaml", "2 place(s)"),
    ],
)
def test_a_table_that_is_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, message: str
) -> None:
    assert message in refused(run(tmp_path, capsys, asked(table=table), "q\n5\n"))


def test_a_request_that_is_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "request.yaml").mkdir()
    with pytest.raises(SystemExit):
        main(["estimate", str(tmp_path / "request.yaml")])
    assert "cannot be opened (Is a directory)" in capsys.readouterr().err


def test_the_byte_that_is_not_utf8_is_found_across_blocks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first two bytes of 満 end one block of reading, and what follows is no third byte."""
    head = b"q\n" + b"5\n" * ((1 << 19) - 2)
    broken = head + "満".encode()[:2] + b"\n5\n"
    assert len(head) == (1 << 20) - 2
    told = run(tmp_path, capsys, asked(), broken)
    assert f"not UTF-8 (at byte {len(head) + 1})" in refused(told)


# ---- little to say, and said ----------------------------------------------------------------------------


def test_blanks_around_the_names_of_columns_are_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(run(tmp_path, capsys, asked(MEAN), " q ,w\n5,1\n3,1\n"))[0]["value"] == 4
    assert "the same name twice: q" in refused(run(tmp_path, capsys, asked(MEAN), "q, q\n5,1\n"))


def test_a_blank_line_is_no_row_in_a_table_of_one_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (mean,) = found(run(tmp_path, capsys, asked(MEAN), "q\n5\n\n9\n3\n\n"))
    assert (mean["value"], mean["n"], mean["n_missing"]) == (4, 2, 1)
    assert "line 4, column \"q\": 'x'" in refused(run(tmp_path, capsys, asked(MEAN), "q\n5\n\nx\n"))


@pytest.mark.parametrize("where", ["", ", where: {q: 5}"])
def test_a_split_into_which_nobody_falls_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    split = MEAN.replace("}", f", by: [g]{where}}}")
    (mean,) = found(run(tmp_path, capsys, asked(split), "q,g\n5,\n3,\n"))
    assert (mean["domain"], mean["status"], mean["flags"]) == ({"g": None}, "not_collected", ["no_domain"])


@pytest.mark.parametrize("answers", ["q\n9\n9\n", "q,w\n,1\n9,1\n"])
def test_nobody_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: str) -> None:
    for one in found(run(tmp_path, capsys, asked(), answers)):
        assert (one["status"], one["value"], one["n"], one["n_missing"]) == ("not_collected", None, 0, 2)
        assert (one["se"], one["interval"], one["flags"]) == (None, None, ["no_answers"])


@pytest.mark.parametrize(("design", "answers"), [("{}", "q\n5\n"), ("{psu: p}", "q,p\n5,1\n4,1\n")])
def test_one_answer_or_one_psu_gives_a_value_and_no_interval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], design: str, answers: str
) -> None:
    for one in found(run(tmp_path, capsys, asked(design=design), answers)):
        assert one["value"] in (1.0, 4.5, 5.0)
        assert (one["status"], one["interval"], one["df"]) == ("unreliable", None, 0)
        assert one["flags"] == ["few_degrees_of_freedom", "single_psu_adjust"]


@pytest.mark.parametrize(("answers", "value"), [("q\n5\n4\n5\n", 1.0), ("q\n1\n2\n1\n", 0.0)])
@pytest.mark.parametrize("interval", ["korn_graubard", "wilson", "logit", "beta", "asin", "wald"])
def test_all_or_nobody_is_not_certain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: str, value: float, interval: str
) -> None:
    (share,) = found(run(tmp_path, capsys, asked(SHARE.replace("}", f", interval: {interval}}}")), answers))
    lower, upper = share["interval"]
    assert (share["value"], share["se"]) == (value, 0)
    assert 0 <= lower <= value <= upper <= 1
    assert upper - lower > 0.5  # three answers say little


@pytest.mark.parametrize("kind", ["[i, 1]", "{'a': i}", "uuid()", "TIME '01:02:03'", "'ab'::BLOB"])
def test_columns_of_parquet_that_are_no_words_and_no_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """They can be split by, as texts; a mean of them is refused with the row."""
    target = tmp_path / "answers.parquet"
    duckdb.execute(f"COPY (SELECT i AS q, {kind} AS g FROM range(2) r(i)) TO '{target}' (FORMAT parquet)")
    split = asked(MEAN.replace("}", ", by: [g]}"), table="answers.parquet")
    assert sum(one["n"] for one in found(run(tmp_path, capsys, split, ""))) == 2
    mean = asked(MEAN.replace("item: q", "item: g"), table="answers.parquet")
    assert 'line 1, column "g"' in refused(run(tmp_path, capsys, mean, ""))
