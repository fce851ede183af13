"""DuckDB and numpy reduce any table to the same cells: numbers, codes, words, blanks, yes and no, NaN."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.keep.table import Source
from monosashi.measure.cells import Pieces
from monosashi.measure.design import Design
from monosashi.measure.reducer import (
    Among,
    Between,
    Check,
    Condition,
    Favourable,
    Gap,
    Levels,
    Number,
    Question,
    Reading,
    Reducer,
    Sample,
    Scored,
    Survey,
    Tally,
    Weighting,
)
from small_tables import written

SOME = settings(max_examples=settings().max_examples // 10)  # each opens a file twice and asks it 20 times
HEADER = ["stratum", "psu", "weight", "size", "q", "r", "by", "day", "Q"]
WORDS = [
    *["", " ", "1", "1.0", "01", "1e0", "-1", "0", "-0", "TRUE", "true", "False", "nan", "é", "東京", "𠮟"],
    *["Z", "a", "\uffff", "long " * 1000, "1e400", "999999999999999999", "it's", '"', "NA"],
]
NUMBERS = ["1", "2", "3", "4.5", "5", "9", "", "-1", "0", "-0.0", "5.0", "1e3"]
ROW = st.tuples(
    st.sampled_from(["A", "B", "01", "1", "1.0"]),
    st.sampled_from(["1", "2", "x", "1.0"]),
    st.sampled_from(["1", "0.1", "2.5", "1e-3", "1e10"]),
    st.just("50"),
    st.sampled_from(NUMBERS),
    st.sampled_from(NUMBERS),
    st.sampled_from(WORDS),
    st.sampled_from(["2026-03-31", "2026-04-01 09:00:00", "", "someday"]),
    st.sampled_from(["x", "X", "1"]),
)
DESIGNS = st.sampled_from(
    [
        Design(),
        Design("weight", ("stratum",)),
        Design("weight", ("stratum",), "psu", "size"),
        Design("weight", ("stratum", "by"), "psu"),
        Design(psu="psu"),
    ]
)
CONDITIONS: list[Condition] = [
    Among("by", (1,)),
    Among("by", ("1", "東京", "01")),
    Among("by", (True, "a")),
    Among("q", (5, "9", -1)),
    Among("r", (0,)),
    Between("day", date(2026, 4, 1), date(2027, 4, 1)),
]
WHERE = st.lists(st.sampled_from(CONDITIONS), max_size=2).map(tuple)
BY = st.sampled_from([(), ("by",), ("q",), ("stratum", "by"), ("r", "q"), ("day",)])
BY_TEXT = st.one_of(BY, st.sampled_from([("Q",), ("Q", "q")]))
MISSING = st.sampled_from([(), ("NA",), (9, "NA"), ("1", False)])
READINGS = st.sampled_from(
    [
        Reading(Number("q", (9,))),
        Reading(Number("q", pivot=2.5), total=True),
        Reading(Favourable("q", (4.5, "5"), (9,))),
        Reading(Favourable("by", ("1", True, "東京"))),
        Reading(Scored("r", 4, 2, 100, -100, (9,))),
        Reading(Number("q"), Number("r")),
        Reading(Gap(Number("q", (9,)), Favourable("r", (5,)))),
    ]
)
TERMS = st.lists(
    st.sampled_from([Number("q", (9,)), Number("r"), Levels("by"), Levels("q", (9,)), Favourable("q", (5,))]),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def samples(draw: Any) -> Sample:
    only = draw(st.sampled_from([(), (Among("stratum", ("A", 1)),)]))
    return Sample(Source("t", ()), draw(DESIGNS), only, draw(MISSING))


def assert_same(one: Any, two: Any, place: str = "") -> None:
    if is_dataclass(one) and not isinstance(one, type):
        for field in fields(one):
            assert_same(getattr(one, field.name), getattr(two, field.name), f"{place}.{field.name}")
    elif isinstance(one, np.ndarray):
        assert (one.shape, one.dtype) == (two.shape, two.dtype), place
        assert np.allclose(one, two, rtol=1e-12, atol=0, equal_nan=True), (place, one, two)
    else:
        assert repr(one) == repr(two), place  # as texts: True is equal to 1


def all_found(sample: Sample, question: Question, survey: Survey) -> Iterator[Callable[[Reducer], Any]]:
    yield lambda of: of.columns(sample.source)
    yield lambda of: of.rows(sample.source, question.where)
    yield lambda of: of.strata(sample)
    yield lambda of: of.cells(question)
    yield lambda of: of.profiles(survey)
    yield lambda of: of.answers(replace(survey, terms=(Number("q", (9,)),)))
    yield lambda of: of.totals(Tally(sample.source, None, question.by, question.where, sample.only))
    yield lambda of: of.totals(Tally(sample.source, "q", ("psu",), status="by", unit=("stratum",)))
    yield lambda of: of.totals(Tally(sample.source, "r", ("by", "q"), missing=sample.missing))


def compared(source: Source, sample: Sample, question: Question, survey: Survey) -> None:
    sample = replace(sample, source=source)
    question, survey = replace(question, sample=sample), replace(survey, sample=sample)
    engine, arrays = DuckDBReducer(), NumpyReducer()
    for ask in all_found(sample, question, survey):
        assert_same(ask(engine), ask(arrays))
    patterns = engine.patterns(sample, ("psu", "stratum"))
    assert_same(patterns, arrays.patterns(sample, ("psu", "stratum")))
    size = len(patterns.keys)
    empty = any(repr(cell) in ("nan", "'None'") for key in patterns.keys for cell in key)
    if not size or empty:  # nobody to calibrate, or an empty cell, which is refused
        return
    places, zero = np.arange(size), np.zeros(size)
    halves = [np.concatenate([one, two]) for one, two in ((places, places), (zero, zero + 1))]
    up_to = np.concatenate([zero + 1, zero + np.inf])
    pieces = Pieces(halves[0], halves[1], up_to, np.tile([0.5, 2.0], size)[: 2 * size], halves[1])
    for weighting in (
        Weighting(patterns, np.linspace(0.5, 2, size)),
        Weighting(patterns, zero, pieces=pieces),
    ):
        weighed = replace(sample, weighting=weighting)
        asked = replace(question, sample=weighed)
        for reduced in (
            lambda of, s=weighed: of.weights(s),
            lambda of, s=weighed: of.crossing(s),
            lambda of, s=weighed: of.weights_of_rows(s),
            lambda of, q=asked: of.cells(q),
            lambda of, q=asked: of.regressors(q),
            lambda of, s=weighed: of.profiles(replace(survey, sample=s)),
        ):
            assert_same(reduced(engine), reduced(arrays))


@SOME
@given(st.lists(ROW, min_size=1, max_size=25), samples(), READINGS, TERMS, st.data())
def test_text_files(rows: list[Any], sample: Sample, reading: Reading, terms: Any, data: Any) -> None:
    by, where = data.draw(BY_TEXT), data.draw(WHERE)
    question, survey = Question(sample, reading, by, where), Survey(sample, terms, by, where)
    with tempfile.TemporaryDirectory() as folder:
        compared(written(Path(folder), [HEADER, *rows]), sample, question, survey)


TYPED = """
COPY (SELECT * FROM (VALUES {rows}) AS v(stratum, psu, weight, size, q, r, "by", "day"))
TO '{path}' (FORMAT parquet)
"""
CASTS = ["TEXT", "BIGINT", "DOUBLE", "DOUBLE", "DOUBLE", "INTEGER", "BOOLEAN", "DATE"]
TYPED_ROW = st.tuples(
    st.sampled_from(["'A'", "'1'", "'01'", "'1.0'"]),
    st.sampled_from(["1", "2", "9007199254740993"]),
    st.sampled_from(["1", "0.1", "2.5"]),
    st.just("50"),
    st.sampled_from(["1", "4.5", "5", "9", "'NaN'", "NULL", "-0.0", "0"]),
    st.sampled_from(["0", "1", "5", "9", "-7", "NULL"]),
    st.sampled_from(["true", "false", "NULL"]),
    st.sampled_from(["'2026-03-31'", "'2026-04-01'", "NULL"]),
)


@SOME
@given(st.lists(TYPED_ROW, min_size=1, max_size=25), samples(), READINGS, TERMS, st.data())
def test_typed_files(rows: list[Any], sample: Sample, reading: Reading, terms: Any, data: Any) -> None:
    by, where = data.draw(BY), data.draw(WHERE)
    question, survey = Question(sample, reading, by, where), Survey(sample, terms, by, where)
    cells = [[f"CAST({cell} AS {cast})" for cell, cast in zip(row, CASTS, strict=True)] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        duckdb.execute(TYPED.format(rows=", ".join(f"({', '.join(row)})" for row in cells), path=path))
        compared(Source("t", (str(path),)), sample, question, survey)


@SOME
@given(st.lists(ROW, min_size=1, max_size=8), MISSING)
def test_faults_and_pivots(rows: list[Any], missing: Any) -> None:
    checks = [Check("weight", "positive"), Check("q", "number", (9,)), Check("by", "number")]
    checks += [Check("by", "positive"), Check("by", "present"), Check("r", "number")]
    with tempfile.TemporaryDirectory() as folder:
        sample = Sample(written(Path(folder), [HEADER, *rows]), missing=missing)
        engine, arrays = DuckDBReducer(), NumpyReducer()
        for k in (1, 2, len(checks)):
            assert arrays.faults(sample, checks[:k]) == engine.faults(sample, checks[:k])
        for item in ("q", "by"):
            one, two = (reducer.pivot(sample, item, (9,)) for reducer in (engine, arrays))
            assert np.isclose(one, two, rtol=1e-12)
