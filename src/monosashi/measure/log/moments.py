"""Times as logs write them → microseconds since 1970-01-01T00:00Z; whoever reads them gets the same number.

2026-04-01, 2026/4/1 9:05, 2026-04-01T09:05:30.25+09:00, … 0930 offsets with or without colon, Z for UTC.
A time without an offset is read as if it had the one given; a day is its midnight. Fractions beyond the
microsecond are cut off. Not read: a day that the calendar lacks, 24:00, a second 60.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

DATE = r"[0-9]{4}[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12][0-9]|3[01])"
TIME = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?"
OFFSET = r"(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)"
FORM = rf"^{DATE}([T ]{TIME} ?{OFFSET}?)?$"
TAIL = rf":[0-9]{{2}}(?:[.][0-9]+)? ?{OFFSET}$"  # the offset, group 1, of a time that has one
_FORM, _TAIL = re.compile(FORM, re.ASCII), re.compile(TAIL, re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def offset_of(text: str) -> int | None:
    """Microseconds east of UTC; None where the text is no offset."""
    if not re.fullmatch(OFFSET, text, re.ASCII):
        return None
    if text == "Z":
        return 0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return (-minutes if text[0] == "-" else minutes) * 60_000_000


def moment_of(text: str, offset: str) -> int | None:
    """None where the text tells no time."""
    text = text.strip()
    if not _FORM.match(text):
        return None
    tail = _TAIL.search(text)
    shift = offset_of(tail[1] if tail else offset)
    bare = (text[: tail.start(1)] if tail else text).strip()
    day, _, time = bare.replace("T", " ").partition(" ")
    year, month, date = (int(part) for part in re.split("[-/]", day))
    clock, _, fraction = time.partition(".")
    hour, minute, second, *_ = [*(int(part) for part in clock.split(":") if part), 0, 0, 0]
    try:
        at = datetime(year, month, date, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    whole = (at - _EPOCH).days * 86_400 + (at - _EPOCH).seconds
    return whole * 1_000_000 + int((fraction + "000000")[:6]) - (shift or 0)
