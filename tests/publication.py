"""Small estimates, a policy and an edition for the tests of publishing."""

from __future__ import annotations

from monosashi.define.guideline import Guideline, Indicator, Measurement, Policy, Reference
from monosashi.define.text import Text
from monosashi.measure.estimate import Basis, Estimate, Interval, Status
from monosashi.publish.disclosure import Difference, Disclosed, Figures, disclose
from monosashi.publish.edition import Coverage, Progress
from monosashi.publish.edition_files import Contents

SOURCE = Reference(source="test")
POLICY = Policy(
    minimum_cell=10,
    count_rounding=5,
    whole_percent_from=100,
    one_decimal_from=1000,
    class_disclosure=True,
    dominance_contributors=2,
    dominance_share=0.85,
    reliable_minimum_n=30,
    reliable_minimum_n_effective=30,
    reliable_maximum_interval_width=0.3,
    reliable_minimum_df=8,
    reference=SOURCE,
)


def said(text: str) -> Text:
    return Text(ja=text, en=text)


def indicator(unit: str = "share", threshold: float = 0.03) -> Indicator:
    return Indicator(
        id="satisfaction",
        role="kgi",
        order=1,
        title=said("満足"),
        short=said("?"),
        definition=said("定義"),
        unit=unit,
        measurement=(Measurement(method="survey"),),
        practical_threshold=threshold,
        not_covered=said("-"),
        reference=SOURCE,
    )


def guideline() -> Guideline:
    return Guideline(
        id="test",
        version="1",
        title=said("試験"),
        government=said("市"),
        decided_on=None,
        supersedes=None,
        mission=None,
        vision=None,
        values=None,
        reference=SOURCE,
        principles=(),
        indicators=(indicator(),),
        policy=POLICY,
    )


def share(
    favourable: int,
    n: int,
    *,
    lower: float | None = None,
    upper: float | None = None,
    basis: Basis = Basis.QUOTA_PANEL,
    **domain: str,
) -> Estimate:
    interval = None if lower is None or upper is None else Interval(lower, upper)
    return Estimate(
        "proportion",
        domain,
        Status.VALUE,
        value=favourable / n,
        interval=interval,
        interval_method="korn_graubard" if interval else None,
        n=n,
        df=n - 1,
        n_effective=float(n),
        deff=1.0,
        basis=basis,
    )


def change(difference: float, lower: float, upper: float) -> Estimate:
    return Estimate("change", {}, Status.VALUE, value=difference, interval=Interval(lower, upper))


def figures(*estimates: Estimate, period: str = "FY2025", unit: str = "share") -> Figures:
    return Figures(indicator(unit), "perceived", period, "1", estimates)


def published(*estimates: Estimate, unit: str = "share"):
    return disclose([figures(*estimates, unit=unit)], policy=POLICY).estimates


def disclosed() -> Disclosed:
    before = figures(share(150, 500, lower=0.26, upper=0.342, city="tokyo"), period="FY2024")
    after = figures(
        share(180, 500, lower=0.318, upper=0.4037, city="tokyo"),
        share(4, 8, city="tokyo", age_band="70s"),
        period="FY2025",
    )
    tested = change(0.06, 0.0017, 0.1183)
    difference = Difference(indicator(), "perceived", {"city": "tokyo"}, "FY2024", "FY2025", tested)
    people = Coverage("satisfaction", "perceived", "people_asked", "answered", 1003)
    return disclose([before, after], [difference], [people], policy=POLICY)


def contents(id: str = "FY2025", **changed) -> Contents:
    values = {
        "id": id,
        "period": "FY2025",
        "synthetic": True,
        "built_on": "2026-06-01",
        "next_on": "2027-06-01",
        "guideline": guideline(),
        "tables": {"responses/resident": 3},
        "software": "monosashi test",
        "previous": None,
        "previous_digest": None,
        "disclosed": disclosed(),
        "roadmap": (Progress("ui-guideline", "2023H1", "done", "公表", "Published"),),
        "labels": {"city": {"tokyo": Text(ja="東京", en="Tokyo")}, "": {"city": Text(ja="都市", en="City")}},
    }
    return Contents(**{**values, **changed})
