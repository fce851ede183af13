"""What a comparison of all units with those in both periods says, in Japanese and English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from monosashi.measure.volumes.composition import Composition, Pair

Writes = Callable[[float], str]


@dataclass(frozen=True)
class Written:
    """Figures of a comparison as they are written, for whoever rounds them first."""

    all_before: str
    all_after: str
    both_before: str
    both_after: str
    all_up: bool | None  # None: neither up nor down
    both_up: bool | None
    both: int
    left: int
    silent: int  # of those that left, how many have no count any more
    joined: int
    amounts: bool = False  # a sum or its growth, not a rate


def as_share(value: float) -> str:
    return f"{value * 100:.2f}%"


def as_ratio(value: float) -> str:
    return f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def as_sum(value: float) -> str:
    return f"{value:,.15g}" if float(value).is_integer() else f"{value:,.2f}"


def mix_sentence(found: Composition, writes: Writes) -> dict[str, str]:
    """One sentence on whether the mix changed; without a figure on one side there is nothing to compare."""
    everyone, both = found.everyone, found.both
    if everyone.before is None or everyone.after is None:
        return {
            "ja": "片方の期間に数がないため、比べられません。",
            "en": "One of the periods has no count, so nothing can be compared.",
        }
    if both.before is None or both.after is None:
        return {
            "ja": "両方の期間に数のある単位がないため、変化は内訳の違いと見分けられません。",
            "en": "No unit has a count in both periods: a change cannot be told from a change of the mix.",
        }
    written = Written(
        writes(everyone.before),
        writes(everyone.after),
        writes(both.before),
        writes(both.after),
        _up(everyone),
        _up(both),
        found.units.both,
        found.units.left,
        found.units.silent,
        found.units.joined,
        amounts=writes is as_sum,
    )
    return told(written, mixed=found.mixed)


def told(of: Written, *, mixed: bool) -> dict[str, str]:
    """The sentence from figures as they are written, so that it says what is printed beside it."""
    if not mixed:
        return {
            "ja": f"両方の期間に数のある{of.both:,}の単位だけでも{of.both_before}から{of.both_after}で、"
            "全体と同じ動きです。",
            "en": f"On the {_units(of.both)} present in both periods it went from {of.both_before} to "
            f"{of.both_after}: the same story as on all units.",
        }
    apart = None not in (of.all_up, of.both_up) and of.all_up != of.both_up
    so_ja, so_en = _so(apart, amounts=of.amounts)
    return {
        "ja": f"全体では{of.all_before}から{of.all_after}に{_ja(of.all_up)}が、両方の期間に数のある"
        f"{of.both:,}の単位では{of.both_before}から{of.both_after}{_ja(of.both_up, stayed=True)}。"
        f"{so_ja}（抜けた単位{of.left:,}、うち数を出さなくなったもの{of.silent:,}。"
        f"加わった単位{of.joined:,}）。",
        "en": f"On all units it {_en(of.all_up)} from {of.all_before} to {of.all_after}; on the "
        f"{_units(of.both)} present in both periods it {_en(of.both_up)} from {of.both_before} to "
        f"{of.both_after}: {so_en} ({of.left:,} left, {of.silent:,} of them without a count any more; "
        f"{of.joined:,} joined).",
    }


def _so(apart: bool, *, amounts: bool) -> tuple[str, str]:
    if not apart:
        return "差の分は、内訳が変わったためです", "the difference is a change of the mix"
    if amounts:
        return (
            "変わったのは数えた単位で、それぞれの量ではありません",
            "the units changed, not what each counts",
        )
    return "変わったのは内訳で、質ではありません", "the mix changed, not the quality"


def _up(pair: Pair) -> bool | None:
    if not pair.change:
        return None
    return pair.change > 0


def _ja(up: bool | None, *, stayed: bool = False) -> str:
    word = "なりました" if up is None else "上がりました" if up else "下がりました"
    return ("に" if stayed else "") + word


def _en(up: bool | None) -> str:
    return "went" if up is None else "rose" if up else "fell"


def _units(count: int) -> str:
    return f"{count:,} unit" if count == 1 else f"{count:,} units"
