"""What the machine words of an edition are called: states, reasons, bases, periods, dimensions, codes."""

from __future__ import annotations

import re

from monosashi.define.text import Text
from monosashi.publish.edition import Edition


def _t(ja: str, en: str) -> Text:
    return Text(ja=ja, en=en)


STATES = {
    "value": _t("数値あり", "figure"),
    "not_collected": _t("集めていません", "not collected"),
    "not_applicable": _t("対象外", "not applicable"),
    "suppressed": _t("公表しません", "not shown"),
    "unreliable": _t("参考値", "unreliable"),
    "answered": _t("回答あり", "answered"),
    "not_answered": _t("回答なし", "no answer"),
    "stayed": _t("前の期間にもあった", "in both periods"),
    "joined": _t("新しく加わった", "joined"),
    "left": _t("件数が0になった", "down to no case"),
    "silent": _t("件数を出さなくなった", "stopped reporting"),
}
"""The five states, the two of a person or bureau that was asked, and what became of a unit since."""

REASONS = {
    "units_missing": _t(
        "件数のない手続があり、減ったのか分からないため、参考値です",
        "some procedures have no count, which may be silence and no reduction: take it as a hint only",
    ),
    "nothing_to_share": _t("分母が0のため、割合はありません", "there is nothing to have a share of"),
    "not_collected": _t("まだデータを集めていません", "no data has been collected yet"),
    "no_measure": _t("まだデータを集めていません", "no data has been collected yet"),
    "no_table": _t("まだデータを集めていません", "no data has been collected yet"),
    "no_rows": _t("この期間のデータがありません", "there is no data for this period"),
    "not_asked": _t("この調査ではたずねていません", "this survey did not ask it"),
    "no_answers": _t("回答がありません", "nobody answered"),
    "not_applicable": _t("この指標の対象ではありません", "the indicator does not apply here"),
    "suppressed": _t(
        "個人がわかるおそれがあるため公表しません", "not shown, so that nobody can be identified"
    ),
    "small_cell": _t(
        "人数が少なく、個人がわかるおそれがあるため公表しません",
        "not shown: so few people that someone could be identified",
    ),
    "class_disclosure": _t(
        "全員の答えが同じで、個人の答えがわかるため公表しません",
        "not shown: everyone gave the same answer, which would tell each person's",
    ),
    "dominance": _t(
        "少数の組織が大半を占めるため公表しません", "not shown: a few contributors make up nearly all of it"
    ),
    "secondary_suppression": _t(
        "公表すると、ほかの伏せた数値が計算でわかるため公表しません",
        "not shown: a hidden figure could be worked out from it",
    ),
    "unreliable": _t("誤差が大きいため、参考値です", "uncertain: take it as a hint only"),
    "few_answers": _t("回答が少ないため、参考値です", "few answers: take it as a hint only"),
    "few_effective_answers": _t(
        "実質的な回答が少ないため、参考値です", "few effective answers: take it as a hint only"
    ),
    "few_degrees_of_freedom": _t(
        "調査の地点が少ないため、参考値です", "few sampling units: take it as a hint only"
    ),
    "interval_open": _t(
        "誤差の範囲が答えの端を越えるため、参考値です",
        "the interval reaches beyond the answers: take it as a hint only",
    ),
    "wide_interval": _t("誤差の範囲が広いため、参考値です", "wide interval: take it as a hint only"),
}

BASES = {
    "probability": _t("無作為に選んだ人への調査", "Survey of people chosen at random"),
    "quota_panel": _t("年代と性別の人数を決めたWebパネル調査", "Web panel survey with quotas by age and sex"),
    "census": _t("全員に依頼した調査", "Survey sent to everyone"),
    "register": _t("業務の記録（全数）", "Administrative records, complete"),
    "opt_in": _t("自由参加の回答（誤差の範囲は示しません）", "Open participation: no interval can be given"),
}

DIMENSIONS = {
    "city": _t("都市", "City"),
    "age_band": _t("年代", "Age"),
    "sex": _t("性別", "Sex"),
    "bureau": _t("局", "Bureau"),
    "organization": _t("組織", "Organization"),
    "service": _t("サービス", "Service"),
    "channel": _t("手続の方法", "Channel"),
}

SUBJECTS = {
    "people_asked": _t("回答をお願いした人", "people asked"),
    "procedures": _t("手続", "procedures"),
    "procedures_since": _t("前の期間からの手続", "procedures since the period before"),
    "volume": _t("最後に分かっている件数", "of the last known volume"),
    "services": _t("サービス", "services"),
    "bureaus": _t("局", "bureaus"),
}

PROGRESS = {
    "planned": _t("予定", "planned"),
    "under_way": _t("実施中", "under way"),
    "done": _t("完了", "done"),
    "late": _t("遅れ", "late"),
    "not_collected": _t("状況を集めていません", "no report collected"),
}

METHODS = {
    "survey": _t("アンケート調査", "survey"),
    "sampled_procedures": _t("手続を選んで実績を調べる", "records of sampled procedures"),
    "sampled_services": _t("サービスを選んで実績を調べる", "records of sampled services"),
    "records": _t("業務の記録", "administrative records"),
}

_FISCAL_YEAR = re.compile(r"FY(\d{4})")
_FISCAL_HALF = re.compile(r"(\d{4})H([12])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def of(words: dict[str, Text], key: str, language: str) -> str:
    """The name of a machine word; an unknown one is shown as it is."""
    return words[key].said_in(language) if key in words else key


def reason(word: str | None, status: str, language: str) -> str:
    """Why a figure is not a plain value; the state itself where the reason is unknown."""
    key = word if word in REASONS else status
    return of(REASONS, key, language)


def period(name: str, language: str) -> str:
    """FY2025 → 2025年度; 2025H2 → 2025年度下半期; 2025-Q3 → 2025年7〜9月; other names as they are."""
    if found := _FISCAL_YEAR.fullmatch(name):
        return f"{found[1]}年度" if language == "ja" else f"FY{found[1]}"
    if found := _FISCAL_HALF.fullmatch(name):
        half = "上" if found[2] == "1" else "下"
        return f"{found[1]}年度{half}半期" if language == "ja" else f"FY{found[1]} H{found[2]}"
    if language != "ja":
        return name
    if found := _QUARTER.fullmatch(name):
        last = 3 * int(found[2])
        return f"{found[1]}年{last - 2}〜{last}月"
    if found := _MONTH.fullmatch(name):
        return f"{found[1]}年{int(found[2])}月"
    return name


def code(edition: Edition, dimension: str, value: str, language: str) -> str:
    """What a code of a dimension is called in this edition."""
    label = edition.labels.get(dimension, {}).get(value)
    return label.said_in(language) if label else value


def domain(edition: Edition, pairs: dict[str, str], language: str) -> str:
    """ "東京、30代"; everybody is 全体."""
    if not pairs:
        return "全体" if language == "ja" else "All"
    return ("、" if language == "ja" else ", ").join(
        code(edition, dimension, value, language) for dimension, value in pairs.items()
    )
