"""What weighting did, in sentences: who counts how much. Numbers come from `diagnostics`."""

from __future__ import annotations

from collections.abc import Iterator

from monosashi.define.text import Text
from monosashi.measure.weighting.diagnostics import Diagnostics
from monosashi.measure.weighting.nonresponse import ResponseCell

METHODS = {
    "raking": ("レイキング", "raking"),
    "linear": ("線形（GREG）", "the linear method (GREG)"),
    "logit": ("ロジット", "the logit method"),
    "poststratification": ("事後層化", "post-stratification"),
}
HEAVY, UNEQUAL = 5.0, 2.0  # times the median, and design effect of the weights, from which a warning is said


def sentences(found: Diagnostics) -> list[Text]:
    """How the margins were met, what each respondent counts, and what that costs."""
    return [*_met(found), *_who(found), *_cost(found)]


def nonresponse_sentences(cells: tuple[ResponseCell, ...]) -> list[Text]:
    """What the respondents stand for beside themselves, and which cells are thin."""
    sampled, answered = sum(cell.sampled for cell in cells), sum(cell.respondents for cell in cells)
    heaviest = max(cells, key=lambda cell: cell.factor)
    name = " × ".join(map(str, heaviest.values))
    said = [
        Text(
            ja=f"{sampled:,}件のうち{answered:,}件の回答者が、{len(cells)}のセルの中で無回答の人に代わります。"
            f"重みは最大で{_times(heaviest.factor)}倍になりました（{name}）。",
            en=f"{answered:,} respondents of {sampled:,} sampled stand for those who did not answer, within "
            f"{len(cells)} cell(s); weights grew by up to {_times(heaviest.factor)} times ({name}).",
        )
    ]
    thin = [" × ".join(map(str, cell.values)) for cell in cells if cell.flags]
    if thin:
        said.append(
            Text(
                ja=f"回答者が20人未満か、倍率が2を超えるセルがあります: {'、'.join(thin)}。",
                en=f"Cells with fewer than 20 respondents or a factor above 2: {', '.join(thin)}.",
            )
        )
    return said


def _met(found: Diagnostics) -> Iterator[Text]:
    ja, en = METHODS[found.method]
    yield Text(
        ja=f"{ja}により、重みの合計は母集団の数に一致しています"
        f"（最大のずれ {_percent(found.max_margin_error)}）。",
        en=f"By {en} the weights add up to the population totals "
        f"(largest difference {_percent(found.max_margin_error)}).",
    )
    if found.independent:
        yield Text(
            ja="区分の掛け合わせの人数は、変数が互いに独立だとみなして計算しました。実際の表があれば、それを使ってください。",
            en="The population of each combination was computed as if the variables were independent of each "
            "other; use the real table where there is one.",
        )


def _who(found: Diagnostics) -> Iterator[Text]:
    times = found.largest_weight / found.median_weight
    yield Text(
        ja=f"最も重い回答者は{_people(found.largest_weight)}人を代表し、これは中央の回答者の{_times(times)}倍です。"
        f"最も軽い回答者は{_people(found.smallest_weight)}人を代表します。",
        en=f"The heaviest respondent stands for {_people(found.largest_weight)} people, {_times(times)} "
        f"times as many as the median one; the lightest stands for {_people(found.smallest_weight)}.",
    )
    yield Text(
        ja=f"重い順に1％の回答者が重み全体の{_percent(found.heaviest_percent)}を、上位10人が"
        f"{_percent(found.heaviest_ten)}を占めます。",
        en=f"The heaviest 1% of respondents hold {_percent(found.heaviest_percent)} of all weight, the ten "
        f"heaviest {_percent(found.heaviest_ten)}.",
    )
    yield Text(
        ja=f"較正は設計の重みを{_times(found.smallest_g)}倍から{_times(found.largest_g)}倍にしました。",
        en=f"Calibration multiplied the design weights by {_times(found.smallest_g)} to "
        f"{_times(found.largest_g)}.",
    )
    if found.limit is not None:
        yield Text(
            ja=f"重みは{_people(found.limit)}人を上限に切り詰めました。上限にある回答者は{found.at_limit:,}人です。",
            en=f"Weights were trimmed at {_people(found.limit)} people; {found.at_limit:,} respondent(s) "
            "are at that limit.",
        )


def _cost(found: Diagnostics) -> Iterator[Text]:
    yield Text(
        ja=f"重みの不揃いのため、{found.n:,}件の回答は{found.n_effective:,.0f}件分の精度になります"
        f"（重みによるデザイン効果 {found.kish_deff:.2f}）。",
        en=f"Unequal weights make {found.n:,} answers worth about {found.n_effective:,.0f} "
        f"(design effect of the weights {found.kish_deff:.2f}).",
    )
    if found.kish_deff >= UNEQUAL or found.largest_weight >= HEAVY * found.median_weight:
        yield Text(
            ja="少数の回答者に結果が左右されます。重みに上限（trim）を置くか、区分をまとめてください。",
            en="Few respondents sway the results: set a limit on the weights (trim) or merge categories.",
        )


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"


def _people(weight: float) -> str:
    return f"{weight:,.0f}" if weight >= 100 else f"{weight:,.3g}"


def _percent(share: float) -> str:
    if share < 1e-8:
        return "0%"
    return f"{share * 100:.1f}%" if share >= 1e-3 else f"{share * 100:.1g}%"
