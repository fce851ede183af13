"""`calibration` and `nonresponse` of a request: what is refused in which words, what the answer tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estimate_command import run

TABLE = "q,sex,age,d,status\n" + "".join(
    f"{1 + i % 5},{'FM'[i % 2]},{'YO'[i // 2 % 2]},{1 + i % 3},{'no' if i % 7 == 6 else 'yes'}\n"
    for i in range(42)
)
MEAN = "estimates:\n  - {id: m, statistic: mean, item: q}\n"
SEX = "{sex: {F: 60, M: 40}}"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")


def asked(calibration: str, more: str = "") -> str:
    return f"table: answers.csv\ndesign: {{weight: d}}\n{more}calibration: {calibration}\n{MEAN}"


def answer(folder: Path, capsys: pytest.CaptureFixture[str], request: str) -> dict[str, Any]:
    code, out, err = run(folder, capsys, request, TABLE)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out, parse_constant=pytest.fail)
    return found


@pytest.mark.parametrize(
    ("calibration", "message"),
    [
        (f"{{method: logit, margins: {SEX}}}", "line 3: These bounds cannot be used: logit needs bounds."),
        (f"{{method: raking, margins: {SEX}, bounds: [0.5, 2]}}", "raking has no bounds"),
        (f"{{method: linear, margins: {SEX}, bounds: [2, 3]}}", "[2, 3] is not a lower bound from 0.001"),
        (
            f"{{method: linear, margins: {SEX}, bounds: [0.5, 2], trim: {{factor: 3}}}}",
            "bounds and trim do not go together",
        ),
        (f"{{method: raking, margins: {SEX}, trim: {{times: 5}}}}", "exactly one of upper, factor"),
        (f"{{method: raking, margins: {SEX}, trim: {{factor: 0}}}}", "'calibration trim factor' cannot be 0"),
        (f"{{method: greg, margins: {SEX}}}", "Write one of raking, linear, logit, poststratification"),
        (f"{{method: raking, margins: {SEX}, trim: {{upper: 1}}}}", "The limit 1 on weights cannot be kept"),
        ('{method: raking, margins: {"sex,age": {F: 60}}}', "crossing 'sex × age' is not 2 values"),
        (
            '{method: raking, margins: {"sex,age": {"F,Y": 30, "F, Y": 30}}}',
            "'F, Y' already stands on line 3",
        ),
        ('{method: raking, margins: {"sex,aeg": {"F,Y": 30}}}', "no column 'aeg'. Nearest: age"),
        (
            '{method: poststratification, margins: {"sex,age": {"F,Y": 60, "F,O": 40}}}',
            "'sex × age' has values without a population total: M × O, M × Y",
        ),
        (
            '{method: poststratification, margins: {"sex,age": {"F,Y": 100}, age: {Y: 50, O: 50}}}',
            "'age' stands in two margins",
        ),
        (f"{{method: linear, margins: {SEX}, bounds: [0.9, 1.1]}}", "The nearest bounds that would do are ["),
        ("{method: linear, margins: {sex: {F: 60, M: 40}, age: {Y: 99, O: 1}}}", "a weight of 0 or below"),
    ],
)
def test_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], calibration: str, message: str) -> None:
    code, out, err = run(tmp_path, capsys, asked(calibration), TABLE)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_the_answer_tells_what_the_weights_became(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calibration = '{method: raking, margins: {"sex,age": {"F,Y": 40, "F,O": 20, "M,Y": 25, "M,O": 15}}}'
    told = answer(tmp_path, capsys, asked(calibration))["calibration"]
    assert told["converged"] is True
    assert told["weights"]["total"] == pytest.approx(100)
    assert told["weights"]["min"] <= told["weights"]["median"] <= told["weights"]["max"]
    assert [entry["at"] for entry in told["g"]["quantiles"]] == [0.05, 0.25, 0.5, 0.75, 0.95]
    assert len(told["words"]["ja"]) == len(told["words"]["en"]) >= 5


def test_trimming_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(tmp_path, capsys, asked(f"{{method: raking, margins: {SEX}, trim: {{factor: 1.3}}}}"))
    trim, weights = told["calibration"]["trim"], told["calibration"]["weights"]
    assert weights["max"] == pytest.approx(trim["upper"])
    assert trim["n_at_upper"] > 0
    assert any("Weights were trimmed" in sentence for sentence in told["calibration"]["words"]["en"])


def test_nonresponse_before_calibration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every seventh did not answer: 36 of 42 remain, and their weights stand for everybody."""
    request = asked(
        f"{{method: raking, margins: {SEX}}}", "nonresponse: {cells: [age], responded: {status: 'yes'}}\n"
    )
    told = answer(tmp_path, capsys, request)
    cells = told["nonresponse"]["cells"]
    assert [cell["cell"] for cell in cells] == [{"age": "O"}, {"age": "Y"}]
    assert sum(cell["sampled"] for cell in cells) == 42
    assert sum(cell["respondents"] for cell in cells) == 36 == told["estimates"][0]["n"]
    assert all(cell["factor"] > 1 for cell in cells)
    assert all(cell["flags"] == ["few_respondents"] for cell in cells)
    assert told["calibration"]["weights"]["total"] == pytest.approx(100)


def test_answers_are_needed_of_respondents_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A margin may be unknown for those who did not answer, a cell may not."""
    table = "q,sex,age,status\n5,F,Y,yes\n3,M,Y,yes\n,,Y,no\n"
    request = f"table: answers.csv\ncalibration: {{method: raking, margins: {SEX}}}\n"
    request += "nonresponse: {cells: [age], responded: {status: 'yes'}}\n" + MEAN
    code, out, err = run(tmp_path, capsys, request, table)
    assert (code, err) == (0, "")
    assert json.loads(out)["estimates"][0]["value"] == pytest.approx(0.6 * 5 + 0.4 * 3)
    code, _, err = run(tmp_path, capsys, request, table.replace(",,Y,no", ",,,no"))
    assert code == 2
    assert 'line 4, column "age": The cell is empty' in err
