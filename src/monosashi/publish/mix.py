"""What a published composition says: a sentence and the table behind it, from figures as they are shown."""

from __future__ import annotations

from monosashi.measure.volumes.words import Written, told
from monosashi.publish import words
from monosashi.publish.charts.chart import Table
from monosashi.publish.edition import PublishedComposition
from monosashi.publish.figure import EMPTY, amount, difference


def sentence(mix: PublishedComposition, unit: str, language: str) -> str:
    """Whether the mix changed, or only the figure. Where figures are hidden, how many units came and went."""
    if mix.all_before is None or mix.all_after is None or mix.both_before is None or mix.both_after is None:
        return _hidden(mix, language)
    before, after, stayed_before, stayed_after = (
        amount(value, unit, mix.digits)
        for value in (mix.all_before, mix.all_after, mix.both_before, mix.both_after)
    )
    written = Written(
        all_before=before,
        all_after=after,
        both_before=stayed_before,
        both_after=stayed_after,
        all_up=_up(mix.all_before, mix.all_after),
        both_up=_up(mix.both_before, mix.both_after),
        both=mix.units_both,
        left=mix.units_left,
        silent=mix.units_silent,
        joined=mix.units_joined,
        amounts=unit == "count",
    )
    return told(written, mixed=mix.mixed != "no")[language]


def _up(before: float, after: float) -> bool | None:
    return None if before == after else after > before


def _hidden(mix: PublishedComposition, language: str) -> str:
    if language == "ja":
        return (
            f"両方の期間に数のある単位は{mix.units_both:,}、抜けた単位は{mix.units_left:,}、"
            f"加わった単位は{mix.units_joined:,}です。数値は示せません。"
        )
    return (
        f"{mix.units_both:,} units have a count in both periods, {mix.units_left:,} left and "
        f"{mix.units_joined:,} joined; the figures cannot be shown."
    )


def table(mix: PublishedComposition, unit: str, caption: str, language: str) -> Table:
    """All units beside those in both periods, and what the change on all units is made of."""
    ja = language == "ja"
    columns = (
        "数えた単位" if ja else "Units",
        words.period(mix.from_period, language),
        words.period(mix.to_period, language),
        "差" if ja else "Change",
    )
    everyone = f"すべて（{mix.units_before:,}→{mix.units_after:,}）" if ja else "All"
    if not ja:
        everyone = f"All ({mix.units_before:,}, then {mix.units_after:,})"
    both = f"両方の期間にあるもの（{mix.units_both:,}）" if ja else f"In both ({mix.units_both:,})"
    rows = [
        (everyone, *_three(mix.all_before, mix.all_after, unit, mix.digits, language)),
        (both, *_three(mix.both_before, mix.both_after, unit, mix.digits, language)),
    ]
    rows += [(name, "", "", _change(value, unit, mix.digits, language)) for name, value in _parts(mix, ja=ja)]
    return Table(caption, columns, tuple(rows))


def _parts(mix: PublishedComposition, *, ja: bool) -> list[tuple[str, float | None]]:
    silent = mix.units_silent
    left = f"抜けた単位（{mix.units_left:,}、うち数を出さなくなったもの{silent:,}）"
    if not ja:
        left = f"Units that left ({mix.units_left:,}; {silent:,} without a count any more)"
    joined = f"加わった単位（{mix.units_joined:,}）" if ja else f"Units that joined ({mix.units_joined:,})"
    return [
        ("それぞれの単位の変化" if ja else "Each unit's own change", mix.within),
        ("残った単位の間の移動" if ja else "Moved between units that stayed", mix.shift),
        (left, mix.left),
        (joined, mix.joined),
    ]


def _three(
    before: float | None, after: float | None, unit: str, digits: int, language: str
) -> tuple[str, str, str]:
    first, second = (EMPTY if one is None else amount(one, unit, digits) for one in (before, after))
    gone = before is None or after is None
    return first, second, _change(None if gone else (after or 0) - (before or 0), unit, digits, language)


def _change(value: float | None, unit: str, digits: int, language: str) -> str:
    return EMPTY if value is None else difference(value, unit, digits, language)
