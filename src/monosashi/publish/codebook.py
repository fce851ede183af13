"""The codebook of an edition: every column, code, wording and definition version, in Japanese and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monosashi.define.guideline import Guideline
from monosashi.define.text import Text
from monosashi.measure.estimate import Status
from monosashi.publish import words

HEADER = ("file", "column", "code", "version", "ja", "en")
Row = tuple[str, str, str, str, str, str]
Labels = Mapping[str, Mapping[str, Text]]

_FIGURE = {
    "indicator": Text(ja="指標", en="Indicator"),
    "measure": Text(ja="測り方", en="Measure of the indicator"),
    "period": Text(ja="期間", en="Period"),
    "definition_version": Text(ja="定義の版", en="Version of the definition"),
    "status": Text(ja="数値の状態", en="State of the figure"),
    "reason": Text(ja="数値がない、または頼れない理由", en="Why there is no figure, or why it is unreliable"),
    "value": Text(
        ja="値（割合は0から1。公表桁に丸め済み）", en="Value (shares from 0 to 1; rounded as published)"
    ),
    "lower": Text(ja="信頼区間の下限（外側に丸め）", en="Lower limit of the interval, rounded outward"),
    "upper": Text(ja="信頼区間の上限（外側に丸め）", en="Upper limit of the interval, rounded outward"),
    "level": Text(ja="信頼水準", en="Confidence level"),
    "interval_method": Text(ja="区間の作り方", en="Method of the interval"),
    "n": Text(ja="回答数（5単位に丸め）", en="Number of answers, rounded to 5"),
    "n_effective": Text(ja="実効回答数（5単位に丸め）", en="Effective number of answers, rounded to 5"),
    "deff": Text(ja="デザイン効果", en="Design effect"),
    "basis": Text(ja="データの根拠", en="Kind of data behind the figure"),
    "digits": Text(
        ja="示してよい小数の桁数（割合は％で）", en="Decimals that may be shown (shares: of the percentage)"
    ),
    "flags": Text(ja="推定上の注記（空白区切り）", en="Notes of the estimation, separated by blanks"),
}
COLUMNS: Mapping[str, Mapping[str, Text]] = {
    "estimates.csv": _FIGURE,
    "changes.csv": {
        "indicator": _FIGURE["indicator"],
        "measure": _FIGURE["measure"],
        "from_period": Text(ja="比べる前の期間", en="Earlier period"),
        "to_period": Text(ja="比べる後の期間", en="Later period"),
        "difference": Text(ja="差（後−前）", en="Difference, later minus earlier"),
        "lower": Text(ja="差の信頼区間の下限", en="Lower limit of the difference"),
        "upper": Text(ja="差の信頼区間の上限", en="Upper limit of the difference"),
        "verdict": Text(ja="判定", en="Verdict"),
        "digits": _FIGURE["digits"],
    },
    "composition.csv": {
        "indicator": _FIGURE["indicator"],
        "measure": _FIGURE["measure"],
        "from_period": Text(ja="比べる前の期間", en="Earlier period"),
        "to_period": Text(ja="比べる後の期間", en="Later period"),
        "all_before": Text(ja="前の値（全体）", en="Earlier value, all units"),
        "all_after": Text(ja="後の値（全体）", en="Later value, all units"),
        "both_before": Text(ja="前の値（両方の期間に数のある単位）", en="Earlier value, units in both"),
        "both_after": Text(ja="後の値（両方の期間に数のある単位）", en="Later value, units in both"),
        "within": Text(
            ja="変化のうち、それぞれの単位の変化（一つずつ丸めたため、合計は変化と少しずれることがある）",
            en="Part of the change: each unit's own (rounded one by one, so that parts need not add up)",
        ),
        "shift": Text(
            ja="変化のうち、残った単位の間で件数が移った分",
            en="Part of the change: volume that moved between units that stayed",
        ),
        "left": Text(ja="変化のうち、抜けた単位による分", en="Part of the change: units that left"),
        "joined": Text(ja="変化のうち、加わった単位による分", en="Part of the change: units that joined"),
        "units_before": Text(ja="前の期間の単位の数", en="Units in the earlier period"),
        "units_after": Text(ja="後の期間の単位の数", en="Units in the later period"),
        "units_both": Text(ja="両方の期間にある単位の数", en="Units in both periods"),
        "units_left": Text(ja="抜けた単位の数", en="Units that left"),
        "units_joined": Text(ja="加わった単位の数", en="Units that joined"),
        "units_silent": Text(
            ja="抜けた単位のうち、数を出さなくなったもの", en="Of those that left, without a count any more"
        ),
        "mixed": Text(ja="内訳が変わったか", en="Whether the mix changed"),
        "digits": _FIGURE["digits"],
    },
    "coverage.csv": {
        "indicator": _FIGURE["indicator"],
        "measure": _FIGURE["measure"],
        "subject": Text(ja="数えた対象", en="What is counted"),
        "state": Text(ja="状態", en="State"),
        "count": Text(ja="数（人は5単位に丸め）", en="Number (people rounded to 5)"),
    },
    "roadmap.csv": {
        "initiative": Text(ja="取組", en="Initiative"),
        "half": Text(ja="年度の半期", en="Half of the fiscal year"),
        "state": Text(ja="状態", en="State"),
        "note_ja": Text(ja="説明（日本語）", en="Note in Japanese"),
        "note_en": Text(ja="説明（英語）", en="Note in English"),
    },
}
CODES: Mapping[str, Mapping[str, Text]] = {
    "status": {state: words.STATES[state] for state in Status},
    "reason": words.REASONS,
    "verdict": {
        "up": Text(ja="上がった", en="Went up"),
        "down": Text(ja="下がった", en="Went down"),
        "not_distinguishable": Text(ja="変化したとは言えない", en="Not distinguishable"),
        "not_comparable": Text(ja="比べられない", en="Not comparable"),
    },
    "mixed": {
        "no": Text(ja="全体と同じ動き", en="The same story as on all units"),
        "sign": Text(ja="向きが逆", en="The two changes have opposite signs"),
        "size": Text(ja="大きさが違う", en="The two changes differ by more than the practical threshold"),
    },
    "basis": words.BASES,
    "subject": words.SUBJECTS,
}
MOVEMENTS = ("stayed", "joined", "left", "silent")
_STATE = {"coverage.csv": words.STATES, "roadmap.csv": words.PROGRESS}
ALL = Text(ja="全体", en="All")


def rows(guideline: Guideline, dimensions: Iterable[str], labels: Labels) -> Iterator[Row]:
    for file, columns in COLUMNS.items():
        for column, text in columns.items():
            yield _row(file, column, "", "", text)
            codes = _STATE.get(file, {}) if column == "state" else CODES.get(column, {})
            yield from (_row(file, column, code, "", said) for code, said in codes.items())
    for dimension in dimensions:
        yield from _dimension(dimension, labels)
    yield from _norm(guideline)


def _dimension(dimension: str, labels: Labels) -> Iterator[Row]:
    known = labels.get(dimension, {})
    bare = words.DIMENSIONS.get(dimension, Text(ja=dimension, en=dimension))
    name = labels.get("", {}).get(dimension, bare)
    for file in ("estimates.csv", "changes.csv", "composition.csv"):
        yield _row(file, dimension, "", "", name)
        yield _row(file, dimension, "_T", "", ALL)
    yield from (_row("estimates.csv", dimension, code, "", text) for code, text in sorted(known.items()))


def _norm(guideline: Guideline) -> Iterator[Row]:
    for indicator in guideline.indicators:
        yield _row("guideline.json", "indicator", indicator.id, guideline.version, indicator.title)
        yield _row("guideline.json", "definition", indicator.id, guideline.version, indicator.definition)
        for measure in indicator.measures:
            code = f"{indicator.id}/{measure.id}"
            yield _row("guideline.json", "measure", code, measure.definition_version, measure.population)
    for item in guideline.items:
        yield _row("guideline.json", "item", item.id, item.wording_version, item.text)
        for instrument, text in item.text_in.items():
            yield _row("guideline.json", f"item in {instrument}", item.id, item.wording_version, text)
    for scale in guideline.scales:
        for answer, text in scale.codes.items():
            yield _row("guideline.json", f"scale {scale.id}", str(answer), "", text)


def _row(file: str, column: str, code: str, version: str, text: Text) -> Row:
    return file, column, code, version, text.ja, text.en


def labels_of(rows: Iterable[Mapping[str, str]], dimensions: Iterable[str]) -> dict[str, dict[str, Text]]:
    """What the codes of each dimension are called, read back from the codebook."""
    found: dict[str, dict[str, Text]] = {dimension: {} for dimension in dimensions}
    for row in rows:
        if row["file"] == "estimates.csv" and row["code"] not in ("", "_T") and row["column"] in found:
            found[row["column"]][row["code"]] = Text(ja=row["ja"], en=row["en"])
    return found
