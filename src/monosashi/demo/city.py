"""The whole synthetic city as tables of the lake, and what its codes are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from monosashi.define.guideline import Guideline, Initiative
from monosashi.define.text import Text
from monosashi.demo import events, practices, residents, reviews, roadmap, services, staff, volumes
from monosashi.keep.table import Columns

SEED = 20260401
VERSION = 2  # raise it whenever the city changes, so that a finished demo is built again
PERIODS = residents.PERIODS
# fixed days: nothing in the city looks at a clock
BUILT_ON = {"FY2023": "2024-06-03", "FY2024": "2025-06-02", "FY2025": "2026-06-01"}
NEXT_ON = {"FY2023": "2025-06-02", "FY2024": "2026-06-01", "FY2025": "2027-06-01"}


@dataclass(frozen=True)
class Part:
    """One append to one table: its name, the columns that tell its rows apart, and how to make it."""

    table: str
    key: tuple[str, ...]
    make: Callable[[], Columns]


def parts(seed: int, guideline: Guideline) -> Iterator[Part]:
    """Every append, in the order in which the city would have made them."""
    yield Part("services", ("service",), services.service_table)
    yield Part("procedures", ("procedure",), services.procedure_table)
    for period in PERIODS:
        yield Part("responses/resident", ("response_id",), partial(residents.wave, seed, period))
        yield Part("responses/staff", ("response_id",), partial(staff.wave, seed, period))
    yield Part("volumes", ("subject", "measure", "period", "channel"), partial(volumes.table, seed))
    yield Part("events", ("case_id", "activity", "occurred_at"), partial(events.table, seed))
    yield Part("practices", ("practice_id",), partial(practices.table, seed))
    yield Part("practices", ("practice_id",), partial(roadmap.table, seed, initiatives(guideline)))
    given = reviews.reviews(seed)
    yield Part("responses/review", ("response_id",), lambda: given)
    yield Part("comments", ("response_id", "item"), partial(reviews.comments, seed, given))


def initiatives(guideline: Guideline) -> list[tuple[int, Initiative]]:
    return [
        (principle.number, initiative)
        for principle in guideline.principles
        for initiative in principle.initiatives
    ]


def labels() -> Mapping[str, Mapping[str, Text]]:
    """The names of codes; under the empty key those of the dimensions themselves."""
    bureaus = {bureau.code: bureau.name for bureau in services.bureaus()}
    return {
        "": _DIMENSIONS,
        "city": _CITIES,
        "age_band": {band: Text(ja=f"{band[:2]}代", en=band) for band in residents.AGE_BANDS},
        "sex": _SEXES,
        "bureau": bureaus,
        "organization": bureaus,
    }


_DIMENSIONS = {
    "city": Text(ja="都市", en="City"),
    "age_band": Text(ja="年代", en="Age"),
    "sex": Text(ja="性別", en="Sex"),
    "bureau": Text(ja="局", en="Bureau"),
    "organization": Text(ja="組織", en="Organization"),
}
_CITIES = {
    "tokyo": Text(ja="東京（合成）", en="Tokyo (synthetic)"),
    "new_york": Text(ja="ニューヨーク（合成）", en="New York (synthetic)"),
    "london": Text(ja="ロンドン（合成）", en="London (synthetic)"),
    "paris": Text(ja="パリ（合成）", en="Paris (synthetic)"),
    "singapore": Text(ja="シンガポール（合成）", en="Singapore (synthetic)"),
    "seoul": Text(ja="ソウル（合成）", en="Seoul (synthetic)"),
}
_SEXES = {
    "female": Text(ja="女性", en="Female"),
    "male": Text(ja="男性", en="Male"),
    "other": Text(ja="その他", en="Other"),
}
