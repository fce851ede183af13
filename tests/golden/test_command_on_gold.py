"""`monosashi estimate` from the file to the JSON against R: designs, fpc, strata, PSUs, domains, raking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gold_cases import DESIGNS, OURS, VARIANCES, agrees, calibration_of, cases, gold
from monosashi.cli import main
from monosashi.measure import Estimate, Interval, Status
from shared_data import shared

QUESTIONS = {
    "t2b(q1)": {"statistic": "proportion", "item": "q1", "favourable": [4, 5], "interval": "wald"},
    "q1": {"statistic": "mean", "item": "q1"},
    "nps_score(nps)": {"statistic": "nps", "item": "nps"},
}


def answers(folder: Path, request: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the command prints. A request in JSON is a request in YAML."""
    (folder / "request.yaml").write_text(json.dumps(request), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["estimate", str(folder / "request.yaml")])
    told = capsys.readouterr()
    assert (ended.value.code, told.err) == (0, "")
    found: dict[str, Any] = json.loads(told.out)
    return found


def request(design: str, asked: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """One estimate for each question and split that the cases need."""
    plan = dict(gold()["meta"]["designs"][design])
    splits = dict.fromkeys((case["y"], tuple(case["domain"])) for case in asked)
    return {
        "table": str(shared("gold", plan.pop("data"))),
        "design": {key: value for key, value in plan.items() if value},
        "estimates": [{"id": f"{y} {by}", "by": by, **QUESTIONS[y]} for y, by in splits],
        **more,
    }


def wrong(asked: list[dict[str, Any]], told: dict[str, Any]) -> list[str]:
    found = {(one["id"], tuple(one["domain"].values())): estimate(one) for one in told["estimates"]}
    places = {
        case["id"]: (f"{case['y']} {tuple(case['domain'])}", tuple(case["domain"].values())) for case in asked
    }
    return [case["id"] for case in asked if not agrees(found[places[case["id"]]], case["expected"])]


def estimate(told: dict[str, Any]) -> Estimate:
    shown = {key: value for key, value in told.items() if key not in ("id", "cv")}
    limits = shown.pop("interval")
    status = Status(shown.pop("status"))
    return Estimate(**shown, status=status, interval=Interval(*limits) if limits else None)


@pytest.mark.parametrize("design", DESIGNS)
def test_shares_and_means(tmp_path: Path, capsys: pytest.CaptureFixture[str], design: str) -> None:
    asked = cases("mean", design)
    assert wrong(asked, answers(tmp_path, request(design, asked), capsys)) == []


@pytest.mark.parametrize("variance", VARIANCES)
@pytest.mark.parametrize("design", ["A", "B"])
def test_raked(tmp_path: Path, capsys: pytest.CaptureFixture[str], design: str, variance: str) -> None:
    asked = [case for case in cases("mean", "cal_raking", variance) if case["design"] == design]
    assert len(asked) == 33
    raking = {"method": "raking", "margins": gold()["meta"]["margins"], "variance": variance}
    told = answers(tmp_path, request(design, asked, calibration=raking), capsys)
    assert told["calibration"]["converged"] is True
    assert told["calibration"]["max_margin_error"] < 1e-12
    assert wrong(asked, told) == []


@pytest.mark.parametrize("design", ["A", "B"])
@pytest.mark.parametrize("method", OURS)
def test_calibrated(tmp_path: Path, capsys: pytest.CaptureFixture[str], method: str, design: str) -> None:
    asked = [case for case in cases("mean", method, "calibrated") if case["design"] == design]
    assert len(asked) == 33
    wanted = calibration_of(method)
    sent: dict[str, Any] = {"method": wanted.method, "margins": wanted.margins}
    if wanted.bounds:
        sent["bounds"] = wanted.bounds
    told = answers(tmp_path, request(design, asked, calibration=sent), capsys)
    assert wrong(asked, told) == []
    assumed = any("independent" in sentence for sentence in told["calibration"]["words"]["en"])
    assert assumed is (method == "post")


def test_a_crossing_that_is_written_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """city × sex cell by cell: what two margins come to when they are crossed as if independent."""
    city, sex = (gold()["meta"]["margins"][name] for name in ("city", "sex"))
    people = sum(sex.values())
    cells = {f"{one},{other}": city[one] * sex[other] / people for one in city for other in sex}
    asked = [case for case in cases("mean", "post", "calibrated") if case["design"] == "A"]
    calibration = {"method": "poststratification", "margins": {"city,sex": cells}}
    assert wrong(asked, answers(tmp_path, request("A", asked, calibration=calibration), capsys)) == []


@pytest.mark.parametrize("rule", ["remove", "certainty", "adjust", "average"])
@pytest.mark.parametrize("design", ["L", "LF"])
def test_single_psu(tmp_path: Path, capsys: pytest.CaptureFixture[str], design: str, rule: str) -> None:
    """Without the extension to domains (`survey.adjust.domain.lonely`), which requests do not offer."""
    asked = [
        case for case in cases("mean", rule) if case["design"] == design and not case["adjust_domain_lonely"]
    ]
    assert len(asked) == 6
    sent = request(design, asked)
    sent["design"]["single_psu"] = rule
    assert wrong(asked, answers(tmp_path, sent, capsys)) == []
