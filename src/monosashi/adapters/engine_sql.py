"""Questions as SQL, built with sqlglot so that one text serves every engine.

Tables are read through positional names (c0, c1, …): no column of a file, whatever it is called, can
collide, be folded to another case or be read as SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from monosashi.adapters.sql_parts import both, either, named, number, select, string, typed, when
from monosashi.keep.table import ColumnType
from monosashi.measure.cells import Value, same
from monosashi.measure.reducer import (
    Among,
    Between,
    Condition,
    Favourable,
    Gap,
    Levels,
    Question,
    Reading,
    Sample,
    Scored,
    Survey,
    Tally,
    Term,
)

TIMES = ("date", "timestamp")
# a number as people write it: no leading zeros (those are codes), at most 15 digits (a double holds them)
NUMBER_FORM = r"^\s*[+-]?(0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\s*$"


@dataclass(frozen=True)
class Column:
    """A column of an opened table.

    Of a text file, a column that rows are grouped by is `numeric` when every value of it is a number,
    otherwise `mixed`: words, codes and perhaps some numbers.
    """

    ref: str
    kind: ColumnType
    numeric: bool = False
    mixed: bool = False

    @property
    def raw(self) -> exp.Expression:
        return exp.column(self.ref)


def as_number(column: Column) -> exp.Expression:
    """The cell as a double; NULL where it is no number."""
    if column.kind == "boolean":
        return typed(typed(column.raw, "INT"), "DOUBLE")
    if column.kind in ("integer", "number"):
        return typed(column.raw, "DOUBLE")
    return exp.TryCast(this=column.raw, to=exp.DataType(this=exp.DataType.Type.DOUBLE), safe=True)


def looks_like_number(column: Column) -> exp.Expression:
    """The text of the cell is a number as people write it, not a code with leading zeros."""
    return exp.RegexpLike(this=column.raw, expression=string(NUMBER_FORM))


def among(column: Column, values: Sequence[Value], *, codes: bool = False) -> exp.Expression:
    """The cell is one of the values, numbers compared as numbers; FALSE (not NULL) where it is empty.

    With `codes`, text with leading zeros is a code and no number, as it is where rows are grouped.
    """
    tests = [_equals(column, value, codes) for value in values]
    return exp.Coalesce(this=either(tests), expressions=[exp.false()]) if tests else exp.false()


def _equals(column: Column, value: Value, codes: bool) -> exp.Expression:
    if isinstance(value, bool):
        word = typed(column.raw, "TEXT")
        return exp.EQ(this=exp.Lower(this=word), expression=string(str(value).lower()))
    canonical = same(value)
    tests: list[exp.Expression] = []
    if isinstance(canonical, float) and column.kind not in TIMES:
        equal = exp.EQ(this=as_number(column), expression=number(canonical))
        guarded = codes and column.kind == "text"
        tests.append(both([looks_like_number(column), equal]) if guarded else equal)
    if isinstance(value, str):
        tests.append(exp.EQ(this=typed(column.raw, "TEXT"), expression=string(value)))
    return exp.paren(either(tests), copy=False)


def empty(column: Column, missing: Sequence[Value]) -> exp.Expression:
    """The cell says nothing: NULL, blank text, NaN in a column of numbers, or one of the missing codes."""
    tests: list[exp.Expression] = [exp.Is(this=column.raw, expression=exp.Null())]
    if column.kind == "text":
        tests.append(exp.EQ(this=exp.Trim(this=column.raw), expression=string("")))
    if column.kind == "number":
        tests.append(exp.IsNan(this=column.raw))
    if missing:
        tests.append(among(column, missing))
    return either(tests)


def present(column: Column, missing: Sequence[Value]) -> exp.Expression:
    return exp.Not(this=exp.paren(empty(column, missing), copy=False))


def key(column: Column, missing: Sequence[Value]) -> exp.Expression:
    """What rows are grouped by: numbers as numbers, NULL where the cell is empty."""
    value = column.raw
    if column.numeric or column.kind == "number":
        value = as_number(column)
    elif column.kind in TIMES:
        value = typed(column.raw, "TEXT")
    elif column.mixed:
        value = _text_of_numbers(column)
    return when(present(column, missing), value)


def _text_of_numbers(column: Column) -> exp.Expression:
    """In a column of words and numbers, the same text for numbers that are equal ("1" and "1.0")."""
    value = as_number(column)
    whole = exp.EQ(this=exp.Floor(this=value), expression=value.copy())
    integer = typed(typed(value.copy(), "BIGINT"), "TEXT")
    text = when(whole, integer, typed(value.copy(), "TEXT"))
    return when(both([looks_like_number(column), _small(column)]), text, column.raw)


def _small(column: Column) -> exp.Expression:
    return exp.LT(this=exp.Abs(this=as_number(column)), expression=number(1e15))


def holds(condition: Condition, columns: dict[str, Column]) -> exp.Expression:
    column = columns[condition.column]
    if isinstance(condition, Among):
        return among(column, condition.values, codes=True)
    assert isinstance(condition, Between)
    day = exp.TryCast(this=column.raw, to=exp.DataType(this=exp.DataType.Type.DATE), safe=True)
    span = both(
        [
            exp.GTE(this=day, expression=typed(string(condition.start.isoformat()), "DATE")),
            exp.LT(this=day.copy(), expression=typed(string(condition.end.isoformat()), "DATE")),
        ]
    )
    return exp.Coalesce(this=exp.paren(span, copy=False), expressions=[exp.false()])


def where(conditions: Sequence[Condition], columns: dict[str, Column]) -> exp.Expression:
    return both([holds(condition, columns) for condition in conditions])


def term(value: Term, columns: dict[str, Column], missing: Sequence[Value]) -> exp.Expression:
    """What a row adds, NULL where it has no answer."""
    if isinstance(value, Gap):
        parts = (exp.paren(term(one, columns, missing), copy=False) for one in (value.first, value.second))
        first, second = parts
        return exp.paren(exp.Sub(this=first, expression=second), copy=False)
    column = columns[value.item]
    answered = present(column, (*missing, *value.missing))
    if isinstance(value, Favourable):
        return when(answered, when(among(column, value.codes), number(1), number(0)))
    if isinstance(value, Scored):
        return when(answered, _score(value, as_number(column)))
    return when(answered, exp.Sub(this=as_number(column), expression=number(value.pivot)))


def _score(value: Scored, answer: exp.Expression) -> exp.Expression:
    high = exp.GTE(this=answer, expression=number(value.high_from))
    low = exp.LTE(this=answer.copy(), expression=number(value.low_to))
    return when(high, number(value.high), when(low, number(value.low), number(0)))


def reading(
    asked: Reading, columns: dict[str, Column], missing: Sequence[Value]
) -> tuple[exp.Expression, exp.Expression]:
    """(a, b), both NULL unless every term has a value."""
    a = term(asked.a, columns, missing)
    if asked.b is None:
        return a, when(exp.Not(this=exp.Is(this=exp.paren(a), expression=exp.Null())), number(1))
    b = term(asked.b, columns, missing)
    full = both([exp.Not(this=exp.Is(this=exp.paren(each), expression=exp.Null())) for each in (a, b)])
    return when(full, a), when(full.copy(), b)


def design(sample: Sample, columns: dict[str, Column]) -> dict[str, exp.Expression]:
    """h0, h1, … (stratum), j (PSU), d (design weight), f (fpc) of each row."""
    plan, missing = sample.design, sample.missing
    found = {f"h{i}": key(columns[name], missing) for i, name in enumerate(plan.stratum)}
    if plan.psu:
        found["j"] = key(columns[plan.psu], missing)
    found["d"] = as_number(columns[plan.weight]) if plan.weight else number(1)
    found["f"] = as_number(columns[plan.fpc]) if plan.fpc else typed(exp.Null(), "DOUBLE")
    return found


def rows(
    table: str | exp.Expression, sample: Sample, columns: dict[str, Column], more: dict[str, exp.Expression]
) -> exp.Select:
    """The rows of the sample with the names that the reductions use."""
    found = {**design(sample, columns), **more}
    selected = [named(name, expression) for name, expression in found.items()]
    return select(*selected, rows=table, where=where(sample.only, columns))


def question_rows(table: str, question: Question, columns: dict[str, Column]) -> exp.Select:
    """The rows in the domains of a question: a, b and the keys k0, k1, … beside the design."""
    sample = question.sample
    a, b = reading(question.reading, columns, sample.missing)
    more = {"a": a, "b": b, **keys(question.by, columns, sample.missing), **pattern_keys(sample, columns)}
    inside = [holds(condition, columns) for condition in question.where]
    inside += [present(columns[name], sample.missing) for name in question.by]
    return rows(table, sample, columns, more).where(both(inside), copy=False)


def survey_rows(
    table: str | exp.Expression,
    survey: Survey,
    columns: dict[str, Column],
    record: exp.Expression | None = None,
) -> exp.Select:
    """The rows in the domains of a survey: v0, v1, … (the terms) and the keys k0, k1, … beside the design.

    With `record`, each with its place in the source.
    """
    sample = survey.sample
    values = {f"v{i}": _value(one, columns, sample.missing) for i, one in enumerate(survey.terms)}
    more = {**values, **keys(survey.by, columns, sample.missing), **pattern_keys(sample, columns)}
    more |= {"record": record} if record else {}
    inside = [holds(condition, columns) for condition in survey.where]
    inside += [present(columns[name], sample.missing) for name in survey.by]
    return rows(table, sample, columns, more).where(both(inside), copy=False)


def _value(one: Term | Levels, columns: dict[str, Column], missing: Sequence[Value]) -> exp.Expression:
    if isinstance(one, Levels):
        return level(one, columns, missing)
    return typed(term(one, columns, missing), "DOUBLE")


def level(one: Levels, columns: dict[str, Column], missing: Sequence[Value]) -> exp.Expression:
    """The answer as a number where the column holds numbers, otherwise as text; NULL where there is none."""
    column = columns[one.item]
    numeric = column.numeric or column.kind in ("integer", "number")
    return typed(key(column, (*missing, *one.missing)), "DOUBLE" if numeric else "TEXT")


def keys(
    by: Sequence[str], columns: dict[str, Column], missing: Sequence[Value]
) -> dict[str, exp.Expression]:
    return {f"k{i}": key(columns[name], missing) for i, name in enumerate(by)}


def pattern_keys(sample: Sample, columns: dict[str, Column]) -> dict[str, exp.Expression]:
    names = sample.weighting.patterns.columns if sample.weighting else ()
    return {f"m{i}": key(columns[name], sample.missing) for i, name in enumerate(names)}


def tally_rows(table: str, tally: Tally, columns: dict[str, Column]) -> exp.Select:
    """The rows of a tally: quantity q (NULL without a value), in the part or not, not applicable or not."""
    quantity = number(1)
    if tally.quantity:
        column = columns[tally.quantity]
        quantity = when(present(column, tally.missing), as_number(column))
    valid = among(columns[tally.status], ["value"]) if tally.status else exp.true()
    away = among(columns[tally.status], ["not_applicable"]) if tally.status else exp.false()
    found = {
        **keys(tally.by, columns, tally.missing),
        **{f"u{i}": columns[name].raw for i, name in enumerate(tally.unit)},
        "q": when(valid, quantity),
        "part": where(tally.part, columns),
        "away": away,
    }
    selected = [named(name, exp.paren(expression, copy=False)) for name, expression in found.items()]
    inside = [holds(condition, columns) for condition in tally.only]
    inside += [present(columns[name], tally.missing) for name in tally.by]
    return select(*selected, rows=table, where=both(inside))
