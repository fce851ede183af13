"""Single cells of an XLSForm: yes and no, and the parameters of a range."""

from __future__ import annotations

import re

_YES = ("yes", "true", "true()", "1", "はい")
_NO = ("", "no", "false", "0", "いいえ")
_PARAMETER = re.compile(r"([a-z]+)\s*=\s*(\S+)")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def truth(cell: str) -> bool | None:
    """yes → True, no and nothing → False, None for anything else."""
    plain = cell.strip().lower()
    return True if plain in _YES else False if plain in _NO else None


def required(cell: str) -> str | None:
    """yes → ``true()``, no → nothing; anything else is the expression it is."""
    plain = truth(cell)
    return cell.strip() if plain is None else "true()" if plain else None


def span(parameters: str) -> tuple[int, int, int] | None:
    """start, end and step of a range (0, 10 and 1 by default); None unless they are whole and in order."""
    given = {"start": "0", "end": "10", "step": "1"}
    pairs = _PARAMETER.findall(parameters)
    if _PARAMETER.sub("", parameters).strip(" ,;") or any(name not in given for name, _ in pairs):
        return None
    given.update({name: value.strip(",;") for name, value in pairs})
    if not all(_WHOLE.fullmatch(value) for value in given.values()):
        return None
    start, end, step = (int(given[name]) for name in ("start", "end", "step"))
    return (start, end, step) if start < end and 0 < step <= end - start else None


def within(start: int, end: int, step: int) -> str:
    """A range as a constraint. Steps are counted from the start."""
    bounds = f". >= {start} and . <= {end}"
    return bounds if step == 1 else f"{bounds} and (. - {start}) mod {step} = 0"
