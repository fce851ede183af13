"""The page about the mapping of an import: its keys from the models, its tables from their schemas.

What a key, a column or a type means is said here; one that is not said fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from pydantic import BaseModel

from monosashi.define.text import Text
from monosashi.gather import limits
from monosashi.gather.encoding import ENCODINGS
from monosashi.gather.mapping import FieldMapping, FileFormat, MappingFile
from monosashi.gather.record import RECORDS, VOLUME_MEASURES, ColumnType, Schema
from monosashi.gather.register.schemas import LISTS, REGISTER
from monosashi.gather.rows import Separator
from monosashi.gather.words import COLUMNS, ENTRIES
from monosashi.gather.written import Numbers
from reference_page import table

EXAMPLE = """\
table: responses/resident
file:
  {encoding: cp932, separator: tab, sheet: 回答, header_row: 3, last_row: 500,
   missing: ["", "NA"], numbers: "1,234.5"}
key: [response_id, wave]
fields:
  response_id: {columns: [区コード, 回答番号], join: "-"}
  wave: {value: "2025"}
  period: {value: FY2025}
  overall: 総合満足度
  usability: {column: 使いやすさ, codes: {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}, missing: ["", 99]}
  city: {column: 都市, type: text, codes: {東京: tokyo, ソウル: seoul, その他: null}}
  age: {column: 年齢, type: integer, range: [18, 110], missing: ["", 999]}
  answered_at: {column: 回答日時, type: timestamp, offset: "+09:00"}
  devices: {column: 使う機器, type: text, split: ";"}
  weight: ウェイト
  born: {column: 生年月日, type: date, serial: 1900}
  income: {column: 年収, type: integer, numbers: "1,234.5"}
  discount: {column: 割引率, type: number, percent: share}
  information: {column: 情報の探しやすさ, cells: labels}
  opinion: {column: ご意見, comment: true}
"""
VOLUMES = """\
table: volumes
fields:
  subject: 手続
  measure: {value: applications}
  period: 年度
  channel: {value: online}
  quantity:
    {column: 件数, numbers: "1,234.5",
     states: {"-": not_applicable, "…": not_collected, "X": suppressed}}
"""

_SAMPLES = " / ".join(f"`{sample}`" for sample in get_args(Numbers))
TOP = {
    "table": (
        Text(ja="文字", en="text"),
        Text(
            ja="取り込み先。書かなければ、取り込みの種類と同じ名前の表か、`--instrument` の調査票の表。",
            en="Where the rows go. Without it: the table named like the kind of import, or the answers of"
            " the questionnaire given by `--instrument`.",
        ),
    ),
    "file": (
        Text(ja="組", en="pairs"),
        Text(
            ja="ファイルの形。全部省けます（下の表）。",
            en="The form of the file; all of it optional (below).",
        ),
    ),
    "key": (
        Text(ja="項目の箇条", en="list of fields"),
        Text(
            ja="行を見分ける項目。書かなければ、表ごとの決まり（下の表）。",
            en="The fields that tell rows apart. Without it: those of the table (below).",
        ),
    ),
    "fields": (
        Text(ja="組", en="pairs"),
        Text(
            ja="保存する項目と、その出どころ。左が項目の名前、右が列の名前か、下の組。",
            en="What is stored, and where it comes from: on the left the field, on the right the name of a"
            " column, or the pairs below.",
        ),
    ),
}
FILE = {
    "encoding": (
        Text(ja="文字", en="text"),
        Text(
            ja=f"{'、'.join(ENCODINGS)} のどれか。書かなければ中身から確かめ、確かめられなければ"
            "取り込まずに尋ねます。中身と食い違うときも取り込みません。`--encoding` が先に立ちます。",
            en=f"One of {', '.join(ENCODINGS)}. Without it the content decides, and where it cannot,"
            " nothing is imported and you are asked. Nor is anything imported where the content contradicts"
            " it. `--encoding` comes first.",
        ),
    ),
    "separator": (
        Text(ja=" / ".join(get_args(Separator)), en=" / ".join(get_args(Separator))),
        Text(
            ja="列の区切り。書かなければ、見出しの行を最も多く分けるもの。",
            en="What parts the columns. Without it: what parts the header most often.",
        ),
    ),
    "sheet": (
        Text(ja="文字", en="text"),
        Text(
            ja="読むシート（XLSX、XLSB、XLS、ODS）。書かなければ、中身のある見えるシートがただ一つのとき、それ。",
            en="The sheet to read (XLSX, XLSB, XLS, ODS). Without it: the only visible one with content.",
        ),
    ),
    "header_row": (
        Text(ja="行の番号", en="number of a row"),
        Text(
            ja="見出しのある行（1から数えます）。それより上は読みません。書かなければ、空でない最初の行。",
            en="The row with the header, counted from 1; what stands above is not read. Without it: the first"
            " that is not empty.",
        ),
    ),
    "last_row": (
        Text(ja="行の番号", en="number of a row"),
        Text(
            ja="最後の記録の行。それより下（合計や注）は読みません。",
            en="The row of the last record; what stands below (totals, notes) is not read.",
        ),
    ),
    "missing": (
        Text(ja="箇条", en="list"),
        Text(
            ja="値がないことを表すセル。空のセルも、書きかえるなら挙げます。",
            en="Cells that mean no value. If you write a list, the empty cell has to be in it.",
        ),
    ),
    "numbers": (
        Text(ja=_SAMPLES, en=_SAMPLES),
        Text(
            ja="数の書き方の見本。桁区切りは三桁ごとか確かめます。",
            en="A sample of how numbers are written. Groups are checked to be of three digits.",
        ),
    ),
}
FIELD = {
    "column": (
        Text(ja="文字", en="text"),
        Text(
            ja="取り出す列。`weight: 重み` は `weight: {column: 重み}` と同じ。",
            en="The column it is taken from. `weight: wt` is short for `weight: {column: wt}`.",
        ),
    ),
    "columns": (
        Text(ja="箇条", en="list"),
        Text(
            ja="つなぐ列。一つでも値がなければ、全体も値なし。",
            en="Columns to join. Where one is missing, so is the whole.",
        ),
    ),
    "join": (
        Text(ja="文字", en="text"),
        Text(ja="`columns` をつなぐ文字。", en="What stands between joined columns."),
    ),
    "value": (
        Text(ja="文字、数、true、false", en="text, number, true, false"),
        Text(ja="すべての行に同じ値。", en="One value for every row."),
    ),
    "type": (
        Text(ja=" / ".join(get_args(ColumnType)), en=" / ".join(get_args(ColumnType))),
        Text(
            ja="値の種類（下の表）。設問と決まった列では決まっているので書きません。それ以外の列には必要です。",
            en="The kind of value (below). Items and fixed columns have theirs; any other column needs one.",
        ),
    ),
    "codes": (
        Text(ja="組", en="pairs"),
        Text(
            ja="セル → 保存する値。書けば、挙げたセルだけが許されます。null は値なし。設問では、書かなければ"
            "尺度の番号か選択肢の文。",
            en="Cell → what is stored; only these cells may occur. null means no value. For an item without"
            " it: the codes of its scale, or the words of its answers.",
        ),
    ),
    "missing": (
        Text(ja="箇条", en="list"),
        Text(
            ja="この項目で値がないことを表すセル。書かなければ `file` のもの。",
            en="Cells of this field that mean no value. Without it: those of `file`.",
        ),
    ),
    "range": (
        Text(ja="[下限, 上限]", en="[lowest, highest]"),
        Text(
            ja="ありうる数の範囲（両端を含む）。null はその側の限りなし。外れた行は取り込みません。",
            en="Plausible numbers, ends included; null leaves an end open. Anything else is refused.",
        ),
    ),
    "offset": (
        Text(ja="文字", en="text"),
        Text(
            ja='時差の書かれていない日時の時差。日本は `"+09:00"`。',
            en='The offset from UTC of moments written without one; for Japan `"+09:00"`.',
        ),
    ),
    "numbers": (
        Text(ja=_SAMPLES, en=_SAMPLES),
        Text(
            ja="この項目の数の書き方の見本。書かなければ `file` のもの。",
            en="A sample of how numbers of this field are written. Without it: that of `file`.",
        ),
    ),
    "percent": (
        Text(ja="share / points", en="share / points"),
        Text(
            ja="`17%` を share は 0.17、points は 17 として保存します。% のないセルは受け付けません。",
            en="`17%` is stored as 0.17 (share) or 17 (points). Cells without the sign are refused.",
        ),
    ),
    "serial": (
        Text(ja="1900 / 1904", en="1900 / 1904"),
        Text(
            ja="日付が表計算ソフトの通し番号（45383 など）のとき、数え始める年。1900年方式は61"
            "（1900年3月1日）から読みます。日付のセルには要りません。",
            en="Where days are a spreadsheet's numbers such as 45383: the year they are counted from. In the"
            " system of 1900 they are read from 61 (1 March 1900) on. Cells that are dates need none.",
        ),
    ),
    "cells": (
        Text(ja="codes / labels", en="codes / labels"),
        Text(
            ja="値ラベルを持つ列（SAV、DTA）で、番号とラベルのどちらを読むか。書かなければ番号。ラベルが設問の"
            "尺度で別の番号の言葉なら、どちらかを書くまで取り込みません。",
            en="Of a column with value labels (SAV, DTA): whether codes or labels are read. Without it:"
            " codes. Where a label is the word of another code on the item's scale, one has to be named.",
        ),
    ),
    "comment": (
        Text(ja="true か false", en="true or false"),
        Text(
            ja="自由記述。回答の表ではなく、マスクした文とともに `comments` に入る。"
            "選択肢のない設問は、書かなくてもそうなる",
            en="Free text, which goes to `comments` with its masked form, not among the answers. "
            "An item without choices does so by itself",
        ),
    ),
    "states": (
        Text(ja="組", en="pairs"),
        Text(
            ja="件数の quantity だけ。セル → 数がないことの状態。`status` を書かなければ、"
            "ここから決まります。",
            en="Of the quantity of volumes only. Cell → the state that means there is no number. `status`"
            " follows from it where no field gives it.",
        ),
    ),
    "split": (
        Text(ja="文字", en="text"),
        Text(
            ja="一つのセルに並んだ言葉を分ける文字。`codes` と `missing` は言葉ごとに当てはめます。台帳の、"
            "いくつでも書ける項目は、書かなければ `;`。",
            en="What parts the words of a cell that holds several; `codes` and `missing` then speak of each."
            " Without it: `;` for the fields of the register that hold any number of words.",
        ),
    ),
}
TYPES: dict[ColumnType, Text] = {
    "text": Text(
        ja="書かれたまま。空白も改行も残します。", en="As it was typed, blanks and line breaks included."
    ),
    "integer": Text(
        ja="数字18桁まで（`5`、`-3`、`▲3`、`５`、`5.0`）。桁区切りは `numbers` で示したときだけ。",
        en="Up to 18 digits (`5`, `-3`, `▲3`, `５`, `5.0`); grouped only as `numbers` shows.",
    ),
    "number": Text(
        ja="`1.5`、`.5`、`1e3`、`１．５`。有限で、大きさが2の53乗より小さい数。桁区切りは `numbers`、% は"
        " `percent` で示したときだけ。",
        en="`1.5`, `.5`, `1e3`, `１．５`; finite, and smaller in size than 2 to the power of 53. Groups only"
        " as `numbers` shows, percentages only as `percent` says.",
    ),
    "boolean": Text(ja="`1` `0` `true` `false` `TRUE` `FALSE`", en="`1` `0` `true` `false` `TRUE` `FALSE`"),
    "date": Text(
        ja="`2025-04-01`、`2025/4/1`、`2025.4.1`、`20250401`、`2025年4月1日`、`令和7年4月1日`、`R7.4.1`、`令和元年5月1日`。"
        "元号の始まりと終わりを確かめます。明治は6年から。",
        en="`2025-04-01`, `2025/4/1`, `2025.4.1`, `20250401`, `2025年4月1日`, `令和7年4月1日`, `R7.4.1`,"
        " `令和元年5月1日`. First and last days of an era are checked; Meiji is read from its year 6.",
    ),
    "timestamp": Text(
        ja="日付と時刻: `2025-04-01 09:30:00+09:00`、`令和7年4月1日 9時30分`。秒と時差は省けます（時差は"
        " `offset` が必要）。UTC で保存します。",
        en="A day and a time: `2025-04-01 09:30:00+09:00`, `令和7年4月1日 9時30分`; seconds may be left"
        " out, and the offset where `offset` gives it. Kept in UTC.",
    ),
}
TABLES = {
    "responses": Text(
        ja="一行は一人の回答。表は調査票ごとに `responses/<調査票>`。設問の列（例 `overall`）、いくつでも"
        "選べる設問の選択肢の列（例 `knows_3`）、自分で決めた列を足せます。",
        en="One row is one person's answers, in `responses/<questionnaire>`. Items are columns (`overall`),"
        " so is each choice of an item with any number of them (`knows_3`), and you can add columns of your"
        " own.",
    ),
    "comments": Text(
        ja="一行は一つの自由記述（見られる人を限ります）。`responses` の取り込みの自由記述の項目から入る。"
        "項目のないファイルは `table: comments` で。",
        en="One row is one free text (restricted). Filled from fields of free text in an import of"
        " `responses`, or by `table: comments`.",
    ),
    "events": Text(ja="一行は、手続の一件に起きた一つの出来事。", en="One row is one event of one case."),
    "volumes": Text(
        ja="一行は一つの件数。数えていないことと 0 は別です: 数があれば `status` は `value`、なければ理由。",
        en="One row is one count. Unknown is never 0: with a quantity `status` is `value`, without one it is"
        " the reason.",
    ),
    "practices": Text(
        ja="一行は、職員がしたこと一つ（利用者テスト、点検、研修など）。",
        en="One row is one thing that officials did: a user test, a check, a training.",
    ),
    "organizations": Text(
        ja="一行は一つの組織（局、課、区市町村、ほかの都市）。",
        en="One row is one organization: a bureau, a division, a municipality, another city.",
    ),
    "services": Text(ja="一行は一つのサービス。", en="One row is one service."),
    "procedures": Text(
        ja="一行は一つの手続。段（`account` から `delivery`）には、できるチャネルを並べます。"
        "空は、分からないこと。",
        en="One row is one procedure. A step (`account` to `delivery`) lists the channels through which it"
        " can be done; empty means not known.",
    ),
    "tools": Text(
        ja="一行は一つのツール、基盤、認証の基盤。",
        en="One row is one tool, platform or identity service.",
    ),
}


def import_mapping() -> Iterator[str]:
    yield "`monosashi import` の `--mapping` に渡す YAML です。どの列がどの項目かを、一度だけ書きます。"
    yield "The YAML file given to `monosashi import --mapping`. It says once which column is which field."
    yield ""
    yield "[取り込み方 · How to import](../how-to/import-responses.md)"
    yield ""
    yield "```yaml"
    yield EXAMPLE.rstrip("\n")
    yield "```"
    yield ""
    yield "知らない名前、二度書いた名前、アンカーと別名（`&` `*`）は受け付けません。"
    yield "間違いは、行とともにすべて示します。"
    yield "Unknown names, names written twice, anchors and aliases (`&` `*`) are refused."
    yield "You are told the line of everything that is wrong."
    yield ""
    yield from keys("最上位 · At the top", MappingFile, TOP)
    yield from keys("`file`", FileFormat, FILE)
    yield from keys("`fields` の一項目 · One of `fields`", FieldMapping, FIELD)
    yield "`column`、`columns`、`value` のうち、ちょうど一つを書きます。"
    yield "Exactly one of `column`, `columns` and `value` is needed."
    yield ""
    yield "公的統計の表のように、数の代わりに記号が入る件数:"
    yield "Counts in which a sign may stand for a number, as in tables of official statistics:"
    yield ""
    yield "```yaml"
    yield VOLUMES.rstrip("\n")
    yield "```"
    yield ""
    yield from types()
    yield "## 表と決まった列 · Tables and their fixed columns"
    yield ""
    for name, schema in RECORDS.items():
        yield from of_table(name, schema)
    yield "## 台帳 · The register"
    yield ""
    yield "`organizations`、`services`、`procedures`、`tools` は、レイクではなく台帳に入ります。"
    yield "`organizations`, `services`, `procedures` and `tools` go to the register, not to the lake."
    yield "対応表にない列は、台帳にあるままです。 Columns that the mapping does not name stay as they are."
    yield ""
    for name, schema in REGISTER.items():
        yield from of_table(name, schema)
    yield from bounds()


def keys(title: str, model: type[BaseModel], about: dict[str, tuple[Text, Text]]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    rows = (
        (f"`{name}`", *sides(about[name][0]), default(model, name), about[name][1].ja, about[name][1].en)
        for name in model.model_fields
    )
    yield from table(
        ("名前 · name", "書くもの · type", "既定 · default", "説明", "meaning"), map(merged, rows)
    )


def sides(text: Text) -> tuple[str, str]:
    return text.ja, text.en


def merged(row: tuple[str, ...]) -> tuple[str, ...]:
    name, ja, en, *rest = row
    return (name, ja if ja == en else f"{ja} · {en}", *rest)


def default(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    if field.is_required():
        return "必要 · required"
    value = field.get_default(call_default_factory=True)
    if value == ("",):
        return '`[""]`'
    return f"`{value}`" if isinstance(value, str) else "—"


def types() -> Iterator[str]:
    yield "## 値の種類 · Types"
    yield ""
    rows = ((f"`{kind}`", TYPES[kind].ja, TYPES[kind].en) for kind in get_args(ColumnType))
    yield from table(("type", "セルの書き方", "what may stand in a cell"), rows)


def of_table(name: str, schema: Schema) -> Iterator[str]:
    yield f"### `{name}`"
    yield ""
    yield f"{TABLES[name].ja} {TABLES[name].en}"
    yield ""
    about = ENTRIES if schema.name in REGISTER else COLUMNS
    key = ", ".join(f"`{column}`" for column in schema.key)
    yield f"行を見分ける項目 · key: {key}"
    yield ""
    rows = (
        (f"`{column}`", f"`{kind}`", needed(column, schema), about[column].ja, about[column].en)
        for column, kind in schema.columns.items()
    )
    yield from table(("列 · column", "type", "決まり · rule", "説明", "meaning"), rows)
    if name == "volumes":
        yield from measures()


def measures() -> Iterator[str]:
    yield "`measure` は次の言葉で書けば、どこでも同じ意味になります。ほかの言葉も使えます。"
    yield "These words for `measure` mean the same everywhere; others are taken as well."
    yield ""
    rows = ((f"`{word}`", said.ja, said.en) for word, said in VOLUME_MEASURES.items())
    yield from table(("measure", "説明", "meaning"), rows)


def needed(column: str, schema: Schema) -> str:
    return "; ".join(rules(column, schema)) or "—"


def rules(column: str, schema: Schema) -> Iterable[str]:
    if schema.name in REGISTER and column in LISTS:
        yield "いくつでも · any number"
    if column in schema.required:
        yield "すべての行に必要 · needed in every row"
    if column in schema.positive:
        yield "使うなら、すべての行で 0 より大きい有限の数 · if used, finite and above 0 in every row"
    if column in schema.ranges:
        yield "0 以上 · 0 or more"
    if column in schema.words:
        yield " / ".join(f"`{word}`" for word in schema.words[column])


def bounds() -> Iterator[str]:
    yield "## 名前と大きさの限り · Names and limits"
    yield ""
    yield "自分で決める列の名前は、半角の小文字で始め、小文字・数字・下線・ハイフンで63字まで。"
    yield "A column of your own begins with a small letter and has up to 63 small letters, digits,"
    yield "underscores and hyphens."
    yield ""
    rows = (
        ("ファイル · file", f"{limits.FILE_BYTES:,} bytes"),
        ("対応表 · mapping", f"{limits.MAPPING_BYTES:,} bytes"),
        ("列 · columns", f"{limits.COLUMNS:,}"),
        ("行 · rows", f"{limits.ROWS:,}"),
        ("セル · cell", f"{limits.CELL_BYTES:,} bytes"),
        ("示す間違い · findings listed", f"{limits.LISTED:,}"),
    )
    yield from table(("何の · of", "上限 · limit"), rows)
