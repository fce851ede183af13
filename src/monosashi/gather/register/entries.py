"""Records of a file → entries of the register: values as the database keeps them, or every finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather.findings import Findings, shown
from monosashi.gather.mapping import MappingFile
from monosashi.gather.records import Records
from monosashi.gather.register.local_code import is_local_code
from monosashi.gather.register.schemas import LISTS, LONGEST, TOOLS_IN
from monosashi.gather.register.standard import days_of
from monosashi.gather.register.words import NOT_NEEDED, STEPS, channels_of

_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
SEPARATOR = ";"
_GUARDED = tuple(f"'{mark}" for mark in "=+-@＝＋－＠'")
LONGEST_WORD = 200
_DAYS = {"standard": "standard_days", "standard_online": "standard_days_online"}
_MAY_LACK = ("annual_volume", "annual_volume_online", "opened_on", "ended_on")


@dataclass(frozen=True)
class Entries:
    """Values by column, canonical: a text is never None, a list a tuple of words, a step its channels."""

    kind: str
    columns: Mapping[str, Sequence[Any]]
    lines: Sequence[int]

    def __len__(self) -> int:
        return len(self.lines)

    def rows(self) -> Iterator[dict[str, Any]]:
        names = tuple(self.columns)
        for cells in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, cells, strict=True))


def entries_of(kind: str, records: Records, mapping: MappingFile, findings: Findings) -> Entries:
    """Adds to the findings what the register cannot hold; then the entries are for the preview only."""
    columns: dict[str, Sequence[Any]] = {}
    for name, cells in records.fields.items():
        separator = mapping.fields[name].split or SEPARATOR
        columns[name] = _each(cells, partial(canonical, name, separator=separator))
        if name in _DAYS:
            columns[_DAYS[name]] = _each(cells, lambda cell: days_of(cell or ""))
    entries = Entries(kind, columns, records.lines)
    check(entries, findings)
    return entries


def entry_of(kind: str, values: Mapping[str, Any], where: str) -> dict[str, Any]:
    """One entry from a form, held to the same rules as a file. Raises `import-refused` with every finding."""
    made = {name: canonical(name, value) for name, value in values.items()}
    made |= {days: days_of(made[name]) for name, days in _DAYS.items() if name in made}
    findings = Findings()
    check(Entries(kind, {name: (value,) for name, value in made.items()}, (0,)), findings)
    if findings.count:
        raise findings.problem(where)
    return made


def check(entries: Entries, findings: Findings) -> None:
    for wrong in _CHECKS:
        wrong(entries, findings)


def canonical(name: str, cell: Any, separator: str = SEPARATOR) -> Any:
    """One value as it is kept. The apostrophe that guards a text of an export from spreadsheets falls off."""
    if name in LISTS:
        given = (cell,) if isinstance(cell, str) else cell or ()
        parts = (" ".join(part.split()) for one in given for part in one.split(separator))
        words = tuple(dict.fromkeys(filter(None, map(_bare, parts))))
        return channels_of(words) if name in STEPS else words
    if name in _MAY_LACK:
        return cell
    return _bare(cell) if isinstance(cell, str) else cell or ""


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:] if text.startswith(_GUARDED) else text


def _each(cells: Sequence[Any], turned: Callable[[Any], Any]) -> list[Any]:
    """Each different cell is turned once."""
    made = {cell: turned(cell) for cell in set(cells)}
    return [made[cell] for cell in cells]


def _codes(entries: Entries, findings: Findings) -> None:
    """Codes stand in addresses: letters, digits, and the marks that need no care there."""
    codes = entries.columns.get("code", ())
    wrong = [at for at, code in enumerate(codes) if code and not is_code(code)]
    findings.rows(wrong, lambda at: _found(errors.REGISTER_CODE, entries, "code", at))


def is_code(code: str) -> bool:
    return bool(_CODE.fullmatch(code)) and len(code) <= LONGEST["code"]


def _local_codes(entries: Entries, findings: Findings) -> None:
    codes = entries.columns.get("local_code", ())
    wrong = [at for at, code in enumerate(codes) if code and not is_local_code(code)]
    findings.rows(wrong, lambda at: _found(errors.LOCAL_CODE, entries, "local_code", at))


def _found(kind: errors.Kind, entries: Entries, column: str, at: int) -> Finding:
    return kind.found(row=entries.lines[at], column=column, value=shown(entries.columns[column][at]))


def _lengths(entries: Entries, findings: Findings) -> None:
    for name, cells in entries.columns.items():
        limit = LONGEST_WORD if name in LISTS else LONGEST.get(name)
        if limit is None or name == "code":
            continue
        long = {cell for cell in set(cells) if _longest(cell) > limit}
        wrong = [at for at, cell in enumerate(cells) if cell in long] if long else []
        findings.rows(wrong, _too_long(entries, name, limit))


def _longest(cell: Any) -> int:
    return max(map(len, cell), default=0) if isinstance(cell, tuple) else len(cell)


def _too_long(entries: Entries, name: str, limit: int) -> Callable[[int], Finding]:
    return lambda at: errors.REGISTER_TOO_LONG.found(row=entries.lines[at], column=name, limit=limit)


def _days(entries: Entries, findings: Findings) -> None:
    """What ended did not begin later."""
    begun, ended = (entries.columns.get(name, ()) for name in ("opened_on", "ended_on"))
    pairs = enumerate(zip(begun, ended, strict=False))
    wrong = (at for at, (first, last) in pairs if first and last and last < first)
    findings.rows(
        wrong,
        lambda at: errors.REGISTER_DAYS.found(
            row=entries.lines[at], column="ended_on", opened=str(begun[at]), ended=str(ended[at])
        ),
    )


def _tools(entries: Entries, findings: Findings) -> None:
    """A service uses a tool in one state at a time."""
    given = [entries.columns[name] for name in TOOLS_IN if name in entries.columns]
    twice = {at: again for at, lists in enumerate(zip(*given, strict=True)) if (again := _again(lists))}
    findings.rows(
        twice,
        lambda at: errors.REGISTER_TOOL_TWICE.found(row=entries.lines[at], tools=", ".join(twice[at])),
    )


def _again(lists: Iterable[tuple[str, ...]]) -> list[str]:
    words = [word for words in lists for word in words]
    return sorted({word for word in words if words.count(word) > 1})


def _urls(entries: Entries, findings: Findings) -> None:
    """What is shown as a link leads to a page, and does nothing else."""
    urls = entries.columns.get("url", ())
    wrong = [at for at, url in enumerate(urls) if url and not _URL.fullmatch(url)]
    findings.rows(wrong, lambda at: _found(errors.REGISTER_URL, entries, "url", at))


def _steps(entries: Entries, findings: Findings) -> None:
    """A step that is not needed has no channels."""
    for name in STEPS.keys() & entries.columns.keys():
        cells = entries.columns[name]
        wrong = (at for at, cell in enumerate(cells) if NOT_NEEDED in cell and cell != NOT_NEEDED)
        findings.rows(wrong, _not_needed(entries, name))


def _not_needed(entries: Entries, name: str) -> Callable[[int], Finding]:
    return lambda at: errors.REGISTER_NOT_NEEDED.found(row=entries.lines[at], column=name)


_CHECKS = (_codes, _local_codes, _urls, _lengths, _days, _tools, _steps)
