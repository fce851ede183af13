"""The SQL that reads an event log: rows with their reason to be left out, and one row a case.

Columns are named by their place (c0, c1, …) and texts of the request are quoted literals, so that nothing a
file or a request says can be read as SQL.
"""

# ruff: noqa: S608 - see above
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.adapters.sql_parts import string
from monosashi.measure.log.cases import Need, Point
from monosashi.measure.log.moments import FORM, TAIL

TIMES = ("at", "started", "opened", "closed", "due")
ONE_OF_A_CASE = {  # the earliest opening, the latest closing and due date
    "first": "min(t_at)",
    "last": "max(t_at)",
    "opened": "min(t_opened)",
    "closed": "max(t_closed) FILTER (t_closed <= {latest})",
    "due": "max(t_due)",
}


def quoted(text: object) -> str:
    return string(text).sql(dialect="duckdb")


@dataclass(frozen=True)
class Cell:
    """A column of the opened file, and the type that DuckDB gives it."""

    ref: str
    kind: str

    @property
    def text(self) -> str:
        """NULL where the cell is blank."""
        return f"nullif(trim(CAST({self.ref} AS VARCHAR)), '')"

    @property
    def filled(self) -> str:
        if self.kind != "VARCHAR":
            return f"({self.ref} IS NOT NULL)"
        return f"({self.ref} >= '!' OR trim({self.ref}) <> '')"  # hardly any text begins with a blank

    def moment(self, offset: int) -> str:
        """Microseconds since 1970 in UTC; NULL where the cell tells no time. As `measure.log.moments`."""
        if self.kind == "TIMESTAMP WITH TIME ZONE":
            return f"epoch_us({self.ref})"
        if self.kind == "DATE" or self.kind.startswith("TIMESTAMP"):
            return f"(epoch_us(CAST({self.ref} AS TIMESTAMP)) - {offset})"
        if self.kind != "VARCHAR":
            return "CAST(NULL AS BIGINT)"
        said = f"trim({self.ref})"
        bare = f"epoch_us(TRY_CAST({said} AS TIMESTAMP))"
        shift = f"coalesce({_shift(f'regexp_extract({said}, {quoted(TAIL)}, 1)')}, {offset})"
        return f"CASE WHEN regexp_matches({said}, {quoted(FORM)}) THEN {bare} - {shift} END"


def _shift(tail: str) -> str:
    """An offset like +09:00, -0330, +02 or Z in microseconds; NULL for no offset."""
    digits = f"replace(substr({tail}, 2), ':', '')"
    hours = f"CAST(substr({digits}, 1, 2) AS BIGINT)"
    minutes = f"{hours} * 60 + coalesce(TRY_CAST(substr({digits}, 3, 2) AS BIGINT), 0)"
    sign = f"CASE substr({tail}, 1, 1) WHEN '-' THEN -1 ELSE 1 END"
    return f"CASE {tail} WHEN '' THEN NULL WHEN 'Z' THEN 0 ELSE ({sign}) * ({minutes}) * 60000000 END"


@dataclass(frozen=True)
class Reading:
    """How the file's columns become events: roles, attributes x0, x1, …, offset and limit of time."""

    roles: dict[str, Cell]
    attributes: tuple[Cell, ...]
    deduplicate: tuple[Cell, ...]
    offset: int
    latest: int
    numbered: bool

    def events(self) -> str:
        """Rows of `t` as events, with `reason` where one has to be left out."""
        cells = [f"{self._case()} AS c", f"{self._role('activity').text} AS activity"]
        cells += [
            f"{self.roles[role].moment(self.offset)} AS t_{role}" for role in TIMES if role in self.roles
        ]
        cells += [f"{self.roles['side'].text} AS side"] if "side" in self.roles else []
        cells += [f"{cell.text} AS x{i}" for i, cell in enumerate(self.attributes)]
        cells += ["record"] if self.numbered else []
        blanks = [f"{self.roles[role].filled} AS has_{role}" for role in TIMES if role in self.roles]
        inner = f"SELECT {', '.join(cells + blanks)}{self._again()} FROM {self._rows()}"
        return f"SELECT *, {self._reason()} AS reason FROM ({inner})"

    def _rows(self) -> str:
        return "(SELECT *, row_number() OVER () AS record FROM t)" if self.numbered else "t"

    def _case(self) -> str:
        cell = self._role("case")
        return f"CASE WHEN {cell.filled} THEN {cell.ref} END"

    def _role(self, role: str) -> Cell:
        return self.roles[role]

    def _again(self) -> str:
        """Whether the same row came before."""
        if not self.deduplicate:
            return ", FALSE AS again"
        keys = ", ".join(cell.ref for cell in self.deduplicate)
        return f", row_number() OVER (PARTITION BY {keys} ORDER BY record) > 1 AS again"

    def _reason(self) -> str:
        unread = [
            f"(coalesce(has_{role}, FALSE) AND t_{role} IS NULL)" for role in TIMES if role in self.roles
        ]
        return (
            "CASE WHEN c IS NULL THEN 'no_case' WHEN NOT coalesce(has_at, FALSE) THEN 'no_timestamp' "
            f"WHEN {' OR '.join(unread)} THEN 'unparsable' WHEN t_at > {self.latest} THEN 'future' "
            "WHEN again THEN 'repeated' END"
        )


def point(one: Point, latest: int) -> str:
    """A case that is said to be closed after the last moment that counts is still open."""
    if one.moment != "activity":
        return ONE_OF_A_CASE[one.moment].format(latest=latest)
    aggregate = "min" if one.occurrence == "first" else "max"
    return f"{aggregate}(t_at) FILTER (activity = {quoted(one.activity)})"


def repeats(activities: Sequence[str]) -> str:
    counted = "activity IS NOT NULL"
    if activities:
        counted = f"activity IN ({', '.join(quoted(one) for one in activities)})"
    return f"count(activity) FILTER ({counted}) - count(DISTINCT activity) FILTER ({counted})"


def attribute(place: int, *, careful: bool) -> list[str]:
    """The code of a case's attribute, and whether its events disagree."""
    code = f"enum_code(CAST(x{place} AS x{place}_values))"
    if careful:
        by_time = f"arg_min({code}, (t_at, record)) FILTER (x{place} IS NOT NULL)"
        return [f"{by_time} AS a{place}", f"min({code}) <> max({code}) AS v{place}"]
    return [f"min({code}) AS a{place}", f"min({code}) <> max({code}) AS v{place}"]


def by_case(need: Need, latest: int, *, careful: bool) -> str:
    """One row a case: points p0, …, attributes a0, … with v0, … (varying), repetitions r0, …"""
    cells = [f"{point(one, latest)} AS p{i}" for i, one in enumerate(need.points)]
    for i in range(len(need.attributes)):
        cells += attribute(i, careful=careful)
    cells += [f"{repeats(one)} AS r{i}" for i, one in enumerate(need.repeats)]
    cells += ["list(activity ORDER BY t_at, record) AS path"] if need.paths else []
    kept = ["c"] if need.gaps or need.paths else []
    return f"SELECT {', '.join([*kept, 'count(*) AS events', *cells])} FROM e WHERE reason IS NULL GROUP BY c"


def gaps(*, side: bool, started: bool) -> str:
    """The time before each event of a case, with when its handling began."""
    begun = "least(t_at, coalesce(t_started, t_at))" if started else "t_at"
    order = "(PARTITION BY c ORDER BY t_at, record"
    earliest = f"min({begun}) OVER {order} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
    whose = "side" if side else "CAST(NULL AS VARCHAR)"
    cells = f"c, t_at, {whose} AS side, lag(t_at) OVER {order}) AS before, {earliest} AS begun"
    start = "coalesce(before, least(begun, t_at))"
    handled = f"greatest({start}, least(begun, t_at))"
    owner = "coalesce(enum_code(CAST(side AS side_values)), -1) AS side" if side else "-1 AS side"
    found = f"place, {start} AS start, {handled} AS handled, t_at AS stop, {owner}"
    return f"SELECT {found} FROM (SELECT {cells} FROM e WHERE reason IS NULL) JOIN cases USING (c)"
