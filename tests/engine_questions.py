"""Tables full of what engines like to understand differently, and every kind of question about them.

Signs, spaces, codes, numbers in many spellings, days, times, quotes, rare letters.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from monosashi.keep.table import Source
from monosashi.measure import Among, Calibration, Design, Sample, calibrate, weighted
from monosashi.measure.cells import Pieces
from monosashi.measure.reducer import (
    Between,
    Check,
    Favourable,
    Gap,
    Levels,
    Number,
    Question,
    Reading,
    Reducer,
    Scored,
    Survey,
    Tally,
)
from small_tables import written

PLAIN = ["1", "2", "3", "4", "5", "9", ""]
NUMBERS = [
    *(
        "1",
        "1.0",
        "+1",
        " 1",
        "1 ",
        "\t1",
        "1\n",
        "\x0b1",
        "01",
        "1.",
        ".5",
        "0.5",
        "-0",
        "0",
        "1e0",
        "1E+5",
        "1e5",
    ),
    *(
        "1e-5",
        "0.00001",
        "0.0001",
        "123456.5",
        "12345678.5",
        "12345678.25",
        "1e15",
        "1e16",
        "1e22",
        "-2.50",
        "2.5e-7",
    ),
    *("0.1", "0.30000000000000004", "1e400", "1e-400", "inf", "-Inf", "+infinity", "nan", "-NaN", "1d", "1f"),
    *(
        "0x1p3",
        "1_000",
        "1__0",
        "1_",
        "1,000",
        "１",
        "1\u2028",
        "1\u0085",
        "\u30001",
        "1\xa0",
        "1e",
        "--1",
        "1 2",
    ),
    *("true", "99999999999999.5", "123456789012345.75", "999999999999999.9", "1.0_1", "1e5_0", ".e3", "."),
]
WORDS = [
    *(
        "a",
        "A",
        "b",
        "ä",
        "ß",
        "ﬀ",
        "満足",
        "不満",
        "Ω",
        "😀",
        "\uff5e",
        "it's",
        'say "x"',
        "a\\b",
        "a\\",
        "%_",
        "a|b",
    ),
    *(
        "a;--",
        "\\n",
        "a\nb",
        "a\tb",
        "{x}",
        "$1",
        " a",
        "a ",
        "\u3000",
        "\u3000a",
        " ",
        "",
        "\t",
        "NULL",
        "null",
        "None",
    ),
    *("True", "FALSE", "ＴＲＵＥ", "\u200b", "e\u0301", "é", "İ", "ı"),
]
DAYS = [
    *(
        "2025-04-01",
        "2025-03-31",
        "2026-03-31",
        "2025-4-1",
        "2025/04/01",
        "2025 04 01",
        "20250401",
        "2025",
        "2025-04",
    ),
    *(" 2025-06-01 ", "2025-06-01 10:00", "2025-06-01T23:59:59Z", "2025-06-01T00:00:00+09:00", "2025-06-01x"),
    *("2025-02-30", "2025-13-01", "99-04-01", "2025-04/01", "2025-004-01", "2025-04-011", "", "FY2025"),
    *(
        "2025-06-01 10:00:00.5",
        "2025-06-01 10",
        "2025-06-01T",
        "2025-06-01 junk",
        "２０２５-04-01",
        "2025\\04\\01",
    ),
]
NAMES = ["w", "s", "t", "p", "f", "x", "y", "nps", "word", "day", "yes", "na`me.with signs"]


def csv(folder: Path, seed: int) -> Source:
    """120 rows; sound where the design is, wild elsewhere."""
    pick = random.Random(seed)
    rows = []
    for _ in range(120):
        sound = [
            pick.choice(["1", "2.5", "0.7", "1e0"]),
            pick.choice("AB"),
            pick.choice(["1", "01", "1.0", "x"]),
        ]
        design = [*sound, pick.choice(["1", "2", "3", "4.0"]), pick.choice(["40", "50"])]
        wild = [pick.choice(one) for one in (PLAIN, NUMBERS, ["0", "6", "7", "10", ""], WORDS, DAYS, WORDS)]
        rows.append([*design, *wild, pick.choice(WORDS + NUMBERS)])
    return written(folder, [NAMES, *rows], f"t{seed}.csv")


def parquet(folder: Path, seed: int) -> Source:
    """Two files of one table; the second has a column more."""
    folder = folder / "it's; 満足 {b}"
    folder.mkdir(exist_ok=True)
    drawn = f"""
        SELECT [1.0, 2.5, 0.7][1 + i % 3] AS w, ['A', 'B'][1 + i % 2] AS s, i % 3 AS t, i // 7 AS p,
          [40.0, 50.0][1 + i % 2] AS f,
          CASE WHEN i % 11 = 0 THEN NULL ELSE 1 + hash(i, {seed}) % 5 END::INT AS x,
          CASE WHEN i % 13 = 0 THEN 'nan'::DOUBLE WHEN i % 17 = 0 THEN NULL
               ELSE [0.1, 1e-5, 12345678.5, -0.0, 0.0, 1e16, 0.1 + 0.2::DOUBLE, 3][1 + i * 5 % 8] END AS y,
          (hash(i, 5) % 11)::INT AS nps, ['a', 'ä', '満足', '', ' ', '😀', '\uff5e', NULL][1 + i % 8] AS word,
          DATE '2025-03-25' + (i % 20)::INT AS day, i % 3 = 0 AS yes,
          [0.1, 2, 3][1 + i % 3]::DECIMAL(5, 2) AS "na`me.with signs",
          TIMESTAMPTZ '2025-03-31 14:59:59+00' + to_seconds(i % 5) + to_milliseconds(500 * (i % 2)) AS at,
          TIMESTAMP '2025-03-31 23:59:58' + to_seconds(i % 5) AS ntz,
          [i % 2, 3] AS list, (i % 2 / 2)::FLOAT AS half"""
    paths = [folder / f"{seed}-{i} %20.parquet" for i in range(2)]
    duckdb.execute(f"COPY (FROM ({drawn} FROM range(100) r(i))) TO {_text(paths[0])} (FORMAT parquet)")
    duckdb.execute(
        f"COPY (FROM ({drawn}, i AS late FROM range(100, 160) r(i))) TO {_text(paths[1])} (FORMAT parquet)"
    )
    return Source("t", (paths[0].as_uri(), str(paths[1])))


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


LAST = NAMES[-1]
DESIGNS = {
    "rows": Design("w"),
    "strata": Design("w", ("s", "t"), fpc="f"),
    "units": Design("w", ("s",), "p", "f"),
    "unit only": Design(None, (), "t"),
}
IN_2025 = (date(2025, 4, 1), date(2026, 4, 1))
CONDITIONS = [
    *(Among("x", (value,)) for value in (1, "1", 1.0, "1.0", True)),
    *(Among("y", (value,)) for value in (1, 0.5, "0.5", "1", "01", "nan", 1e5, 0.1, 1e-5, 12345678.5)),
    *(
        Among("word", (value,))
        for value in ("a", "a\\b", "a\\", "it's", "a\nb", "満足", "true", True, False, " ", "😀")
    ),
    *(Among("yes", (value,)) for value in (True, False, "true", 1, 0)),
    *(Among(LAST, (value,)) for value in ("a", "1", 1, 0.1, "0.10", 2)),
    Between("day", *IN_2025),
]
CHECKS = [
    Check(name, what) for name in ("x", "y", "word", LAST) for what in ("present", "number", "positive")
]
READINGS = [
    Reading(Favourable("x", (4, 5), (9,))),
    Reading(Favourable("word", ("a", "満足", "true"))),
    Reading(Number("x", (9,), 2.0), total=True),
    Reading(Scored("nps", 9, 6, 100, -100)),
    Reading(Gap(Number("x", (9,)), Favourable("nps", (10, 7)))),
    Reading(Number("x"), Number("nps")),
]
BYS = [(), ("s",), ("word",), ("y",), ("day", "x"), (LAST,), ("yes", "t")]
TYPED = [("at",), ("ntz",), ("list",), ("late",), ("half",)]  # columns that only a Parquet file has


def answers(reducer: Reducer, source: Source) -> Iterator[tuple[str, object]]:
    """Every kind of question, under a name that a failure can be read by."""
    yield "columns", dict(reducer.columns(source))
    typed = "at" in reducer.columns(source)
    for condition in [*CONDITIONS, *([Between("at", *IN_2025), Between("ntz", *IN_2025)] if typed else [])]:
        yield f"rows {condition}", reducer.rows(source, [condition])
    for check in CHECKS:
        yield f"faults {check}", reducer.faults(Sample(source, missing=("9",)), [check])
    yield "faults of several", reducer.faults(Sample(source, only=(Among("s", ("B",)),)), CHECKS)
    for name, design in DESIGNS.items():
        yield from drawn(
            reducer, Sample(source, design, missing=("NULL",)), name, [*BYS, *(TYPED if typed else [])]
        )
    for unit, status in (((), None), (("p",), "word"), (("t", "day"), "s")):
        tally = Tally(source, "x", ("s",), (Among("x", (1, 2, 3)),), (Among("t", (1,)),), status, unit)
        yield f"totals {unit} {status}", reducer.totals(tally)
        yield f"counts {unit}", reducer.totals(replace(tally, quantity=None, by=(), only=()))


def drawn(
    reducer: Reducer, sample: Sample, name: str, bys: list[tuple[str, ...]]
) -> Iterator[tuple[str, object]]:
    """What is asked of one design."""
    yield f"pivot {name}", reducer.pivot(sample, "x", (9,))
    yield f"strata {name}", reducer.strata(sample)
    yield f"patterns {name}", reducer.patterns(sample, ("s", "t"))
    terms = (Levels("word", ("a",)), Levels(LAST), Number("x"), Favourable("x", (5,)))
    for i, by in enumerate(bys):
        reading, where = READINGS[i % len(READINGS)], (CONDITIONS[i],) if i % 3 == 2 else ()
        yield f"cells {name} {by} {reading}", reducer.cells(Question(sample, reading, by, where))
        if i < 3:
            yield f"profiles {name} {by}", reducer.profiles(Survey(sample, terms[i:], by))
            yield f"answers {name} {by}", reducer.answers(Survey(sample, (Number("x"),), by))
    yield from calibrated(reducer, sample, name)


def calibrated(reducer: Reducer, sample: Sample, name: str) -> Iterator[tuple[str, object]]:
    """What is asked of one design with calibrated weights, trimmed and not."""
    totals = {"s": {"A": 300.0, "B": 200.0}}
    weighting, _ = calibrate(reducer, sample, Calibration(totals))
    count = len(weighting.patterns.keys)
    ends = np.tile([0.0, 1.5, np.inf], (count, 1))
    slope, shift = np.tile([1.0, 0.0], count), np.tile([0.0, 2.0], count)
    places = np.repeat(np.arange(count), 2)
    trimmed = Pieces(places, ends[:, :2].ravel(), ends[:, 1:].ravel(), slope, shift)
    for kind, made in (("plain", weighting), ("trimmed", replace(weighting, pieces=trimmed))):
        asked = weighted(sample, made)
        yield f"weights {name} {kind}", reducer.weights(asked)
        yield f"crossing {name} {kind}", reducer.crossing(asked)
        yield f"weighted cells {name} {kind}", reducer.cells(Question(asked, READINGS[0], ("s",)))
        yield f"regressors {name} {kind}", reducer.regressors(Question(asked, READINGS[2], ("t",)))
        yield f"weighted profiles {name} {kind}", reducer.profiles(Survey(asked, (Number("x"),), ("s",)))


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        assert isinstance(other, np.ndarray)
        return one.shape == other.shape and np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True)
    if is_dataclass(one) and not isinstance(one, type):
        return type(one) is type(other) and all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    if isinstance(one, (list, tuple)):
        assert isinstance(other, (list, tuple))
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and not isinstance(one, bool):
        return one == pytest.approx(other, rel=1e-12, nan_ok=True)
    return type(one) is type(other) and one == other
