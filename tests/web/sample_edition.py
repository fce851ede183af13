"""A small made-up edition with all five states in it, for tests of the public pages.

Figures are chosen, not computed: what a page should say about each can be read off this file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from monosashi.adapters.guideline_files import load_guideline
from monosashi.define.guideline import Guideline
from monosashi.define.text import Text
from monosashi.measure.estimate import Status
from monosashi.publish.edition import (
    Change,
    Coverage,
    Edition,
    Progress,
    PublishedComposition,
    PublishedEstimate,
    Verdict,
)

CITIES = {
    "tokyo": ("東京", "Tokyo"),
    "new_york": ("ニューヨーク", "New York"),
    "london": ("ロンドン", "London"),
    "paris": ("パリ", "Paris"),
    "singapore": ("シンガポール", "Singapore"),
    "seoul": ("ソウル", "Seoul"),
}
AGES = {f"{age}s": (f"{age}代", f"{age}s") for age in range(10, 80, 10)}
SEXES = {"female": ("女性", "Women"), "male": ("男性", "Men"), "other": ("その他", "Other")}
BUREAUS = {
    "B01": ("総務局", "General Affairs"),
    "B02": ("福祉局", "Welfare"),
    "B03": ("水道局", "Waterworks"),
}
TOKYO = {"city": "tokyo"}
HOSTILE = '<script>alert("x")</script>'

FILES = {
    "estimates.csv": b"indicator,value\nsatisfaction,0.6\n",
    "edition.json": json.dumps({"id": "FY2025"}).encode(),
    "SHA256SUMS": b"0000  estimates.csv\n",
}


def figure(  # every argument is one cell of the row
    indicator: str,
    measure: str,
    period: str,
    domain: Mapping[str, str],
    value: float | None,
    half: float | None = 0.045,
    *,
    status: Status = Status.VALUE,
    reason: str | None = None,
    n: int = 500,
    basis: str = "quota_panel",
    digits: int = 0,
    version: str = "1",
) -> PublishedEstimate:
    has = value is not None and half is not None
    cut = 2 + digits
    return PublishedEstimate(
        indicator=indicator,
        measure=measure,
        period=period,
        definition_version=version,
        domain=dict(domain),
        status=status,
        reason=reason,
        value=value,
        lower=round(max(value - half, 0.0), cut) if has else None,
        upper=round(min(value + half, 1.0), cut) if has else None,
        level=0.95 if has else None,
        interval_method="korn_graubard" if has else None,
        n=n if value is not None else None,
        n_effective=5 * round(n * 0.79 / 5) if has else None,
        deff=1.27 if has else None,
        basis=basis,
        digits=digits,
    )


def nothing(
    indicator: str, measure: str, period: str, domain: Mapping[str, str], status: Status, reason: str
) -> PublishedEstimate:
    return figure(indicator, measure, period, domain, None, status=status, reason=reason)


def _residents() -> list[PublishedEstimate]:
    levels = {
        "satisfaction": (0.55, 0.57, 0.60),
        "findability": (0.44, 0.41, 0.47),
        "usability": (0.52, 0.53, 0.58),
        "time": (0.38, 0.39, 0.37),
        "updates": (0.29, 0.31, 0.33),
        "dialogue": (0.24, 0.25, 0.27),
    }
    rows = []
    for indicator, values in levels.items():
        for period, value in zip(("FY2023", "FY2024", "FY2025"), values, strict=True):
            version = "0" if (indicator, period) == ("findability", "FY2023") else "1"
            rows.append(figure(indicator, "perceived", period, TOKYO, value, version=version))
        for offset, city in enumerate(list(CITIES)[1:]):
            value = round(values[2] + (-0.07, -0.03, -0.12, 0.11, 0.04)[offset], 2)
            rows.append(figure(indicator, "perceived", "FY2025", {"city": city}, value))
        rows += _ages(indicator, values[2])
    return rows


def _ages(indicator: str, whole: float) -> list[PublishedEstimate]:
    offsets = {"20s": 0.06, "30s": 0.09, "40s": 0.03, "50s": -0.02, "60s": -0.13}
    rows = [
        figure(indicator, "perceived", "FY2025", {**TOKYO, "age_band": age}, round(whole + d, 2), 0.08, n=85)
        for age, d in offsets.items()
    ]
    young = {**TOKYO, "age_band": "10s"}
    rows.append(figure(indicator, "perceived", "FY2025", young, round(whole + 0.01, 2), 0.19, n=25))
    rows[-1] = replace(rows[-1], status=Status.UNRELIABLE, reason="few_answers")
    old = {**TOKYO, "age_band": "70s"}
    rows.append(nothing(indicator, "perceived", "FY2025", old, Status.SUPPRESSED, "small_cell"))
    return rows


def _sexes() -> list[PublishedEstimate]:
    return [
        figure("satisfaction", "perceived", "FY2025", {**TOKYO, "sex": "female"}, 0.61, 0.06, n=250),
        figure("satisfaction", "perceived", "FY2025", {**TOKYO, "sex": "male"}, 0.59, 0.06, n=240),
        nothing(
            "satisfaction", "perceived", "FY2025", {**TOKYO, "sex": "other"}, Status.SUPPRESSED, "small_cell"
        ),
    ]


def _register() -> list[PublishedEstimate]:
    online = ("participation", "actual")
    known = {"basis": "register", "digits": 1}
    return [
        nothing(*online, "FY2023", {}, Status.NOT_COLLECTED, "no_rows"),
        figure(*online, "FY2024", {}, 0.472, None, n=181_430, basis="register", digits=1),
        figure(*online, "FY2025", {}, 0.528, None, n=204_815, basis="register", digits=1),
        figure(*online, "FY2025", {"organization": "B01"}, 0.713, None, n=40_210, **known),  # type: ignore[arg-type]
        nothing(*online, "FY2025", {"organization": "B02"}, Status.SUPPRESSED, "dominance"),
        nothing(*online, "FY2025", {"organization": "B03"}, Status.NOT_APPLICABLE, "not_applicable"),
        nothing(*online, "FY2025", {"organization": HOSTILE}, Status.NOT_COLLECTED, "no_rows"),
        figure("trained-people", "actual", "FY2024", {}, 1480.0, None, n=1480, basis="register"),
        figure("trained-people", "actual", "FY2025", {}, 2115.0, None, n=2115, basis="register"),
    ]


def _staff() -> list[PublishedEstimate]:
    rows = []
    for indicator, values in {
        "awareness": (0.527, 0.614, 0.668),
        "staff-satisfaction": (0.401, 0.433, 0.449),
    }.items():
        for period, value in zip(("FY2023", "FY2024", "FY2025"), values, strict=True):
            rows.append(
                figure(indicator, "perceived", period, {}, value, 0.008, n=14_780, basis="census", digits=1)
            )
        for bureau, shift in {"B01": 0.062, "B02": -0.041}.items():
            rows.append(
                figure(
                    indicator, "perceived", "FY2025", {"bureau": bureau}, round(values[2] + shift, 3), 0.03,
                    n=1_200, basis="census", digits=1,
                )
            )  # fmt: skip
        rows.append(
            nothing(
                indicator,
                "perceived",
                "FY2025",
                {"bureau": "B03"},
                Status.SUPPRESSED,
                "secondary_suppression",
            )
        )
    return rows


def _change(
    indicator: str,
    measure: str,
    domain: Mapping[str, str],
    difference: float,
    half: float | None,
    verdict: Verdict,
) -> Change:
    lower, upper = (None, None) if half is None else (difference - half, difference + half)
    digits = 0 if domain else 1
    return Change(indicator, measure, domain, "FY2024", "FY2025", difference, lower, upper, verdict, digits)


CHANGES = (
    _change("satisfaction", "perceived", TOKYO, 0.03, 0.06, "not_distinguishable"),
    _change("findability", "perceived", TOKYO, 0.06, 0.06, "not_distinguishable"),
    _change("usability", "perceived", TOKYO, 0.05, 0.04, "up"),
    _change("time", "perceived", TOKYO, -0.02, 0.06, "not_distinguishable"),
    _change("updates", "perceived", TOKYO, 0.02, 0.06, "not_distinguishable"),
    _change("dialogue", "perceived", TOKYO, 0.02, 0.05, "not_distinguishable"),
    _change("participation", "actual", {}, 0.056, None, "up"),
    _change("awareness", "perceived", {}, 0.054, 0.011, "up"),
    _change("staff-satisfaction", "perceived", {}, 0.016, 0.011, "not_distinguishable"),
)

COMPOSITIONS = (
    PublishedComposition(
        **{"indicator": "participation", "measure": "actual", "domain": {}},  # type: ignore[arg-type]
        **{"from_period": "FY2024", "to_period": "FY2025", "mixed": "sign", "digits": 1},  # type: ignore[arg-type]
        **{"all_before": 0.472, "all_after": 0.528, "both_before": 0.533, "both_after": 0.528},  # type: ignore[arg-type]
        **{"within": -0.004, "shift": -0.001, "left": 0.061, "joined": 0.0},  # type: ignore[arg-type]
        **{"units_before": 320, "units_after": 312, "units_both": 298},  # type: ignore[arg-type]
        **{"units_left": 22, "units_joined": 14, "units_silent": 19},  # type: ignore[arg-type]
    ),
)

COVERAGE = (
    Coverage("participation", "actual", "procedures", "value", 312),
    Coverage("participation", "actual", "procedures", "not_collected", 71),
    Coverage("participation", "actual", "procedures", "not_applicable", 17),
    Coverage("participation", "actual", "procedures_since", "stayed", 298),
    Coverage("participation", "actual", "procedures_since", "joined", 14),
    Coverage("participation", "actual", "procedures_since", "left", 3),
    Coverage("participation", "actual", "procedures_since", "silent", 19),
    Coverage("awareness", "perceived", "people_asked", "answered", 14_780),
    Coverage("awareness", "perceived", "people_asked", "not_answered", 39_265),
    Coverage("staff-satisfaction", "perceived", "people_asked", "answered", 14_780),
    Coverage("staff-satisfaction", "perceived", "people_asked", "not_answered", 39_265),
    Coverage("satisfaction", "perceived", "people_asked", "answered", 500),
)


def _labels() -> dict[str, dict[str, Text]]:
    named = {"city": CITIES, "age_band": AGES, "sex": SEXES, "bureau": BUREAUS, "organization": BUREAUS}
    return {
        dimension: {code: Text(ja=ja, en=en) for code, (ja, en) in codes.items()}
        for dimension, codes in named.items()
    }


def _roadmap(guideline: Guideline) -> tuple[Progress, ...]:
    initiatives = [initiative for principle in guideline.principles for initiative in principle.initiatives]
    states = (("2022H2", "done"), ("2023H1", "done"), ("2024H1", "late"), ("2025H1", "under_way"))
    return tuple(
        Progress(
            initiative.id,
            half,
            state,
            "予定より半年おくれ" if state == "late" else "",
            "half a year late" if state == "late" else "",
        )  # type: ignore[arg-type]
        for initiative in initiatives[::2]
        for half, state in states
    )


@cache
def sample_edition() -> Edition:
    guideline = load_guideline("tokyo/1.1.0")
    return Edition(
        id="FY2025",
        period="FY2025",
        synthetic=True,
        built_on="2026-05-20",
        next_on="2027-05-20",
        guideline=guideline,
        tables={"responses/resident": 3, "responses/staff": 3, "volumes": 24, "practices": 7},
        software="monosashi 0.1.0",
        previous="FY2024",
        previous_digest="0" * 64,
        digest=sha256(b"sample").hexdigest(),
        files={name: sha256(body).hexdigest() for name, body in FILES.items()},
        estimates=tuple(_residents() + _sexes() + _register() + _staff()),
        changes=CHANGES,
        coverage=COVERAGE,
        roadmap=_roadmap(guideline),
        labels=_labels(),
        compositions=COMPOSITIONS,
    )


class SampleEditions:
    """Stands in for the folder of editions; constructed like it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def ids(self) -> list[str]:
        return ["FY2024", "FY2025"]

    def latest(self) -> Edition | None:
        return sample_edition()

    def get(self, id: str) -> Edition | None:
        return sample_edition() if id == sample_edition().id else None

    def files(self, id: str) -> dict[str, bytes]:
        return FILES


class NoEditions(SampleEditions):
    """A new installation: nothing has been published."""

    def ids(self) -> list[str]:
        return []

    def latest(self) -> Edition | None:
        return None

    def get(self, id: str) -> Edition | None:
        return None
