"""The page about XLSForm: what is read, what is refused with which advice, from the tables of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monosashi.define.text import Text
from monosashi.gather.xlsform import headings
from monosashi.gather.xlsform.refusals import REFUSED
from reference_page import table

TYPES = {
    "select_one LIST": Text(ja="一つ選ぶ", en="choose one"),
    "select_multiple LIST": Text(ja="いくつでも選ぶ", en="choose any number"),
    "select_one LIST or_other": Text(
        ja="「その他」と記入欄を加える（select_multiple でも）",
        en="adds “other” with a line to write in (select_multiple as well)",
    ),
    "text": Text(
        ja="言葉で書く。`rows` か appearance の `multiline` で枠になる",
        en="in words; a box with `rows`, or with the appearance `multiline`",
    ),
    "integer": Text(ja="整数", en="a whole number"),
    "decimal": Text(ja="数", en="a number"),
    "range": Text(
        ja="`parameters` の範囲の整数（start=0 end=10 step=1）",
        en="a whole number within `parameters` (start=0 end=10 step=1)",
    ),
    "date": Text(ja="日付", en="a date"),
    "time": Text(ja="時刻", en="a time of day"),
    "note": Text(ja="読むだけの文", en="a text to read"),
    "calculate": Text(
        ja="式の中で使う計算。回答には残らない",
        en="a calculation for use in expressions; not stored with the answers",
    ),
    "begin group, end group": Text(
        ja="質問のまとまり。`relevant` で一緒に飛ばせる",
        en="questions that belong together; `relevant` skips them together",
    ),
}
SURVEY = {
    "type": Text(ja="種類（下の表）", en="the type (below)"),
    "name": Text(ja="名前。回答の列になる", en="the name; becomes a column of the answers"),
    "label": Text(ja="質問の文", en="the question"),
    "hint": Text(ja="答え方の説明", en="how to answer"),
    "purpose": Text(ja="尋ねる目的。答える人に見せる", en="why it is asked; shown to whoever answers"),
    "relevant": Text(ja="成り立つときだけ尋ねる", en="asked only where it holds"),
    "required": Text(ja="yes か式。答えがないと進めない", en="yes or an expression: an answer is needed"),
    "required_message": Text(ja="答えがないときの文", en="said where an answer is missing"),
    "constraint": Text(
        ja="答えが満たすべき式。`.` が答え", en="what an answer must fulfil; `.` is the answer"
    ),
    "constraint_message": Text(ja="満たさないときの文", en="said where it does not"),
    "choice_filter": Text(
        ja="選択肢を絞る式。choices シートの列の名前が使える",
        en="narrows the choices; may name columns of the sheet choices",
    ),
    "appearance": Text(
        ja="`multiline` だけ使う。ほかは「使いません」と伝える",
        en="only `multiline` is used; others are remarked upon",
    ),
    "parameters": Text(ja="range の範囲", en="the bounds of a range"),
    "calculation": Text(ja="calculate の式", en="the expression of calculate"),
    "read_only": Text(ja="note でなければ、空か no", en="empty or no, unless it is a note"),
    "disabled": Text(
        ja="yes の行は使わない（そう伝える）", en="a row with yes is not used, which is remarked upon"
    ),
    "rows": Text(ja="記入欄の行数（1〜50）", en="lines of a text, 1 to 50"),
    "item": Text(ja="設問のバンクの名前", en="the item of the bank"),
    "scale": Text(ja="尺度の名前", en="its scale"),
    "wording_version": Text(ja="文の版", en="the version of its wording"),
}
CHOICES = {
    "list_name": Text(ja="リストの名前", en="the list"),
    "name": Text(ja="コード。そのまま残る", en="the code, which is stored"),
    "label": Text(ja="選択肢の文", en="the choice in words"),
    "exclusive": Text(ja="yes なら、ほかと一緒に選べない", en="yes: goes with no other choice"),
    "missing": Text(
        ja="yes なら、「わからない」などの数えない答え", en="yes: no answer, such as “I do not know”"
    ),
    "other": Text(ja="yes なら、記入欄が開く", en="yes: opens a line to write in"),
}
SETTINGS = {
    "form_id": Text(ja="調査票の名前", en="the name of the questionnaire"),
    "form_title": Text(ja="題", en="its title"),
    "about": Text(ja="はじめに読む説明", en="read before the first question"),
    "thanks": Text(ja="終わりに読む言葉", en="read after the last"),
    "default_language": Text(
        ja="言語のない列の言語（なければ日本語）", en="the language of columns without one; else Japanese"
    ),
    "version": Text(ja="使わない（版は内容から決まる）", en="not used: the version follows from the content"),
    "style": Text(ja="使わない（1ページに1問）", en="not used: one question a page"),
}


def xlsform() -> Iterator[str]:
    yield "XLSX、XLS、ODS の `survey`、`choices`、`settings` シートを読みます。"
    yield "分からない列と種類は、シートと行を示して断ります。"
    yield "The sheets `survey`, `choices` and `settings` of XLSX, XLS or ODS are read. A column or type that"
    yield "is not understood is refused by sheet and row; nothing is passed over in silence."
    yield ""
    yield "言葉の列は言語ごとに書きます。日本語と英語は両方要ります。"
    yield "Columns of words are written once a language; Japanese and English are both needed:"
    yield " · ".join(f"`label::{name}`" for name in headings.LANGUAGE_NAMES.values())
    yield ""
    yield from _columns(
        "survey", SURVEY, {*headings.SURVEY, *headings.SURVEY_SAID}, headings.UNSUPPORTED_SURVEY
    )
    yield from _columns(
        "choices", CHOICES, {*headings.CHOICES, *headings.CHOICES_SAID}, headings.UNSUPPORTED_CHOICES
    )
    yield "ほかの見出しの列は、`choice_filter` から名前で見られます。"
    yield "Columns with other headings can be named in `choice_filter`."
    yield ""
    yield from _columns(
        "settings", SETTINGS, {*headings.SETTINGS, *headings.SETTINGS_SAID}, headings.UNSUPPORTED_SETTINGS
    )
    yield "## 種類 · Types"
    yield ""
    yield from table(("type", "日本語", "English"), _said(TYPES.items()))
    yield "使えない種類と、代わりにすること: Types that are refused, and what to do instead:"
    yield ""
    yield from table(("type", "代わりに", "instead"), _said(_grouped(REFUSED)))
    yield from _expressions()


def _expressions() -> Iterator[str]:
    yield "## 式 · Expressions"
    yield ""
    yield "XPath 1.0 です。前の質問を `${名前}` で指します（`constraint` の `.` はその答え）。"
    yield "空の答えは数ではないので、どの数とも大小が決まりません。"
    yield "XPath 1.0. Earlier questions are named as `${name}`; in `constraint`, `.` is the answer itself."
    yield "An empty answer is no number: it is neither larger nor smaller than any."
    yield ""
    yield "`and` `or` `not()` `true()` `false()` · `=` `!=` `<` `<=` `>` `>=` · `+` `-` `*` `div` `mod` ·"
    yield "`selected(${q}, 'code')` `count-selected` `selected-at` · `if` `coalesce` `regex` `join`"
    yield "`concat` `contains` `starts-with` `substring` `string-length` `normalize-space` · `int` `number`"
    yield "`round` `floor` `ceiling` · `date` `today()`"
    yield ""


def _columns(
    sheet: str, about: Mapping[str, Text], known: set[str], unsupported: Mapping[str, Text]
) -> Iterator[str]:
    assert set(about) == known, set(about) ^ known
    yield f"## `{sheet}`"
    yield ""
    yield from table(("列 · column", "日本語", "English"), _said(about.items()))
    yield "空ならよく、値があると断る列: Columns that may stand empty and are refused where filled:"
    yield ""
    yield from table(("列 · column", "どうするか", "what to do"), _said(_grouped(unsupported)))


def _grouped(said: Mapping[str, Text]) -> Iterator[tuple[str, Text]]:
    """Names with the same advice on one line."""
    for text in dict.fromkeys(said.values()):
        yield "`, `".join(name for name, each in said.items() if each == text), text


def _said(rows: Iterable[tuple[str, Text]]) -> Iterator[tuple[str, str, str]]:
    return ((f"`{name}`", text.ja, text.en) for name, text in rows)
