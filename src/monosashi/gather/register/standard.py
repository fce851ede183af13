"""The published standard of a procedure (標準処理期間), as text and, where the text says so, in days."""

from __future__ import annotations

import re

from monosashi.gather.register.normal import normalized

_DAYS = re.compile(r"(\d{1,4})(?: ?(日|日間|日以内|days?))?")
_WEEKS = re.compile(r"(\d{1,3}) ?(週|週間|週間以内|weeks?)")


def days_of(text: str) -> int | None:
    """Calendar days of “30日”, “２週間”, “14”; None where the text does not come to a number of days.

    A month is not a number of days and a working day not a calendar day, so “1月” and “10営業日” stay texts:
    they are shown as they are and counted as standards without days. 0 stands in the national inventory for
    a blank as well as for “at once” and is a number of days only where it is written with 日.
    """
    plain = normalized(text)
    if found := _WEEKS.fullmatch(plain):
        return 7 * int(found[1])
    if (found := _DAYS.fullmatch(plain)) and (found[2] or int(found[1])):
        return int(found[1])
    return None
