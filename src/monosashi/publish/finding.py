"""Sentences generated from figures. A figure is a sentence first, a picture second, a table third.

Each function says one thing about published (rounded, disclosed) figures, in Japanese or English, and claims
no more than the interval or the test behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from monosashi.define.guideline import Measure
from monosashi.define.text import Text
from monosashi.measure.estimate import Status
from monosashi.publish import words
from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.edition import Change, PublishedEstimate
from monosashi.publish.figure import amount, change_span, difference

_DIFFERENCES = ("growth", "reduction")  # a share of what was before: nobody is counted out of a hundred
_COUNTS = Text(ja="に当てはまります", en="give a favorable answer")


def how_many(row: PublishedEstimate, measure: Measure, place: str, unit: str, language: str) -> str:
    """The interval in words: 「東京では、100人のうち58〜63人が満足しています。」

    With one decimal it counts out of 1,000. Without an interval (a complete register) it says the figure.
    """
    if row.value is None:
        return no_figure(words.reason(row.reason, row.status, language), language)
    if unit != "share" or measure.statistic in _DIFFERENCES:
        return _plain(row, unit, place, language)
    out_of = 100 * 10**row.digits
    start, end = (
        round((limit if limit is not None else row.value) * out_of) for limit in (row.lower, row.upper)
    )
    people = measure.table.startswith("responses/")
    predicate = (measure.predicate or _COUNTS).said_in(language)
    if language == "ja":
        counter = "人" if people else "件"
        some = f"{start:,}〜{end:,}" if start != end else f"{start:,}"
        return f"{place + 'では、' if place else ''}{out_of:,}{counter}のうち{some}{counter}が{predicate}。"
    some = f"between {start:,} and {end:,}" if start != end else f"{start:,}"
    sentence = f"{some} of every {out_of:,} {'people' if people else 'cases'} {predicate}."
    return f"In {place}, {sentence}" if place else sentence[0].upper() + sentence[1:]


def _plain(row: PublishedEstimate, unit: str, place: str, language: str) -> str:
    assert row.value is not None
    value, when = amount(row.value, unit, row.digits), words.period(row.period, language)
    if language == "ja":
        return f"{when}は{place + 'で' if place else ''}{value}です。"
    return f"{when}: {value}{f' in {place}' if place else ''}."


def no_figure(reason: str, language: str) -> str:
    return f"数値はありません。{reason}。" if language == "ja" else f"There is no figure: {reason}."


def unreliable(reason: str, language: str) -> str:
    return f"{reason}。" if language == "ja" else f"{reason[0].upper()}{reason[1:]}."


def changed(change: Change | None, unit: str, language: str) -> str:
    """What a test between two periods says: up, down, not distinguishable or not comparable."""
    if change is None:
        return (
            "前の版に比べる数値がありません。"
            if language == "ja"
            else "There is no earlier figure to compare with."
        )
    before = words.period(change.from_period, language)
    if change.verdict == "not_comparable" or change.difference is None:
        return f"{before}とは比べられません。" if language == "ja" else f"Not comparable with {before}."
    if change.verdict == "not_distinguishable":
        return _indistinct(change, before, unit, language)
    size = difference(change.difference, unit, change.digits, language, signed=False)
    up = change.verdict == "up"
    if language == "ja":
        return f"{before}から{size}{'上がりました' if up else '下がりました'}。"
    return f"{'Up' if up else 'Down'} {size} since {before}."


def _indistinct(change: Change, before: str, unit: str, language: str) -> str:
    reach = change_span(change, unit, language)
    if language == "ja":
        return f"{before}からはっきりした変化はありません{f'（{reach}）' if reach else ''}。"
    return f"No distinguishable change since {before}{f' ({reach})' if reach else ''}."


def change_in_short(change: Change | None, unit: str, language: str) -> tuple[str, str]:
    """(figure, verdict) for a narrow place: ("+3ポイント", "変化あり")."""
    ja = language == "ja"
    if change is None:
        return "—", "前と比べていません" if ja else "not compared"
    if change.difference is None or change.verdict == "not_comparable":
        return "—", "比べられません" if ja else "not comparable"
    figure = difference(change.difference, unit, change.digits, language)
    if change.verdict == "not_distinguishable":
        return figure, "差ははっきりしません" if ja else "not distinguishable"
    return figure, "変化あり" if ja else "changed"


def mixed_in_short(language: str) -> str:
    """In place of a verdict, where all units tell another story than those in both periods."""
    return "内訳が変わりました" if language == "ja" else "the mix changed"


def against(goal: Goal | None, row: PublishedEstimate, language: str) -> str:
    """Whether a target is met, as far as the interval can tell."""
    if goal is None or row.value is None:
        return ""
    low = row.lower if row.lower is not None else row.value
    high = row.upper if row.upper is not None else row.value
    if low >= goal.value:
        return f"{goal.written}に届いています。" if language == "ja" else f"The {goal.written} is met."
    if high < goal.value:
        return (
            f"{goal.written}には届いていません。" if language == "ja" else f"The {goal.written} is not met."
        )
    if language == "ja":
        return f"{goal.written}に届いたかどうかは、誤差の範囲のためはっきりしません。"
    return f"Whether the {goal.written} is met cannot be told within the interval."


def over_time(points: Sequence[Point], language: str) -> str:
    """The first and the last figure of a series, as written."""
    shown = [point for point in points if point.shown]
    if len(shown) < 2:
        return (
            "推移を示すには、まだ期間が足りません。"
            if language == "ja"
            else "There are not yet enough periods to show a trend."
        )
    first, last = shown[0], shown[-1]
    if language == "ja":
        return f"{first.label}は{first.written}、{last.label}は{last.written}です。"
    return f"It was {first.written} in {first.label} and {last.written} in {last.label}."


def among(points: Sequence[Point], language: str) -> str:
    """Highest and lowest, claimed only where their intervals do not touch (stricter than a test)."""
    known = [point for point in points if point.value is not None and point.status is Status.VALUE]
    if len(known) < 2:
        return (
            "比べられる数値が2つ以上ありません。"
            if language == "ja"
            else "There are fewer than two figures to compare."
        )
    top, bottom = max(known, key=lambda p: p.value or 0), min(known, key=lambda p: p.value or 0)
    if (bottom.upper or bottom.value or 0) >= (top.lower or top.value or 0):
        return (
            "区分の間にはっきりした差はありません。"
            if language == "ja"
            else "No distinguishable difference between the groups."
        )
    if language == "ja":
        return (
            f"最も高いのは{top.label}（{top.written}）、最も低いのは{bottom.label}（{bottom.written}）です。"
        )
    return f"Highest: {top.label} ({top.written}). Lowest: {bottom.label} ({bottom.written})."


def compared_with(mine: Point, others: Sequence[Point], language: str) -> str:
    """How many others are clearly above, clearly below, or neither, by intervals that do not touch."""
    others = [other for other in others if other.value is not None]
    if mine.value is None or not others:
        return "比べられる都市がありません。" if language == "ja" else "There is no city to compare with."
    above = sum(1 for o in others if (o.lower or o.value or 0) > (mine.upper or mine.value))
    below = sum(1 for o in others if (o.upper or o.value or 0) < (mine.lower or mine.value))
    same = len(others) - above - below
    if language == "ja":
        counts = f"はっきり高い都市は{above}、はっきり低い都市は{below}、どちらともいえない都市は{same}"
        return f"{mine.label}と比べて、{counts}です。"
    return f"Clearly above {mine.label}: {above}. Clearly below: {below}. Not distinguishable: {same}."
