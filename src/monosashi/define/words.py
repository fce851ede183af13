"""How the parts of a guideline, their fields and their values are called when a person speaks of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monosashi.define.guideline import Reference, Roadmap, Wordings
from monosashi.define.text import LANGUAGES, Text

# kind or field → the noun in Japanese and English
_NOUNS = {
    # kinds
    "guideline": ("行動指針", "guideline"),
    "principle": ("原則", "principle"),
    "phase": ("段階", "phase"),
    "practice": ("取組の例", "practice"),
    "viewpoint": ("視点", "viewpoint"),
    "action": ("アクション", "action"),
    "kpi": ("KPI", "KPI"),
    "initiative": ("仕組み・ルール", "initiative"),
    "milestone": ("節目", "milestone"),
    "indicator": ("指標", "indicator"),
    "measurement": ("測定方法", "way of measuring"),
    "measure": ("計算のしかた", "measure"),
    "target": ("目標", "target"),
    "item": ("設問", "item"),
    "scale": ("尺度", "scale"),
    "code": ("選択肢", "choice"),
    "survey": ("調査", "survey"),
    "topic": ("調査項目", "topic"),
    "fact": ("公表された事実", "fact"),
    "city": ("都市の人口", "city population"),
    "questionnaire": ("調査票", "questionnaire"),
    "group": ("グループ", "group"),
    "asked": ("質問", "question asked"),
    "sequence": ("質問の並び", "sequence of questions"),
    "margin": ("周辺分布", "margin"),
    "code_frame": ("コード枠", "code frame"),
    "theme": ("テーマ", "theme"),
    "policy": ("公表の決まり", "publication policy"),
    "note": ("注記", "note"),
    "other_wording": ("別の言い方", "other wording"),
    "governance_rule": ("ガバナンス", "governance rule"),
    "management_rule": ("マネジメント", "management rule"),
    "addition": ("版で加えた内容", "stated addition"),
    "comment": ("会議での意見", "comment of the council"),
    "question": ("会議への問い", "question to the council"),
    # fields
    "home": ("属する原則", "principle"),
    "number": ("番号", "number"),
    "order": ("並び順", "order"),
    "title": ("題", "title"),
    "short": ("住民の問い", "resident's question"),
    "government": ("行政の名", "name of the government"),
    "mission": ("ミッション", "mission"),
    "vision": ("ビジョン", "vision"),
    "values": ("バリュー", "statement of values"),
    "applies_to": ("守る人の範囲", "scope"),
    "roadmap": ("ロードマップの範囲", "span of the roadmap"),
    "summary": ("要点", "summary"),
    "direction": ("取組の方向性", "direction"),
    "first_step": ("はじめの第一歩", "first step"),
    "not_applicable": ("該当なしの部分", "part marked not applicable"),
    "level": ("種類", "level"),
    "department": ("推進部署", "department"),
    "span": ("時期", "span"),
    "text": ("文", "wording"),
    "text_in": ("調査票ごとの文", "wording for an instrument"),
    "role": ("役割", "role"),
    "parent": ("親の指標", "parent indicator"),
    "definition": ("定義", "definition"),
    "unit": ("単位", "unit"),
    "practical_threshold": ("意味のある変化の大きさ", "smallest change that counts"),
    "not_covered": ("示していないこと", "statement of what is not covered"),
    "reference": ("出典", "reference"),
    "value": ("値", "value"),
    "as_of": ("時点", "date it held"),
    "method": ("方法", "method"),
    "perspective": ("感じ方か実際か", "perspective"),
    "table": ("使う表", "table"),
    "statistic": ("統計量", "statistic"),
    "item_used": ("使う設問", "item used"),
    "favourable": ("好ましい答え", "set of favorable answers"),
    "missing": ("数えない答え", "set of answers left out"),
    "where": ("対象の条件", "condition"),
    "numerator": ("分子の条件", "numerator"),
    "quantity": ("数える列", "quantity"),
    "denominator": ("分母の条件", "denominator"),
    "baseline": ("基準", "baseline"),
    "period": ("期間", "period"),
    "units": ("数えた単位の数", "number of units counted"),
    "by": ("分け方", "list of domains"),
    "headline": ("代表の区分", "headline domain"),
    "basis": ("根拠", "basis"),
    "population": ("対象", "population"),
    "predicate": ("述べ方", "predicate"),
    "stratum": ("層", "stratum"),
    "fpc": ("有限母集団の列", "finite population column"),
    "definition_version": ("定義の版", "definition version"),
    "comparable_with": ("比べられる版", "list of comparable versions"),
    "wording_version": ("文の版", "wording version"),
    "about": ("はじめの説明", "introduction"),
    "thanks": ("終わりの言葉", "closing words"),
    "worded_as": ("文を借りる調査票", "instrument whose wording is used"),
    "relevant": ("尋ねる条件", "condition of asking"),
    "required": ("必須の条件", "condition of an answer being required"),
    "required_message": ("答えがないときの文", "message on a missing answer"),
    "choice_filter": ("選択肢を絞る条件", "choice filter"),
    "kind": ("答え方", "kind of answer"),
    "exclusive": ("ほかと一緒に選べない答え", "set of exclusive answers"),
    "other": ("その他の答え", "answer that opens a line of text"),
    "properties": ("選択肢の列", "columns of the choices"),
    "lowest": ("最小の数", "lowest number"),
    "highest": ("最大の数", "highest number"),
    "lines": ("記入欄の行数", "number of lines"),
    "hint": ("答え方の説明", "hint"),
    "scale_used": ("使う尺度", "scale used"),
    "purpose": ("目的", "purpose"),
    "asked_in": ("調査票", "list of instruments"),
    "mode": ("回答方法", "mode"),
    "start": ("始まり", "start"),
    "end": ("終わり", "end"),
    "covers": ("数えられている人", "statement of who is counted"),
    "terms": ("利用の条件", "terms of reuse"),
    "variable": ("変数", "variable"),
    "totals": ("人数", "number of people"),
    "differs": ("合計が違う理由", "reason for another total"),
    "version": ("版", "version"),
    "words": ("手がかりの語", "list of words"),
    "good": ("良いと言う語", "list of words of praise"),
    "bad": ("困ったと言う語", "list of words of trouble"),
    "wish": ("願う語", "list of words of wishing"),
    "able": ("できたと言う語", "list of words of success"),
    "nothing": ("何も言わない答え", "list of answers that say nothing"),
    "minimum_cell": ("示す最小の人数", "smallest cell shown"),
    "count_rounding": ("人数の丸めの単位", "rounding of counts"),
    "whole_percent_from": ("1％単位で示す人数", "size for whole percents"),
    "one_decimal_from": ("0.1％単位で示す人数", "size for one decimal"),
    "class_disclosure": ("全員が同じ答えのときの扱い", "rule on unanimous answers"),
    "dominance_contributors": ("支配的な者の数", "number of dominating contributors"),
    "dominance_share": ("支配的な者の割合", "share of dominating contributors"),
    "reliable_minimum_n": ("信頼できる最小の回答数", "smallest reliable n"),
    "reliable_minimum_n_effective": ("信頼できる最小の実質回答数", "smallest reliable effective n"),
    "reliable_maximum_interval_width": ("信頼できる最大の区間の幅", "widest reliable interval"),
    "reliable_minimum_df": ("信頼できる最小の自由度", "smallest reliable df"),
}

# values that the data writes as code
_VALUES = {
    "output": ("アウトプット", "output"),
    "outcome": ("アウトカム", "outcome"),
    "kgi": ("KGI", "KGI"),
    "participation": ("利用率", "participation"),
    "component": ("構成要素", "component"),
    "foundation": ("土台", "foundation"),
    "dialogue": ("対話", "dialogue"),
    "perceived": ("感じられたもの", "perceived"),
    "actual": ("実際", "actual"),
    "sampled_procedures": ("抽出した手続", "sampled procedures"),
    "sampled_services": ("抽出したサービス", "sampled services"),
    "survey": ("アンケート", "survey"),
    "records": ("記録", "records"),
    "True": ("はい", "yes"),
    "False": ("いいえ", "no"),
}

_MARKS = {  # a text of another language, shown where only that one changed
    "ja": {"en": "（英語）", "simple": "（やさしい日本語）"},
    "en": {"ja": "(Japanese) ", "simple": "(Easy Japanese) "},
}


def noun(name: str) -> Text:
    """The noun for a kind or a field."""
    ja, en = _NOUNS[name]
    return Text(ja=ja, en=en)


def knows(name: str) -> bool:
    return name in _NOUNS


def article(noun: str) -> str:
    """summary → a summary"""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def plural(noun: str) -> str:
    """way of measuring → ways of measuring"""
    for joint in (" of ", " to ", " for "):
        head, found, rest = noun.partition(joint)
        if found:
            return f"{plural(head)}{found}{rest}"
    return f"{noun}s"


def counted(noun: Text, count: int) -> Text:
    return Text(ja=f"{noun.ja}{count}件", en=f"{count} {noun.en if count == 1 else plural(noun.en)}")


def listed(words: Sequence[str]) -> str:
    """a, b and c"""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def quoted(text: Text) -> Text:
    return Text(ja=f"「{text.ja}」", en=f"“{text.en}”")


def value(given: Any, *, percent: bool = False) -> Text:
    """A value as it is said. Texts stay as they are."""
    if isinstance(given, Text | Wordings):
        return _of_two(given)
    if isinstance(given, Roadmap):
        return span(given.start, given.end)
    if isinstance(given, (tuple, list)):
        return _joined([value(each) for each in given])
    if isinstance(given, dict):
        return _joined([_both(f"{key}: {value(each).en}") for key, each in given.items()])
    if isinstance(given, (str, bool)) and str(given) in _VALUES:
        ja, en = _VALUES[str(given)]
        return Text(ja=ja, en=en)
    return _both(_plain(given, percent=percent))


def _of_two(given: Text | Wordings) -> Text:
    if isinstance(given, Wordings):
        return Text(ja="、".join(given.ja), en=", ".join(given.en))
    return Text(ja=given.ja, en=given.en)


def _plain(given: Any, *, percent: bool) -> str:
    if isinstance(given, Reference):
        return ", ".join(part for part in (given.source, given.place) if part)
    if percent and isinstance(given, (int, float)):
        return f"{given * 100:.10g}%"
    return "—" if given is None else str(given)


def pair(old: Any, new: Any, *, percent: bool = False) -> tuple[Text, Text]:
    """Before and after. Of two texts each language shows what changed in it, or else what did in another."""
    if not isinstance(old, Text) or not isinstance(new, Text):
        return value(old, percent=percent), value(new, percent=percent)
    differing = [name for name in (*LANGUAGES, "simple") if getattr(old, name) != getattr(new, name)]

    def shown(text: Text, language: str) -> str:
        chosen = language if language in differing else differing[0]
        mark = "" if chosen == language else _MARKS[language][chosen]
        return f"{mark}{getattr(text, chosen) or '—'}"

    said = [Text(ja=shown(text, "ja"), en=shown(text, "en")) for text in (old, new)]
    return said[0], said[1]


def span(start: str, end: str) -> Text:
    """2023H1 to 2023H2 is fiscal 2023; one half is named as a half."""
    if start == end:
        return _half(start)
    first, last = _edge(start, "H1"), _edge(end, "H2")
    if first == last:
        return first
    return Text(ja=f"{first.ja}〜{last.ja}", en=f"{first.en} to {last.en}")


def _edge(half: str, edge: str) -> Text:
    if not half.endswith(edge):
        return _half(half)
    return Text(ja=f"{half[:4]}年度", en=f"fiscal {half[:4]}")


def _half(name: str) -> Text:
    year, _, half = name.partition("H")
    first = half == "1"
    return Text(
        ja=f"{year}年度{'上' if first else '下'}半期",
        en=f"{'first' if first else 'second'} half of fiscal {year}",
    )


def _joined(texts: list[Text]) -> Text:
    return Text(
        ja="、".join(text.ja for text in texts) or "—", en=", ".join(text.en for text in texts) or "—"
    )


def _both(said: str) -> Text:
    return Text(ja=said, en=said)
