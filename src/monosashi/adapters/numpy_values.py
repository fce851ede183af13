"""The different values of a column, and what each of them means: `engine_sql` said once more, on arrays.

Numbers are told from codes by DuckDB itself, once for each different text. What follows from that (empty,
member of a list, answer, key) is worked out here; `tests/property` holds both to the same results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from monosashi.adapters.engine_sql import Column
from monosashi.adapters.engine_values import values_of
from monosashi.measure.cells import Floats, Ints, Marks, Value, same
from monosashi.measure.reducer import LARGEST, Check, Favourable, Number, Scored

OneColumn = Favourable | Number | Scored


class Found(NamedTuple):
    """A number for each different value of a column, the last for NULL; lacks marks those without."""

    value: Floats
    lacks: Marks


@dataclass(frozen=True, eq=False)
class Keyed:
    """What rows are grouped by, for each different value: its rank in DuckDB's order, 0 where it is empty.

    `names` are the keys by rank; the first stands for the empty.
    """

    rank: Ints
    names: list[Value]


@dataclass(frozen=True, eq=False)
class Different:
    """The different values of a column in order, and NULL in the last place: shape (values + 1,).

    number is the value as a double, NaN where it is none (lacks) or says so itself; blank marks NULL, blank
    texts and NaN among numbers. Of texts, looks marks those that look like numbers as people write them,
    yes and no the words of a boolean, and plain holds the same text for numbers that are equal.
    """

    number: Floats
    lacks: Marks
    blank: Marks
    looks: Marks
    yes: Marks
    no: Marks
    texts: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    whole: Ints | None = None  # of a column of integers, as they are

    def among(self, values: Sequence[Value], *, codes: bool = False) -> Marks:
        """One of the values, numbers compared as numbers; with `codes`, only texts that look like numbers."""
        found = np.zeros(len(self.number), dtype=bool)
        for value in values:
            found |= self._equal(value, codes)
        return found

    def _equal(self, value: Value, codes: bool) -> Marks:
        if isinstance(value, bool):
            return self.yes if value else self.no
        found = np.zeros(len(self.number), dtype=bool)
        canonical = same(value)
        if isinstance(canonical, float):
            found = ~self.lacks & (self.number == canonical)
            found = found & self.looks if codes and self.texts else found
        if isinstance(value, str):
            found = found | self._text(value)
        return found

    def _text(self, text: str) -> Marks:
        found = np.zeros(len(self.number), dtype=bool)
        if self.texts:
            found[:-1] = [one == text for one in self.texts]
        elif text in ("nan", "inf", "-inf"):
            found = ~self.lacks & (np.isnan(self.number) if text == "nan" else self.number == float(text))
        return found

    def present(self, missing: Sequence[Value]) -> Marks:
        return ~(self.blank | self.among(missing))

    def quantity(self) -> Found:
        return Found(self.number, self.lacks)

    def term(self, term: OneColumn, missing: Sequence[Value]) -> Found:
        answered = self.present((*missing, *term.missing))
        if isinstance(term, Favourable):
            return Found(self.among(term.codes).astype(np.float64), ~answered)
        if isinstance(term, Number):
            return Found(self.number - term.pivot, ~answered | self.lacks)
        answer = np.where(np.isnan(self.number) & ~self.lacks, np.inf, self.number)  # as DuckDB sorts NaN
        low = np.where(answer <= term.low_to, term.low, 0.0)
        return Found(np.where(answer >= term.high_from, term.high, low), ~answered)

    def fails(self, check: Check, missing: Sequence[Value]) -> Marks:
        if check.expects == "present":
            return ~self.present(missing)
        return self.present((*missing, *check.missing)) & ~(np.abs(self.number) <= LARGEST)

    def key(self, column: Column, missing: Sequence[Value]) -> Keyed:
        present = self.present(missing)
        if self.whole is not None:
            return _of_numbers(self.whole, present)
        if not self.texts or column.numeric:
            return _of_numbers(self.number, present & ~self.lacks)
        return _of_texts(self.plain if column.mixed else self.texts, present)

    def level(self, column: Column, missing: Sequence[Value]) -> Keyed:
        if self.texts and not column.numeric:
            return self.key(column, missing)
        return _of_numbers(self.number, self.present(missing) & ~self.lacks)


def _of_numbers(values: Floats | Ints, there: Marks) -> Keyed:
    known, place = np.unique(values[there], return_inverse=True)
    rank = np.zeros(len(there), dtype=np.int64)
    rank[there] = place + 1
    nothing: Value = "None" if known.dtype.kind == "i" else float("nan")
    return Keyed(rank, [nothing, *values_of(known)])


def _of_texts(texts: Sequence[str], there: Marks) -> Keyed:
    known = sorted({text for text, present in zip(texts, there[:-1], strict=True) if present})
    places = {text: place for place, text in enumerate(known, 1)}
    ranks = [places[text] if present else 0 for text, present in zip(texts, there[:-1], strict=True)]
    return Keyed(np.array([*ranks, 0], dtype=np.int64), ["None", *known])


def of_numbers(known: Floats | Ints) -> Different:
    """The different numbers of a typed column, ascending, NaN last."""
    number = np.append(known.astype(np.float64), np.nan)
    nothing = np.zeros(len(number), dtype=bool)
    lacks = nothing.copy()
    lacks[-1] = True
    whole = np.append(known.astype(np.int64), 0) if known.dtype.kind in "iu" else None
    return Different(number, lacks, np.isnan(number), nothing, nothing, nothing, whole=whole)
