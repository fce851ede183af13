"""What a comparison says, in plain sentences of both languages, from the figures that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.perceived.figures import Figure

if TYPE_CHECKING:
    from monosashi.measure.perceived.both import Both

Said = tuple[str, str]  # Japanese, English
_UNITS = {
    "minute": ("分", "minutes", "minute"),
    "hour": ("時間", "hours", "hour"),
    "day": ("日", "days", "day"),
}
_STATISTIC = {"median": ("中央値", "median"), "mean": ("平均", "mean")}


def sentences(both: Both, reasonable: Estimate | None, verdict: str | None) -> dict[str, str]:
    """Each side with its interval, the gap as far as it can be said, the promise, and the judgment."""
    said = [*_sides(both), *_gap(both, verdict), *_kept(both), *_reasonable(reasonable)]
    return {"ja": "".join(ja for ja, _ in said), "en": " ".join(en for _, en in said)}


def _sides(both: Both) -> Iterator[Said]:
    ja, en = _STATISTIC[both.comparison.statistic]
    if both.perceived is None:
        yield "どのくらいに感じたかは、集めていません。", "How long it felt is not collected."
    else:
        size, reach = _sized(both.perceived, both)
        if both.felt is not None and both.felt.status is Status.UNRELIABLE:
            reach = f"{reach[0]}（参考値）", f"{reach[1]} (a hint only)"
        yield (
            f"感じた時間の{ja}は{size[0]}{reach[0]}です。",
            f"It felt like {size[1]}{reach[1]}, by the {en}.",
        )
    if both.actual is None:
        yield "実際にかかった時間の記録はありません。", "There is no record of how long it took."
    else:
        size, reach = _sized(both.actual, both)
        yield f"実際の{ja}は{size[0]}{reach[0]}です。", f"It took {size[1]}{reach[1]}, by the {en}."


def _sized(figure: Figure, both: Both) -> tuple[Said, Said]:
    return _with_unit(figure.value, both), _reach(figure.interval)


def _with_unit(value: float, both: Both) -> Said:
    ja, many, one = _UNITS[both.comparison.unit]
    written = _written(value)
    return f"{written}{ja}", f"{written} {one if written == '1' else many}"


def _written(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0").replace("-", "−")


def _reach(interval: Interval | None) -> Said:
    if interval is None or interval.lower == interval.upper:
        return "", ""
    low, high = _written(interval.lower), _written(interval.upper)
    return f"（{low}〜{high}）", f" ({low} to {high})"


def _gap(both: Both, verdict: str | None) -> Iterator[Said]:
    gap = both.gap
    if gap is None:
        return
    if verdict is None or gap.interval is None:
        yield "両者が違うかどうかは言えません。", "Whether the two differ cannot be told."
    elif verdict == "not_distinguishable":
        yield "両者にはっきりした差はありません。", "The two are not distinguishable."
    else:
        low, high = sorted((abs(gap.interval.lower), abs(gap.interval.upper)))
        (ja, en), (reach_ja, reach_en) = _with_unit(abs(gap.value), both), _reach(Interval(low, high))
        longer = verdict == "longer"
        yield (
            f"実際より{ja}{reach_ja}{'長く' if longer else '短く'}感じられています。",
            f"It felt {en}{reach_en} {'longer' if longer else 'shorter'} than it was.",
        )


def _kept(both: Both) -> Iterator[Said]:
    """The promise, and the share of finished cases that kept it."""
    promised, kept = both.promised, both.happened.kept if both.happened else None
    if promised is None or kept is None or kept["value"] is None:
        return
    (ja, en), share = _with_unit(promised.value, both), f"{kept['value'] * 100:.1f}%"
    yield (
        f"約束は{ja}で、終わった{kept['n']:,}件のうち{share}で守られました。",
        f"The promise is {en}; {share} of {kept['n']:,} finished cases kept it.",
    )


def _reasonable(found: Estimate | None) -> Iterator[Said]:
    if found is None or found.value is None or found.status is not Status.VALUE:
        return
    share = f"{found.value * 100:.0f}%"
    yield f"時間に納得した人は{share}です。", f"{share} found the time reasonable."
