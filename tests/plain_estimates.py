"""The formulas of the measure room once more, row by row in plain Python: slow, dull and independent.

Nothing here is shared with the product but the definitions. `python tests/plain_estimates.py` simulates
tests/golden/own/answers.csv and writes tests/golden/own/expected.csv, which check_with_r.R compares with R.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scipy import stats

OWN = Path(__file__).parent / "golden" / "own"
Row = dict[str, str]
MARGINS = {"sex": {"F": 5200.0, "M": 4800.0}, "age": {"young": 3000.0, "middle": 4500.0, "old": 2500.0}}
DOMAINS = ("", "sex=F", "sex=M", "service=1", "service=2", "service=3")
FIELDS = ("design", "weights", "statistic", "domain", "n", "n_missing", "df", "value", "se", "lower", "upper")


@dataclass(frozen=True)
class Plan:
    stratum: str = ""
    psu: str = ""
    fpc: str = ""


PLANS = {
    "rows": Plan(),
    "rows_in_strata": Plan(stratum="stratum", fpc="people"),
    "psus": Plan(stratum="stratum", psu="psu"),
    "psus_of_few": Plan(stratum="stratum", psu="psu", fpc="districts"),
}
WEIGHTS = ("design", "raked", "raked_fixed")


def read(path: Path = OWN / "answers.csv") -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def raked(rows: list[Row]) -> list[float]:
    """Iterative proportional fitting on the rows."""
    weights = [float(row["weight"]) for row in rows]
    for _ in range(500):
        for column, totals in MARGINS.items():
            for value, total in totals.items():
                members = [i for i, row in enumerate(rows) if row[column] == value]
                factor = total / math.fsum(weights[i] for i in members)
                for i in members:
                    weights[i] *= factor
    return weights


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with pivoting."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(len(rows)):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][-1] / rows[i][i] for i in range(len(rows))]


def residuals(rows: list[Row], u: list[float]) -> list[float]:
    """u less its regression on the categories of the margins, with the design weights."""
    x = [[1.0, *(float(row[c] == v) for c, t in MARGINS.items() for v in list(t)[1:])] for row in rows]
    d = [float(row["weight"]) for row in rows]
    size = range(len(x[0]))
    gram = [[math.fsum(w * r[i] * r[j] for w, r in zip(d, x, strict=True)) for j in size] for i in size]
    right = [math.fsum(w * r[i] * v for w, r, v in zip(d, x, u, strict=True)) for i in size]
    b = solved(gram, right)
    return [v - math.fsum(c * one for c, one in zip(b, r, strict=True)) for v, r in zip(u, x, strict=True)]


def units(rows: list[Row], plan: Plan) -> Iterator[tuple[list[list[int]], float]]:
    """For each stratum: the rows of each of its PSUs, and the fraction not drawn."""
    for stratum in sorted({row.get(plan.stratum, "") for row in rows}):
        members = [i for i, row in enumerate(rows) if row.get(plan.stratum, "") == stratum]
        psus: dict[str, list[int]] = {}
        for i in members:
            psus.setdefault(rows[i][plan.psu] if plan.psu else str(i), []).append(i)
        size = float(rows[members[0]][plan.fpc]) if plan.fpc else math.inf
        yield list(psus.values()), 1 - len(psus) / size


def estimate(rows: list[Row], plan: Plan, weighting: str, statistic: str, domain: str) -> dict[str, object]:
    """Value, standard error, degrees of freedom and interval of one domain."""
    column, _, wanted = domain.partition("=")
    inside = [not column or row[column] == wanted for row in rows]
    known = [i for i, row in enumerate(rows) if inside[i] and row["ease"]]
    y = {i: float(rows[i]["ease"]) for i in known}
    if statistic == "proportion":
        y = {i: float(value >= 4) for i, value in y.items()}
    w = [float(row["weight"]) for row in rows] if weighting == "design" else raked(rows)
    total = math.fsum(w[i] for i in known)
    value = math.fsum(w[i] * y[i] for i in known) / total
    u = [(y[i] - value) / total if i in y else 0.0 for i in range(len(rows))]
    if weighting == "raked":
        u = residuals(rows, u)
    variance, df = 0.0, 0
    for psus, not_drawn in units(rows, plan):
        sums = [math.fsum(w[i] * u[i] for i in psu) for psu in psus]
        n = len(sums)
        mean = math.fsum(sums) / n
        variance += not_drawn * n / (n - 1) * math.fsum((one - mean) ** 2 for one in sums)
        holding = sum(any(i in y for i in psu) for psu in psus)
        df += max(holding - 1, 0)
    bounds = _share_limits if statistic == "proportion" else _mean_limits
    lower, upper = bounds(value, variance, len(known), df)
    return {
        "n": len(known),
        "n_missing": sum(inside) - len(known),
        "df": df,
        "value": value,
        "se": math.sqrt(variance),
        "lower": lower,
        "upper": upper,
    }


def _share_limits(p: float, v: float, n: int, df: int) -> tuple[float, float]:
    """Korn and Graubard, shares strictly between 0 and 1."""
    few = (stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, df)) ** 2
    m = min(n, p * (1 - p) / v * few)
    lower = stats.beta.ppf(0.025, m * p, m * (1 - p) + 1)
    return float(lower), float(stats.beta.ppf(0.975, m * p + 1, m * (1 - p)))


def _mean_limits(value: float, v: float, n: int, df: int) -> tuple[float, float]:
    half = float(stats.t.ppf(0.975, df)) * math.sqrt(v)
    return value - half, value + half


def every_estimate(rows: list[Row]) -> Iterator[dict[str, object]]:
    for design, plan in PLANS.items():
        for weights in WEIGHTS:
            for statistic in ("proportion", "mean"):
                for domain in DOMAINS:
                    names = {"design": design, "weights": weights, "statistic": statistic, "domain": domain}
                    yield {**names, **estimate(rows, plan, weights, statistic, domain)}


def simulated() -> list[Row]:
    """Four strata of 3 to 5 districts, 6 to 9 people each; districts differ, one answer in ten is missing."""
    dice = random.Random(20250401)
    rows: list[Row] = []
    for stratum, districts, people in (("N", 12, 900), ("E", 9, 500), ("S", 20, 1300), ("W", 7, 400)):
        for district in range(1, dice.randint(3, 5) + 1):
            mood = dice.gauss(3.3, 0.6)
            for _ in range(dice.randint(6, 9)):
                ease = min(5, max(1, round(dice.gauss(mood, 1.1))))
                rows.append(_person(dice, stratum, district, districts, people, ease))
    return rows


def _person(dice: random.Random, stratum: str, district: int, districts: int, people: int, ease: int) -> Row:
    return {
        "stratum": stratum,
        "psu": str(district),
        "districts": str(districts),
        "people": str(people),
        "weight": f"{dice.uniform(20, 120):.3f}",
        "sex": dice.choice(["F", "F", "M"]),
        "age": dice.choice(["young", "middle", "old", "old"]),
        "service": dice.choice("1112223"),
        "ease": "" if dice.random() < 0.1 else str(ease),
    }


def _write(path: Path, fields: list[str], rows: list[dict[str, object]] | list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(report: Callable[[str], None] = print) -> None:
    people = simulated()
    _write(OWN / "answers.csv", list(people[0]), people)
    found = list(every_estimate(read()))
    _write(OWN / "expected.csv", list(FIELDS), found)
    report(f"{len(people)} answers, {len(found)} estimates")


if __name__ == "__main__":
    main()
