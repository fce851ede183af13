"""The population of a city as margins to calibrate to.

Official tables cross variables in many ways; a sample knows its own codes. So the known table that holds
the variables wanted is taken, its categories are given the codes of the sample (several may share one code:
bands are collapsed), those without a code are left out (people the survey does not speak of), and what
remains is added up to one margin for each variable, or to the crossing of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.guideline import Margin, Population
from monosashi.measure.cells import Key, Value
from monosashi.measure.weighting.calibration import Calibration, Method

Codes = Mapping[str, Mapping[str, Value]]  # variable → its category → the code in the sample


def calibration_to(
    population: Population,
    variables: Sequence[str],
    *,
    method: Method = "raking",
    codes: Codes | None = None,
    columns: Mapping[str, str] | None = None,
    as_of: str | None = None,
) -> Calibration:
    """A calibration to the people of a city, by the variables wanted.

    codes says what the sample calls the categories of a variable; without an entry they keep their names.
    columns says what it calls the variables. Variables that one table crosses come from it (under
    ``poststratification`` as their crossing), others each from their own, brought to the total of the
    first. Of several times the last in the file is taken unless `as_of` names one. Raises
    POPULATION_UNKNOWN where no table with every count known has a variable, POPULATION_CATEGORY where
    codes name a category it does not have, and POPULATION_DAYS where tables of different times would be
    needed.
    """
    asked = [margin for margin in population.margins if as_of in (None, margin.as_of)]
    whole = _holding(asked, variables)
    tables = [whole] * len(variables) if whole else [_only(population, asked, name) for name in variables]
    times = {table.as_of for table in tables}
    if len(times) > 1:
        raise errors.POPULATION_DAYS(city=population.title.en, times=", ".join(sorted(times)))
    wanted = [tuple(variables)] if whole and method == "poststratification" else [(v,) for v in variables]
    found: dict[str | Key, Mapping[Value | Key, float]] = {}
    first: float | None = None
    for table, names in zip(tables, wanted, strict=False):
        totals = _added(population, table, names, codes or {})
        first = sum(totals.values()) if first is None else first
        scale = first / sum(totals.values())
        named = tuple((columns or {}).get(name, name) for name in names)
        single = len(named) == 1
        found[named[0] if single else named] = {
            key[0] if single else key: total * scale for key, total in totals.items()
        }
    return Calibration(found, method)


def _holding(margins: Sequence[Margin], variables: Sequence[str]) -> Margin | None:
    """The last complete table that holds all variables, the one with the fewest others first."""
    held = [each for each in margins if each.known is not None and set(variables) <= set(each.variables)]
    return min(reversed(held), key=lambda each: len(each.variables), default=None)


def _only(population: Population, margins: Sequence[Margin], variable: str) -> Margin:
    found = _holding(margins, [variable])
    if found is None:
        known = ", ".join(each.key for each in population.margins if each.known is not None) or "—"
        raise errors.POPULATION_UNKNOWN(city=population.title.en, variable=variable, known=known)
    return found


def _added(
    population: Population, table: Margin, names: Sequence[str], codes: Codes
) -> dict[tuple[Value, ...], float]:
    """The people of each combination of codes. A category that has no code takes its people out."""
    for name in codes.keys() & set(table.variables):
        _check(population, table, name, codes[name])
    places = [table.variables.index(name) for name in names]
    totals: dict[tuple[Value, ...], float] = {}
    for categories, count in (table.known or {}).items():
        coded = [
            codes[name].get(category) if name in codes else category
            for name, category in zip(table.variables, categories, strict=True)
        ]
        if any(code is None for code in coded):
            continue
        key = tuple(code for place in places if (code := coded[place]) is not None)
        totals[key] = totals.get(key, 0.0) + count
    return totals


def _check(population: Population, table: Margin, name: str, codes: Mapping[str, Value]) -> None:
    place = table.variables.index(name)
    known = list(dict.fromkeys(categories[place] for categories in table.known or {}))
    for category in codes:
        if category not in known:
            raise errors.POPULATION_CATEGORY(
                city=population.title.en, variable=name, category=category, nearest=nearest(category, known)
            )
