"""Every error once: a code, what happened, and what to do, in Japanese and English.

A `Problem` stops the work; a `Finding` is one entry of a list that is collected before stopping.
Both are made from a `Kind`, so that a message is written in one place and documented by the suite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One kind of error. `what` and `do` are templates filled with the details of the case."""

    code: str
    what_ja: str
    what_en: str
    do_ja: str
    do_en: str

    def __call__(self, where: str = "", findings: Sequence[Finding] = (), **details: Any) -> Problem:
        return Problem(self, where, details, tuple(findings))

    def found(
        self, *, row: int | None = None, column: str | None = None, file: str | None = None, **details: Any
    ) -> Finding:
        return Finding(self, row, column, details, file)

    def say(self, language: str, details: dict[str, Any]) -> tuple[str, str]:
        """(what, what to do) in `ja` or `en`."""
        what, do = (self.what_ja, self.do_ja) if language == "ja" else (self.what_en, self.do_en)
        return what.format(**details), do.format(**details)


@dataclass(frozen=True)
class Finding:
    """One thing wrong at one place.

    `row` is the physical line of the file, counted from 1. `cell` is the place as a spreadsheet calls it.
    """

    kind: Kind
    row: int | None = None
    column: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    file: str | None = None  # where one check reads many files
    cell: str | None = None

    def as_text(self, language: str) -> str:
        what, do = self.kind.say(language, {"row": self.row, "column": self.column, **self.details})
        return f"{self._place(language)}: {what} {do}".strip(": ").strip()

    def _place(self, language: str) -> str:
        row, column = self.row or "", self.column or ""
        if language == "ja":
            named = (row and f"{row}行目", column and f"列「{column}」")
        else:
            named = (row and f"line {row}", column and f'column "{column}"')
        where = (self.file, self.cell or named[0], named[1])
        return ("、" if language == "ja" else ", ").join(str(part) for part in where if part)

    def as_json(self) -> dict[str, Any]:
        what_ja, do_ja = self.kind.say("ja", {"row": self.row, "column": self.column, **self.details})
        what_en, do_en = self.kind.say("en", {"row": self.row, "column": self.column, **self.details})
        return {
            "code": self.kind.code,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "what": {"ja": what_ja, "en": what_en},
            "do": {"ja": do_ja, "en": do_en},
        }


class Problem(Exception):
    """Something the person can fix: what, where, what to do, and every finding behind it."""

    FIRST = 100  # findings shown; the total is always named

    def __init__(
        self, kind: Kind, where: str, details: dict[str, Any], findings: tuple[Finding, ...]
    ) -> None:
        self.kind, self.where, self.details, self.findings = kind, where, details, findings
        super().__init__(self.as_text("en"))

    def __reduce__(self) -> tuple[Any, ...]:
        """How a problem travels from one process to another."""
        return Problem, (self.kind, self.where, self.details, self.findings)

    def as_text(self, language: str) -> str:
        what, do = self.kind.say(language, self.details)
        lines = [f"{self.where}: {what}" if self.where else what, do]
        lines += [f"  - {finding.as_text(language)}" for finding in self.findings[: self.FIRST]]
        if len(self.findings) > self.FIRST:
            rest = len(self.findings) - self.FIRST
            lines.append(f"  … ほか{rest}件" if language == "ja" else f"  … and {rest} more")
        lines.append(f"[{self.kind.code}]")
        return "\n".join(line for line in lines if line)

    def __str__(self) -> str:
        return self.as_text("en")


def kinds() -> dict[str, Kind]:
    """Every kind declared in this module, by code (the reference page is generated from it)."""
    return {kind.code: kind for kind in globals().values() if isinstance(kind, Kind)}


# ---- the kinds, in the order of the rooms that raise them -------------------------------------------

FILE_MISSING = Kind(
    "file-missing",
    "ファイルが見つかりません。",
    "There is no such file.",
    "パスを確かめてください。相対パスは依頼ファイルのある場所から数えます。",
    "Check the path; a relative path counts from the folder of the request file.",
)
SETTING_INVALID = Kind(
    "setting-invalid",
    "設定 {name} の値「{value}」は使えません。",
    "The setting {name} has a value that cannot be used: {value!r}.",
    "{expected}",
    "{expected}",
)
PERIOD_UNKNOWN = Kind(
    "period-unknown",
    "期間「{name}」を読み取れません。",
    "The period {name!r} cannot be read.",
    "FY2025、2025H2、2025-Q3、2025-11 のように書いてください。",
    "Write it like FY2025, 2025H2, 2025-Q3 or 2025-11.",
)

# define: the files of a guideline. Findings name the file and its line.

GUIDELINE_UNKNOWN = Kind(
    "guideline-unknown",
    "ガイドライン「{ref}」が見つかりません。",
    "There is no guideline {ref!r}.",
    "同梱のもの（{known}）の名前と版を tokyo/1.1.0 のように書くか、guideline.yaml のあるフォルダーを指定してください。",
    "Name a shipped one ({known}) like tokyo/1.1.0, or a folder that holds a guideline.yaml.",
)
GUIDELINE_FILE_CLOSED = Kind(
    "guideline-file-closed",
    "ファイル {file} を開けません（{problem}）。",
    "The file {file} cannot be opened ({problem}).",
    "読み取りの権限があるか、ほかのソフトウェアが使っていないかを確かめてください。",
    "Check that you may read it and that no other program holds it.",
)
GUIDELINE_INVALID = Kind(
    "guideline-invalid",
    "ガイドラインに直すところが{count}件あります。",
    "The guideline has {count} thing(s) to correct.",
    "下の一覧のファイルと行を直し、もう一度 monosashi guideline validate を実行してください。",
    "Correct the files and lines listed below, then run monosashi guideline validate again.",
)
GUIDELINE_ENCODING = Kind(
    "guideline-encoding",
    "UTF-8 ではない文字があります。",
    "There is a character that is not UTF-8.",
    "文字コードを UTF-8 にして保存し直してください。",
    "Save the file again as UTF-8.",
)
GUIDELINE_UNREADABLE = Kind(
    "guideline-unreadable",
    "YAML として読み取れません（{problem}）。",
    "This is not readable YAML ({problem}).",
    "この行とその前の行の字下げ、引用符、コロンの後の空白を確かめてください。上のほうで閉じ忘れた引用符のこともあります。",
    "Check indentation, quotes and the blank after the colon here and on the line before; a quote further up may never end.",
)
GUIDELINE_TAB = Kind(
    "guideline-tab",
    "字下げにタブが使われています。",
    "The line is indented with a tab.",
    "タブを半角の空白に置きかえてください（一段につき二つ）。",
    "Replace the tab with blanks, two for each level.",
)
GUIDELINE_TABLE = Kind(
    "guideline-table",
    "CSV の表として読み取れません（{problem}）。",
    "This is not readable as a CSV table ({problem}).",
    "この行とその前の行の引用符とコンマを確かめてください。",
    "Check quotes and commas on this line and the one before.",
)
GUIDELINE_FILE_MISSING = Kind(
    "guideline-file-missing",
    "このファイルは必ず必要ですが、ありません。",
    "This file is needed and is not there.",
    "同梱のガイドラインの同じ名前のファイルに倣って作ってください。",
    "Create it after the file of the same name in a shipped guideline.",
)
GUIDELINE_EMPTY = Kind(
    "guideline-empty",
    "中身がありません。",
    "The file is empty.",
    "内容を書くか、ファイルを取り除いてください。",
    "Fill it in, or remove the file.",
)
GUIDELINE_SHAPE = Kind(
    "guideline-shape",
    "ファイルの形が違います。{expected_ja}が必要です。",
    "The file has another shape than {expected_en}.",
    "同梱のガイドラインの同じ名前のファイルに倣ってください。",
    "Follow the file of the same name in a shipped guideline.",
)
GUIDELINE_ALIAS = Kind(
    "guideline-alias",
    "YAML のアンカーと別名（& と *）は使えません。",
    "YAML anchors and aliases (& and *) are not used here.",
    "値をその場所にそのまま書いてください。",
    "Write the value out where it is needed.",
)
GUIDELINE_KEY_TWICE = Kind(
    "guideline-key-twice",
    "「{key}」が{first}行目にもあります。",
    "{key!r} already stands on line {first}.",
    "どちらか一つにしてください。",
    "Keep one of the two.",
)
GUIDELINE_KEY_UNKNOWN = Kind(
    "guideline-key-unknown",
    "「{key}」という項目はありません。",
    "There is no field called {key!r} here.",
    "近い名前: {nearest}。綴りを直すか、行を取り除いてください。",
    "Nearest: {nearest}. Correct the spelling or remove the line.",
)
GUIDELINE_KEY_MISSING = Kind(
    "guideline-key-missing",
    "「{key}」がありません。",
    "The field {key!r} is missing.",
    "「{key}: …」を書き加えてください。",
    "Add {key}: … here.",
)
GUIDELINE_ONE_LANGUAGE = Kind(
    "guideline-one-language",
    "「{key}」に {language} の文がありません。",
    "{key!r} has no text in {language!r}.",
    "日本語（ja）と英語（en）の両方を書いてください。",
    "Write both languages, ja and en.",
)
GUIDELINE_UNREFERENCED = Kind(
    "guideline-unreferenced",
    "「{key}」に出典がありません。",
    "{key!r} does not say where it comes from.",
    "文書名（source）と箇所（place）を書いてください。出典のない値は使えません。",
    "Name the document (source) and the place in it (place); a value without one is not used.",
)
GUIDELINE_VALUE = Kind(
    "guideline-value",
    "「{key}」の値「{value}」は使えません。",
    "{key!r} cannot be {value!r}.",
    "{expected_ja}を書いてください。",
    "Write {expected_en}.",
)
GUIDELINE_ID_TWICE = Kind(
    "guideline-id-twice",
    "「{id}」は {first} でも使われています。",
    "{id!r} is used by {first} too.",
    "どちらかの名前を変えてください。公表した後の名前は変えられないので、新しいほうを変えます。",
    "Rename one of them: the newer, since a published name never changes.",
)
GUIDELINE_NOT_THERE = Kind(
    "guideline-not-there",
    "「{key}」が指す「{id}」がありません。",
    "{key!r} names {id!r}, which does not exist.",
    "近いもの: {nearest}。名前を直すか、{where_ja}に書き加えてください。",
    "Nearest: {nearest}. Correct the name, or add it to {where_en}.",
)
GUIDELINE_FILE_NAME = Kind(
    "guideline-file-name",
    "ファイル名と中の「{id}」が合っていません。",
    "The name of the file and {id!r} in it do not agree.",
    "ファイル名を {expected} にするか、中の値を直してください。",
    "Call the file {expected}, or correct the value in it.",
)
GUIDELINE_FILE_UNREAD = Kind(
    "guideline-file-unread",
    "このファイルはどこからも読まれません。",
    "Nothing reads this file.",
    "名前と置き場所を確かめてください（拡張子は .yaml と .csv）。覚え書きは README.md に書けます。",
    "Check its name and folder (endings are .yaml and .csv); remarks can stand in a README.md.",
)
GUIDELINE_PRINCIPLES = Kind(
    "guideline-principles",
    "原則の番号は1から{count}まで一つずつ必要です。足りない番号: {lacking}。余る番号: {extra}。",
    "Principles are numbered 1 to {count}, each once. Lacking: {lacking}. Too many: {extra}.",
    "principles/ のファイルの number と、guideline.yaml の principle_count を確かめてください。",
    "Check number in the files under principles/ and principle_count in guideline.yaml.",
)
GUIDELINE_HALF = Kind(
    "guideline-half",
    "時期「{value}」はロードマップの範囲（{start}〜{end}）の年度半期ではありません。",
    "{value!r} is not a fiscal half of the roadmap ({start} to {end}).",
    "2023H1（2023年度上半期）のように、範囲の中で、from が to より後にならないように書いてください。",
    "Write it like 2023H1 (first half of fiscal 2023), within the roadmap, and from no later than to.",
)
GUIDELINE_ROADMAP = Kind(
    "guideline-roadmap",
    "ロードマップの範囲「{start}〜{end}」が年度半期ではないか、逆になっています。",
    "The roadmap cannot run from {start!r} to {end!r}: these are no fiscal halves in order.",
    "roadmap の from と to を 2022H2 と 2025H2 のように書いてください。",
    "Write from and to of the roadmap like 2022H2 and 2025H2.",
)
GUIDELINE_SHARE = Kind(
    "guideline-share",
    "割合（unit: share）の「{key}」が {value} になっています。割合は0から1で表します。",
    "{key!r} of an indicator whose unit is share is {value}; a share lies between 0 and 1.",
    "70％なら 0.70 と書いてください。",
    "Write 0.70 for 70 percent.",
)
GUIDELINE_VOLUMES = Kind(
    "guideline-volumes",
    "{statistic} は、件数の表（volumes）からだけ計算できます。",
    "{statistic} is computed from the table of counts (volumes) alone.",
    "table を volumes にするか、ほかの統計量を選んでください。",
    "Set table to volumes, or choose another statistic.",
)
GUIDELINE_MEASURE = Kind(
    "guideline-measure",
    "統計量「{statistic}」には「{key}」が必要です。",
    "The statistic {statistic!r} needs {key!r}.",
    "measures のこの項目に「{key}: …」を書き加えてください。",
    "Add {key}: … to this entry of measures.",
)
GUIDELINE_NOT_APPLICABLE = Kind(
    "guideline-not-applicable",
    "「{part}」は該当なし（not_applicable）とされていますが、中身があります。",
    "{part!r} is marked not_applicable, yet there is something in it.",
    "not_applicable から外すか、中身を取り除いてください。",
    "Take it out of not_applicable, or remove what stands there.",
)
GUIDELINE_COLUMNS = Kind(
    "guideline-columns",
    "列が違います。足りない列: {lacking}。知らない列: {extra}。",
    "The columns differ. Lacking: {lacking}. Unknown: {extra}.",
    "1行目を {expected} にしてください。",
    "Make the first line {expected}.",
)
GUIDELINE_CELLS = Kind(
    "guideline-cells",
    "セルが{cells}個あります（列は{columns}個）。",
    "There are {cells} cells for {columns} columns.",
    '読点ではない「,」を含む文は " " で囲んでください。',
    "Put a text that contains a comma between double quotes.",
)

CODE_FRAME_WORD_TWICE = Kind(
    "code-frame-word-twice",
    "語「{word}」は {first} にもあります。",
    "The word {word!r} already stands at {first}.",
    "一つのテーマの中、また good、bad、wish、able を通して、同じ語は一度だけ書いてください。",
    "Write a word once within a theme, and once among good, bad, wish and able.",
)
CODE_FRAME_WORD_EMPTY = Kind(
    "code-frame-word-empty",
    "語が空です。",
    "There is a word that is empty.",
    "語を書くか、この一つを除いてください。",
    "Write the word, or remove this entry.",
)

# ---- gather: files as they arrive ---------------------------------------------------------------------

IMPORT_REFUSED = Kind(
    "import-refused",
    "取り込めません。直すところが{count}件あります（先頭の{listed}件を示します）。何も保存していません。",
    "The file cannot be imported: {count} thing(s) to correct, the first {listed} listed. Nothing was stored.",
    "下の行と列を直すか、対応表（--mapping）を直してから、もう一度取り込んでください。",
    "Correct the lines and columns below, or the mapping file, and import again.",
)
IMPORT_KIND_LATER = Kind(
    "import-kind-later",
    "{kind} の取り込みは、この版ではまだできません。",
    "Importing {kind} is not available in this version.",
    "取り込めるもの: {available}。",
    "Available: {available}.",
)
IMPORT_TABLE = Kind(
    "import-table",
    "取り込み先「{table}」は、{kind} の取り込みには使えません。",
    "{table!r} cannot be the table of an import of {kind}.",
    "対応表の table、または --instrument を確かめてください（例: {example}）。",
    "Check table in the mapping, or --instrument (for example {example}).",
)
IMPORT_STOPPED = Kind(
    "import-stopped",
    "読み取りを途中で止めました（{reason_ja}）。何も保存していません。",
    "Reading was stopped ({reason_en}). Nothing was stored.",
    "ファイルを分けて、少しずつ取り込んでください。",
    "Split the file and import the parts one by one.",
)
IMPORT_NOT_READY = Kind(
    "import-not-ready",
    "「{name}」は、いまは変えられません（読んでいる途中か、もう取り込んだか、直すところが残っています）。",
    "{name!r} cannot be changed now: it is being read, was stored already, or has something to correct.",
    "ページを開き直して、いまの状態を確かめてください。",
    "Open the page again and look at its state.",
)
FILE_TOO_LARGE = Kind(
    "file-too-large",
    "ファイルが大きすぎます（{size:,} バイト。上限は {limit:,} バイト）。",
    "The file is too large: {size:,} bytes; the limit is {limit:,}.",
    "期間などで分けて、何回かに分けて取り込んでください。同じ行が二重に入ることはありません。",
    "Split it, by period for example, and import the parts; no row is ever stored twice.",
)
FILE_NOT_TEXT = Kind(
    "file-not-text",
    "表のファイルではありません（中身は {kind} です）。",
    "This is no file of a table; its content is {kind}.",
    "元のソフトで CSV（UTF-8）か XLSX として保存し直してください。拡張子を変えるだけでは変わりません。",
    "Save it as CSV (UTF-8) or XLSX where it was made; changing the ending of the name is not enough.",
)
FILE_ENCRYPTED = Kind(
    "file-encrypted",
    "ファイルにパスワードがかかっています。",
    "The file is protected by a password.",
    "パスワードを外して保存し直してください。",
    "Save it again without a password.",
)
CONTAINER_TOO_LARGE = Kind(
    "container-too-large",
    "ファイルの中に詰められたものが大きすぎます（{what_ja}: {size:,}。上限は {limit:,}）。",
    "What is packed into the file is too large ({what_en}: {size:,}; the limit is {limit:,}).",
    "要らないシートや画像を除くか、ファイルを分けてください。",
    "Remove sheets and pictures that are not needed, or split the file.",
)
CONTAINER_XML = Kind(
    "container-xml",
    "ファイルの中の {part} に、文書型宣言（DTD）があります。",
    "The part {part} of the file declares a document type (DTD).",
    "表計算ソフトで開き、XLSX か ODS として保存し直してください。",
    "Open it in a spreadsheet program and save it again as XLSX or ODS.",
)
SHEET_UNSURE = Kind(
    "sheet-unsure",
    "中身のあるシートがいくつもあります: {sheets}",
    "More than one sheet has content: {sheets}",
    "対応表の file に（推定やログの依頼では最上位に）「sheet: シートの名前」を書いてください。",
    "Write 'sheet: name of the sheet' under file in the mapping, or at the top of a request.",
)
SHEET_UNKNOWN = Kind(
    "sheet-unknown",
    "シート「{sheet}」がありません。あるのは: {sheets}",
    "There is no sheet {sheet!r}. There are: {sheets}",
    "対応表の file（依頼では最上位）の sheet を直してください。シートのない形式では取り除いてください。",
    "Correct sheet, under file in the mapping or at the top of a request; remove it where the format has no sheets.",
)
CELL_IS_ERROR = Kind(
    "cell-is-error",
    "セルの計算がエラーになっています（{value}）。",
    "The cell holds the error {value}.",
    "式を直すか、値を入れて保存し直してください。",
    "Correct the formula, or type the value, and save the file again.",
)
CELL_NOT_CALCULATED = Kind(
    "cell-not-calculated",
    "式の結果が保存されていません。",
    "The cell holds a formula whose result was never stored.",
    "表計算ソフトで開いて保存し直すか、値に置きかえてください。式は計算しません。",
    "Open the file in a spreadsheet program and save it again, or put the value in; formulas are not calculated.",
)
DIGITS_LOST = Kind(
    "digits-lost",
    "「{value}」は桁の多い数で、下の桁が失われているかもしれません。",
    "{value!r} has more digits than a spreadsheet keeps; the last may be lost.",
    "番号なら、セルの書式を文字列にして入れ直してください。",
    "If it identifies something, format the cell as text and type it again.",
)
DAY_UNCERTAIN = Kind(
    "day-uncertain",
    "1900年3月1日より前の日付「{value}」は、ソフトによって一日ずれます。",
    "{value!r}, a day before 1 March 1900, differs by one between programs.",
    "セルの書式を文字列にして、日付を文字で入れてください。",
    "Format the cell as text and type the day.",
)
JSON_LINE = Kind(
    "json-line",
    "この行は JSON のオブジェクトではありません（{detail}）。",
    "This line is no JSON object ({detail}).",
    '一行に一つ、{{"列の名前": 値}} の形で書いてください。',
    'Write one object a line, such as {{"column": value}}.',
)
JSON_VALUE = Kind(
    "json-value",
    "値が文字、数、true、false、null のどれでもないか、保存できない文字を含みます。",
    "The value is no text, number, true, false or null, or has a character that cannot be stored.",
    "入れ子の値は、列を分けて書いてください。",
    "Write nested values as columns of their own.",
)
JSON_NAME_TWICE = Kind(
    "json-name-twice",
    "この行に、同じ名前が二度あります。",
    "The same name stands twice on this line.",
    "一つにしてください。",
    "Leave one of them.",
)
FILE_UNREADABLE = Kind(
    "file-unreadable",
    "ファイルを開けません（{detail}）。",
    "The file cannot be opened ({detail}).",
    "読み取りの権限と、フォルダーではなくファイルであることを確かめてください。",
    "Check that it is a file, not a folder, and that it may be read.",
)
ENCODING_UNKNOWN = Kind(
    "encoding-unknown",
    "文字コード「{encoding}」は使えません。",
    "The encoding {encoding!r} is not one that can be read.",
    "使えるもの: {known}。",
    "Those that can: {known}.",
)
ENCODING_UNSURE = Kind(
    "encoding-unsure",
    "文字コードを確かめられません。最初の文字の読まれ方: {samples}",
    "The encoding is not certain. How the first words would read: {samples}",
    "正しく読めるものを --encoding で指定してください（{known}）。",
    "Name the one that reads right with --encoding ({known}).",
)
ENCODING_DISAGREES = Kind(
    "encoding-disagrees",
    "文字コードに {asked} が指定されていますが、中身はそうではありません（{seen_ja}）。",
    "The encoding {asked} was asked for, but the content says otherwise ({seen_en}).",
    "--encoding、または対応表の file の encoding を取り除くか、正しいものに直してください。",
    "Remove or correct --encoding, or encoding under file in the mapping.",
)
BYTES_UNDECODABLE = Kind(
    "bytes-undecodable",
    "{encoding} として読めないところが{count}か所あります。",
    "{count} place(s) are not {encoding}.",
    "下の行を直すか、正しい文字コードを --encoding で指定してください。",
    "Correct the lines below, or name the right encoding with --encoding.",
)
BYTE_LOST = Kind(
    "byte-lost",
    "読めないバイト {byte} があります。",
    "The byte {byte} cannot be read.",
    "この行の文字を入力し直してください。",
    "Type the words of this line again.",
)
NUL_CHARACTER = Kind(
    "nul-character",
    "保存できない文字（NUL）があります。",
    "There is a NUL character, which cannot be stored.",
    "この行から取り除いてください。",
    "Remove it from this line.",
)
QUOTES_BROKEN = Kind(
    "quotes-broken",
    "ここから始まる行の引用符が閉じていないか、閉じた後に文字があります。",
    "Quotation marks of the record that begins here are not closed, or text follows the closing one.",
    '引用符を閉じ、文の中の " は "" と書いてください。',
    'Close them, and write a " inside a text as "".',
)
COLUMNS_TOO_MANY = Kind(
    "columns-too-many",
    "列が{count}個あります（上限は{limit}個）。",
    "There are {count} columns; the limit is {limit}.",
    "要らない列を除くか、区切り文字を確かめてください。",
    "Leave out columns that are not needed, or check the separator.",
)
ROWS_TOO_MANY = Kind(
    "rows-too-many",
    "行が{limit:,}行を超えています。",
    "There are more than {limit:,} rows.",
    "ファイルを分けて取り込んでください。",
    "Split the file and import the parts.",
)
CELL_TOO_LARGE = Kind(
    "cell-too-large",
    "セルの中身が{limit:,}バイトを超えています。",
    "The cell holds more than {limit:,} bytes.",
    "引用符の閉じ忘れがないか確かめ、長い文は短くしてください。",
    "Check for a quotation mark that is not closed; shorten a text that is really this long.",
)
HEADER_EMPTY = Kind(
    "header-empty",
    "{number}番目の列に名前がありません。",
    "Column number {number} has no name.",
    "見出しの行に名前を書いてください。見出しがもっと下の行にあるなら、対応表の file に header_row を書いてください。",
    "Give it a name in the header; where the header stands further down, write header_row under file in the mapping.",
)
HEADER_ROW = Kind(
    "header-row",
    "見出しの行（header_row: {row}）に見出しがありません。",
    "There is no header on the row that header_row names ({row}).",
    "対応表の file の header_row を、見出しのある行の番号に直してください。見出しの行を持たない形式では取り除いてください。",
    "Correct header_row under file in the mapping; remove it where the format has no header row.",
)
HEADER_TWICE = Kind(
    "header-twice",
    "同じ名前の列が{numbers}番目にあります。",
    "Columns number {numbers} have the same name.",
    "列の名前を一つずつ違うものにしてください。",
    "Give every column a name of its own.",
)
MAPPING_INVALID = Kind(
    "mapping-invalid",
    "対応表に直すところが{count}件あります。",
    "The mapping file has {count} thing(s) to correct.",
    "下の行を直してください。",
    "Correct the lines below.",
)
MAPPING_NEEDED = Kind(
    "mapping-needed",
    "どの列が何かを決められません（項目と同じ名前ではない列があります）。",
    "Which column is what cannot be told: not all are called as the fields are.",
    "次の案をファイルに保存し、右側の列を直して、--mapping で渡してください。\n{suggestion}",
    "Save this suggestion as a file, correct the columns on the right, and pass it with --mapping.\n{suggestion}",
)
MAPPING_NO_FIELDS = Kind(
    "mapping-no-fields",
    "fields に項目が一つもありません。",
    "There is nothing under fields.",
    "「response_id: 列の名前」のように書き加えてください。",
    "Add lines such as 'response_id: name of the column'.",
)
MAPPING_SOURCE = Kind(
    "mapping-source",
    "「{field}」には column、columns、value のどれか一つが必要です（今は {given}）。",
    "The field {field!r} needs exactly one of column, columns and value (it has {given}).",
    "列から取るなら column、列をつなぐなら columns、すべての行で同じなら value を書いてください。",
    "Write column to take a column, columns to join several, value for one value in every row.",
)
MAPPING_RANGE = Kind(
    "mapping-range",
    "「{field}」の range が、下限と上限の組になっていません。",
    "The range of {field!r} is not a pair of lowest and highest.",
    "[下限, 上限] の順に書いてください。一方だけなら、他方を null にします。",
    "Write it as [lowest, highest]; null leaves an end open.",
)
MAPPING_STATE = Kind(
    "mapping-state",
    "「{field}」の states にある「{state}」は、数量がないことの理由ではありません。",
    "The states of {field!r} lead to {state!r}, which is no reason for a missing quantity.",
    "使えるもの: {known}。",
    "Those that are: {known}.",
)
MAPPING_KEY = Kind(
    "mapping-key",
    "key の「{field}」が fields にありません。",
    "The key names {field!r}, which is not among the fields.",
    "fields に加えるか、key から除いてください。",
    "Add it to fields, or take it out of key.",
)
FIELD_LACKING = Kind(
    "field-lacking",
    "表 {table} に必要な「{field}」が対応表にありません。",
    "The table {table} needs the field {field!r}, which the mapping does not give.",
    "対応表の fields に「{field}: 列の名前」を書き加えてください。",
    "Add '{field}: name of the column' to fields in the mapping.",
)
FIELD_UNKNOWN = Kind(
    "field-unknown",
    "「{field}」は調査票の設問でも、表の決まった列でもありません。近い名前: {nearest}。",
    "{field!r} is neither an item of the questionnaire nor a column of the table. Nearest: {nearest}.",
    "綴りを直すか、設問以外の列なら対応表に type を書いてください。",
    "Correct the spelling; for a column of your own, give it a type in the mapping.",
)
FIELD_NAME = Kind(
    "field-name",
    "「{field}」という名前の列は保存できません。",
    "A column cannot be stored under the name {field!r}.",
    "半角の小文字で始め、小文字・数字・下線・ハイフンで名付けてください。",
    "Begin with a small letter; use small letters, digits, underscores and hyphens.",
)
FIELD_MANY = Kind(
    "field-many",
    "設問「{field}」はいくつでも選べるので、一つの列には入りません。",
    "Any number of choices of the item {field!r} can be taken; one column cannot hold them.",
    "選択肢ごとの列（はい・いいえ）を対応させてください: {columns}。",
    "Map one column of yes and no for each choice: {columns}.",
)
FIELD_TYPE = Kind(
    "field-type",
    "「{field}」の type は {expected} と決まっています（{given} ではありません）。",
    "The type of {field!r} is {expected}; it cannot be {given}.",
    "対応表の type を取り除いてください。",
    "Remove type from the mapping.",
)
FIELD_FREE_TEXT = Kind(
    "field-free-text",
    "「{field}」は自由記述にできません。",
    "{field!r} cannot be free text.",
    "comment: true は、回答の取り込みで、選択肢のない設問か、決まった列でも設問でもない列に書いてください。",
    "Write comment: true for an item without choices, or a column of your own, in an import of responses.",
)
FIELD_RANGE = Kind(
    "field-range",
    "「{field}」は数ではない（{type}）ので、range は使えません。",
    "The range of {field!r} has no meaning: it is not a number but {type}.",
    "対応表の range を取り除いてください。",
    "Remove range from the mapping.",
)
FIELD_OPTION = Kind(
    "field-option",
    "「{field}」（{type}）では、{option} は意味を持ちません。",
    "{option} means nothing for {field!r}, which is {type}.",
    "対応表のこの項目から {option} を取り除いてください（states は件数の quantity だけに使えます）。",
    "Remove {option} from the field in the mapping (states belong to the quantity of volumes only).",
)
STATE_TWICE = Kind(
    "state-twice",
    "「{field}」のセル「{cell}」が、states にも codes か missing にもあります。",
    "The cell {cell!r} of {field!r} stands under states and under codes or missing as well.",
    "どちらか一方だけに書いてください。",
    "Leave it in one place only.",
)
LABELS_DISAGREE = Kind(
    "labels-disagree",
    "ファイルは値 {code} を「{label}」と呼んでいますが、設問の尺度では {code} は「{said}」です。",
    "The file calls the value {code} {label!r}, but on the scale of the item {code} means {said!r}.",
    "言葉が正しければ、対応表のこの項目に cells: labels を、番号が正しければ cells: codes を書いてください。",
    "Write cells: labels for the field in the mapping if the words are right, cells: codes if the numbers are.",
)
SERIAL_DISAGREES = Kind(
    "serial-disagrees",
    "対応表の serial は {asked} ですが、このブックは {epoch} 年から日を数えています。",
    "The mapping says serial: {asked}, but this workbook counts its days from {epoch}.",
    "対応表の serial を {epoch} に直してください。",
    "Write serial: {epoch} in the mapping.",
)
FIELD_SPLIT = Kind(
    "field-split",
    "「{field}」は文字ではない（{type}）ので、split は使えません。",
    "The cells of {field!r} cannot be split: the field is not text but {type}.",
    "対応表の split を取り除いてください。",
    "Remove split from the mapping.",
)
CODE_NOT_OFFERED = Kind(
    "code-not-offered",
    "「{field}」の codes に、決められた値ではない「{value}」があります。",
    "The codes of {field!r} lead to {value!r}, which is not one of its values.",
    "決められた値: {known}。答えがないことを表すなら missing に挙げてください。",
    "Its values: {known}. A cell that means no answer belongs under missing.",
)
CODE_UNKNOWN = Kind(
    "code-unknown",
    "「{value}」は決められた値ではありません。",
    "{value!r} is not one of the known values.",
    "近いもの: {nearest}。セルを直すか、対応表の codes か missing に加えてください。",
    "Nearest: {nearest}. Correct the cell, or add it to codes or missing in the mapping.",
)
CELL_NEEDED = Kind(
    "cell-needed",
    "値がありません。",
    "The cell is empty.",
    "この列には、すべての行に値が必要です。",
    "This column needs a value in every row.",
)
CELL_NOT_WHOLE = Kind(
    "cell-not-whole",
    "「{value}」は整数ではありません。",
    "{value!r} is not a whole number.",
    '数字だけで書くか、桁区切りがあるなら対応表に numbers（例 "1,234.5"）を、答えがないことを表すなら missing に挙げてください。',
    'Write plain digits; if they are grouped, show how under numbers in the mapping (such as "1,234.5"); list it under missing if there is no answer.',
)
CELL_NOT_BOOLEAN = Kind(
    "cell-not-boolean",
    "「{value}」は、はい・いいえの値ではありません。",
    "{value!r} is neither yes nor no.",
    "1 か 0、true か false で書くか、対応表の codes で言い換えてください。",
    "Write 1 or 0, true or false, or translate it under codes in the mapping.",
)
CELL_NOT_DATE = Kind(
    "cell-not-date",
    "「{value}」は日付ではありません。",
    "{value!r} is not a day.",
    "2025-04-01、2025/4/1、令和7年4月1日のように書いてください。表計算ソフトの通し番号なら、対応表に serial を書いてください。",
    "Write it like 2025-04-01, 2025/4/1 or 令和7年4月1日; if it is a spreadsheet's number of days, write serial in the mapping.",
)
CELL_NOT_IN_ERA = Kind(
    "cell-not-in-era",
    "「{value}」という日は{era}にありません（{era}として読むのは {first} から {last} まで）。",
    "{value!r} is not in the era {era}, which is read from {first} to {last}.",
    "改元の後の元号で書くか、西暦で書いてください。",
    "Write it by the era that followed, or by the Gregorian year.",
)
CELL_NOT_PERCENT = Kind(
    "cell-not-percent",
    "「{value}」は百分率（17% など）ではありません。",
    "{value!r} is no percentage such as 17%.",
    "% の付いた数に直すか、対応表のこの項目から percent を取り除いてください。",
    "Write it with its % sign, or remove percent from the field in the mapping.",
)
CELL_NOT_MOMENT = Kind(
    "cell-not-moment",
    "「{value}」は日時ではありません。",
    "{value!r} is not a moment.",
    "2025-04-01 09:30:00+09:00 のように書いてください。",
    "Write it like 2025-04-01 09:30:00+09:00.",
)
CELL_NO_OFFSET = Kind(
    "cell-no-offset",
    "「{value}」がどの時差の時刻か分かりません。",
    "{value!r} does not say its offset from UTC.",
    '日本時間なら、対応表のこの項目に offset: "+09:00" を書いてください。',
    'Add offset to the field in the mapping; for Japan, offset: "+09:00".',
)
CELL_IMPLAUSIBLE = Kind(
    "cell-implausible",
    "「{value}」は {low} から {high} の範囲にありません。",
    "{value!r} does not lie between {low} and {high}.",
    "値を確かめて直してください。",
    "Check the value and correct it.",
)
KEY_TWICE = Kind(
    "key-twice",
    "「{key}」は{first}行目にもあります。",
    "{key!r} already stands on line {first}.",
    "同じ回答なら一つを除き、別の回答なら番号を直してください。",
    "Remove one if they are the same record; correct the id if they are two.",
)
STATE_DISAGREES = Kind(
    "state-disagrees",
    "状態「{status}」と数量「{quantity}」が合いません。",
    "The state {status!r} and the quantity {quantity!r} do not agree.",
    "数量があれば value、なければ not_collected などの理由を書いてください。数えていないことと 0 は別です。",
    "With a quantity the state is value; without one it is the reason, such as not_collected. Unknown is never 0.",
)
REGISTER_TABLE = Kind(
    "register-table",
    "対応表の table「{table}」は、取り込みの種類 {kind} と合いません。",
    "The table {table!r} of the mapping is not what is being imported: {kind}.",
    "table を取り除くか、種類を正しく指定してください。",
    "Remove table from the mapping, or name the right kind.",
)
REGISTER_CODE = Kind(
    "register-code",
    "「{value}」はコードとして使えません。",
    "{value!r} cannot be used as a code.",
    "半角の英数字で始め、英数字、下線、ハイフンで60字までにしてください。",
    "Begin with a letter or digit; use up to 60 letters, digits, underscores and hyphens.",
)
REGISTER_URL = Kind(
    "register-url",
    "「{value}」はページのアドレスではありません。",
    "{value!r} is not the address of a page.",
    "https:// か http:// で始まるアドレスにしてください。",
    "Write an address that begins with https:// or http://.",
)
REGISTER_NOT_NEEDED = Kind(
    "register-not-needed",
    "「要らない」（not_needed）と経路が両方あります。",
    "It is said not to be needed, and channels are named as well.",
    "要らないなら経路を消し、あるなら not_needed を消してください。",
    "Remove the channels if the step is not needed, or not_needed if it is.",
)
REGISTER_TOO_LONG = Kind(
    "register-too-long",
    "台帳に入れるには長すぎます（{limit}字まで）。",
    "It is too long for the register (up to {limit} characters).",
    "短くするか、いくつもの言葉なら、対応表の split で分けてください。",
    "Shorten it; if it is several words, part them with split in the mapping.",
)
REGISTER_DAYS = Kind(
    "register-days",
    "終わった日 {ended} が、始まった日 {opened} より前です。",
    "It ended on {ended}, before it began on {opened}.",
    "どちらかの日付を直してください。",
    "Correct one of the two days.",
)
REGISTER_TOOL_TWICE = Kind(
    "register-tool-twice",
    "同じツールが二つの状態に挙がっています: {tools}。",
    "The same tool is listed in two states: {tools}.",
    "ツールごとに、いまの状態を一つだけ書いてください。",
    "Write each tool once, in the state it is in now.",
)
LOCAL_CODE = Kind(
    "local-code",
    "「{value}」は全国地方公共団体コードではありません（6桁、最後は検査数字）。",
    "{value!r} is not the code of a local government (six digits, the last a check digit).",
    "先頭の 0 が落ちていないか、写し間違いがないか確かめてください。",
    "See whether a leading 0 was lost or a digit was copied wrongly.",
)
FORM_NOT_SCHEMA = Kind(
    "form-not-schema",
    "様式の定義（JSON Schema）として読めません: {detail}",
    "It cannot be read as the schema of a form (JSON Schema): {detail}",
    "type が object で properties を持つ JSON Schema を渡してください。",
    "Bring a JSON Schema whose type is object and which has properties.",
)
FORM_HEADER = Kind(
    "form-header",
    "入力項目の表の見出しが違います（{columns}）。",
    "The table of fields has another header ({columns}).",
    "name,label,required,attachment のうち、label は必ず書いてください。JSON Schema なら {{ で始まります。",
    "Use name,label,required,attachment, of which label is needed. A JSON Schema begins with {{.",
)
FORM_LABEL = Kind(
    "form-label",
    "項目の名前がありません。",
    "The field has no label.",
    "様式に書いてある項目の名前を書いてください。",
    "Write the label as the form shows it.",
)
FORM_ANSWER = Kind(
    "form-answer",
    "「{value}」は「はい」とも「いいえ」とも読めません。",
    "{value!r} is neither yes nor no.",
    "1 か 0、○ か ×、必須 か 任意 で書いてください。",
    "Write 1 or 0, yes or no.",
)
FORM_TWICE = Kind(
    "form-twice",
    "項目「{name}」が二度あります。",
    "The field {name!r} stands twice.",
    "同じ見出しの項目が二つあるなら、name の列で名前を分けてください。",
    "Where two fields have one label, give each a name of its own in the column name.",
)
FORM_FIELDS = Kind(
    "form-fields",
    "項目が{count}個あります。{limit}個までです。",
    "There are {count} fields; {limit} is the most.",
    "一つの様式の項目だけにしてください。",
    "Bring the fields of one form only.",
)

OBJECT_SHAPE = Kind(
    "object-shape",
    "記録が、空でない JSON のオブジェクトではありません。",
    "The record is not a JSON object with content.",
    '{{"case_id": "A-1", "activity": "apply", …}} のように、項目の名前と値で書いてください。',
    'Write names and values, such as {{"case_id": "A-1", "activity": "apply", …}}.',
)
OBJECT_FIELD = Kind(
    "object-field",
    "この表に、この名前の項目はありません。",
    "This table has no field of this name.",
    "近い名前: {nearest}。知らない項目は、取りこぼさないように受け取りません。",
    "The nearest is {nearest}. Unknown fields are refused, so that nothing is lost unnoticed.",
)
OBJECT_NESTED = Kind(
    "object-nested",
    "値が、一つの文字、数、真偽ではありません。",
    "The value is not a single text, number or truth.",
    "並びや入れ子にせず、一つの値を書いてください。",
    "Write one value, no list and nothing nested.",
)
OBJECT_TEXT = Kind(
    "object-text",
    "保存できない文字（NUL か、対になっていないサロゲート）が入っています。",
    "The text has a character that cannot be stored: NUL or half of a surrogate pair.",
    "その文字を取り除いてください。",
    "Take that character out.",
)

CODE_FRAME_WORD_UNREAD = Kind(
    "code-frame-word-unread",
    "コード枠に、読み取れない語があります: {words}。",
    "The code frame has words of which nothing can be read: {words}.",
    "記号だけでなく、語を書いてください。",
    "Write words, not only signs.",
)

# ---- gather: questionnaires, from the guideline or from a spreadsheet -----------------------------------

QUESTION_TWICE = Kind(
    "question-twice",
    "名前「{id}」は、前の「{first}」で使われています。",
    "The name {id!r} is taken: {first!r} comes before.",
    "どちらかの名前を変えてください。名前は、回答の列の名前になります。",
    "Rename one of them; the name becomes a column of the answers.",
)
QUESTION_COLUMN_TWICE = Kind(
    "question-column-twice",
    "選択肢の列「{id}」が、質問「{first}」の列と重なります。",
    "The choice column {id!r} is also a column of the question {first!r}.",
    "質問の名前か、選択肢のコードを変えてください（複数選択の列は「質問_コード」、その他の記述は「質問_other」）。",
    "Rename the question or the choice: choices are stored as question_code, the line of other as question_other.",
)
GROUP_UNKNOWN = Kind(
    "group-unknown",
    "グループ「{group}」がありません（または、自分の中に入っています）。",
    "There is no group {group!r}, or it lies within itself.",
    "近いもの: {nearest}。名前を直すか、groups に書き加えてください。",
    "Nearest: {nearest}. Correct the name, or add it to groups.",
)
GROUP_APART = Kind(
    "group-apart",
    "グループ「{group}」の質問が、続いていません。",
    "The questions of the group {group!r} do not stand together.",
    "同じグループの質問を続けて並べるか、別のグループに分けてください。",
    "Put the questions of one group next to each other, or make two groups of it.",
)
CHOICES_LACKING = Kind(
    "choices-lacking",
    "質問「{id}」に選択肢がありません。",
    "The question {id!r} offers no choices.",
    "選択肢を書くか、種類を text などに変えてください。",
    "Write choices, or make it another type such as text.",
)
CHOICES_UNUSED = Kind(
    "choices-unused",
    "質問「{id}」は選ぶ質問ではないのに、選択肢か choice_filter があります。",
    "The question {id!r} has choices or a choice_filter, yet nothing is chosen in it.",
    "取り除くか、種類を select_one か select_multiple に変えてください。",
    "Remove them, or make it select_one or select_multiple.",
)
CHOICE_TWICE = Kind(
    "choice-twice",
    "質問「{id}」の選択肢のコード「{code}」が二度使われています（大文字と小文字は区別しません）。",
    "The choice {code!r} stands twice in the question {id!r} (capitals do not tell codes apart).",
    "コードを一つずつ別のものにしてください。",
    "Give every choice a code of its own.",
)
CHOICE_UNKNOWN = Kind(
    "choice-unknown",
    "質問「{id}」に、選択肢「{code}」はありません。",
    "The question {id!r} has no choice {code!r}.",
    "近いもの: {nearest}。コードを直してください。",
    "Nearest: {nearest}. Correct the code.",
)
EXCLUSIVE_OF_ONE = Kind(
    "exclusive-of-one",
    "質問「{id}」は一つだけ選ぶので、ほかと一緒に選べない選択肢（exclusive）は要りません。",
    "Only one choice of the question {id!r} can be taken; none of them needs to be exclusive.",
    "exclusive を取り除くか、いくつでも選べる質問（select_multiple）にしてください。",
    "Remove exclusive, or let people choose any number (select_multiple).",
)
EXPRESSION_FAULT = Kind(
    "expression-fault",
    "式「{expression}」を計算できません（{problem}）。",
    "The expression {expression!r} cannot be evaluated ({problem}).",
    "綴り、かっこ、引用符を確かめてください。使えるもの: ${{名前}}、selected、count-selected、if、regex、today など（docs/reference/xlsform.md）。",
    "Check spelling, brackets and quotes. There are ${{name}}, selected, count-selected, if, regex, today and others (docs/reference/xlsform.md).",
)
EXPRESSION_NAME = Kind(
    "expression-name",
    "式が指す質問「{name}」がありません。",
    "An expression names the question {name!r}, which is not there.",
    "近いもの: {nearest}。名前を直してください。",
    "Nearest: {nearest}. Correct the name.",
)
EXPRESSION_LATER = Kind(
    "expression-later",
    "式が指す質問「{name}」は、まだ答えられていません（同じ質問か、後の質問です）。",
    "An expression names the question {name!r}, which is not answered yet: it is the same or a later one.",
    "前の質問だけを指すようにするか、質問の順序を変えてください。",
    "Name earlier questions only, or change the order.",
)
EXPRESSION_STRANGER = Kind(
    "expression-stranger",
    "式の中の「{name}」は、質問でも、選択肢の列でもありません。いつも空になります。",
    "{name!r} in an expression is neither a question nor a column of the choices; it would always be empty.",
    "質問は ${{名前}} と書いてください。choice_filter では選択肢の列（{columns}）も使えます。文書の道（/ や ..）は使えません。",
    "Write a question as ${{name}}; a choice_filter can also name columns of the choices ({columns}). Paths (/ or ..) are not used.",
)
EXPRESSION_ITSELF = Kind(
    "expression-itself",
    "式「{expression}」の「.」は、この質問への答えです。尋ねる前には分かりません。",
    "In {expression!r}, “.” is the answer to this question, which is not known before it is asked.",
    "「.」は constraint だけで使えます。前の質問なら ${{名前}} と書いてください。",
    "Use “.” in constraint only; write an earlier question as ${{name}}.",
)
GROUP_EMPTY = Kind(
    "group-empty",
    "グループ「{group}」に質問がありません。",
    "There is no question in the group {group!r}.",
    "質問を入れるか、グループを取り除いてください。",
    "Put a question into it, or remove it.",
)
QUESTIONNAIRE_UNKNOWN = Kind(
    "questionnaire-unknown",
    "調査票「{ref}」が見つかりません。",
    "There is no questionnaire {ref!r}.",
    "行動指針の調査票（{known}）の名前か、XLSForm のファイル（.xlsx、.xls、.ods）を指定してください。",
    "Name one of the guideline ({known}), or a file in XLSForm (.xlsx, .xls, .ods).",
)
XLSFORM_REFUSED = Kind(
    "xlsform-refused",
    "調査票として読めません。直すところが{count}件あります（先頭の{listed}件を示します）。",
    "This cannot be read as a questionnaire: {count} thing(s) to correct, the first {listed} listed.",
    "下のシート、行、列を直して、もう一度読んでください。",
    "Correct the sheets, rows and columns below, and read it again.",
)
XLSFORM_FILE = Kind(
    "xlsform-file",
    "表計算のファイルとして開けません（{problem}）。",
    "This cannot be opened as a spreadsheet ({problem}).",
    "XLSX、XLS、ODS のどれかで保存し直してください。パスワードは外します。",
    "Save it as XLSX, XLS or ODS, without a password.",
)
XLSFORM_TOO_LARGE = Kind(
    "xlsform-too-large",
    "シート「{sheet}」が大きすぎます（{rows:,}行、{columns:,}列。上限は{limit_rows:,}行、{limit_columns:,}列）。",
    "The sheet {sheet!r} is too large: {rows:,} rows and {columns:,} columns; the limits are {limit_rows:,} and {limit_columns:,}.",
    "空の行と列を取り除くか、調査票を分けてください。",
    "Remove empty rows and columns, or split the questionnaire.",
)
XLSFORM_CELL_LONG = Kind(
    "xlsform-cell-long",
    "シート「{sheet}」の列「{column}」に、{length:,}文字の文があります。表計算のセルには{limit:,}文字までしか入りません。",
    "A text of {length:,} characters in the column {column!r} of the sheet {sheet!r} does not fit into a cell of a spreadsheet ({limit:,} at most).",
    "文を短くしてください。",
    "Shorten the text.",
)
XLSFORM_SHEET_LACKING = Kind(
    "xlsform-sheet-lacking",
    "シート「survey」がありません。",
    "There is no sheet called survey.",
    "質問を「survey」という名前のシートに書いてください。",
    "Write the questions on a sheet called survey.",
)
XLSFORM_SHEET_UNSUPPORTED = Kind(
    "xlsform-sheet-unsupported",
    "このシートは使えません。",
    "This sheet is not supported.",
    "選択肢は choices シートに書き、このシートを取り除いてください。",
    "Write choices on the sheet choices and remove this one.",
)
XLSFORM_EMPTY = Kind(
    "xlsform-empty",
    "質問がありません。",
    "There are no questions.",
    "survey シートの2行目から、質問を1行に一つ書いてください。",
    "Write one question a row on the sheet survey, from row 2 on.",
)
XLSFORM_COLUMN = Kind(
    "xlsform-column",
    "この列は分かりません。",
    "This column is not known.",
    "使える列: {known}。見出しを直すか、列を取り除いてください。",
    "Known columns: {known}. Correct the heading, or remove the column.",
)
XLSFORM_COLUMN_TWICE = Kind(
    "xlsform-column-twice",
    "前の列「{first}」と同じ意味の列です。",
    "This column says the same as {first!r} before it.",
    "どちらか一つにしてください。",
    "Keep one of the two.",
)
XLSFORM_HEADING_LACKING = Kind(
    "xlsform-heading-lacking",
    "見出しのない列に「{value}」があります。",
    "{value!r} stands in a column without a heading.",
    "1行目に見出しを書くか、セルを空にしてください。",
    "Write a heading in row 1, or empty the cell.",
)
XLSFORM_LANGUAGE = Kind(
    "xlsform-language",
    "「{language}」という言語は使えません。",
    "The language {language!r} is not spoken here.",
    "label::日本語 (ja)、label::English (en)、label::やさしい日本語 (ja-simple) のように書いてください。",
    "Write it like label::Japanese (ja), label::English (en), label::Easy Japanese (ja-simple).",
)
XLSFORM_LANGUAGE_LACKING = Kind(
    "xlsform-language-lacking",
    "「{field}」に {language} の文がありません。",
    "{field!r} has no text in {language!r}.",
    "日本語（ja）と英語（en）の両方を書いてください。{field}::日本語 (ja) と {field}::English (en) の列です。",
    "Write both languages, in the columns {field}::日本語 (ja) and {field}::English (en).",
)
XLSFORM_PIPED = Kind(
    "xlsform-piped",
    "文の中に、ほかの質問の答え（${{…}}）を入れることはできません。",
    "A text cannot repeat the answer to another question (${{…}}).",
    "答えを入れない文に書き直してください。",
    "Write it without the answer.",
)
XLSFORM_UNSUPPORTED = Kind(
    "xlsform-unsupported",
    "この列の値は使えません。",
    "A value in this column cannot be used.",
    "{do_ja}",
    "{do_en}",
)
XLSFORM_CELL_LACKING = Kind(
    "xlsform-cell-lacking",
    "「{field}」が空です。",
    "{field!r} is empty.",
    "セルに書いてください。",
    "Fill the cell.",
)
XLSFORM_TYPE = Kind(
    "xlsform-type",
    "種類「{type}」は分かりません。",
    "There is no type {type!r}.",
    "近いもの: {nearest}。",
    "Nearest: {nearest}.",
)
XLSFORM_TYPE_REFUSED = Kind(
    "xlsform-type-refused",
    "種類「{type}」は使えません。",
    "The type {type!r} is not available.",
    "{do_ja}",
    "{do_en}",
)
XLSFORM_NO_USE = Kind(
    "xlsform-no-use",
    "種類「{type}」の行では、この列は働きません。",
    "This column does nothing in a row of the type {type!r}.",
    "セルを空にするか、種類を直してください。",
    "Empty the cell, or correct the type.",
)
XLSFORM_READ_ONLY = Kind(
    "xlsform-read-only",
    "読むだけの質問には答えられません。",
    "A question that is read only cannot be answered.",
    "読むだけなら種類を note にしてください。答えるなら read_only を空にしてください。",
    "Make it a note, or empty read_only.",
)
XLSFORM_APPEARANCE = Kind(
    "xlsform-appearance",
    "見た目の指定「{value}」は、選択肢をほかから取ってくるものなので、使えません。",
    "The appearance {value!r} takes choices from elsewhere and is not available.",
    "選択肢を choices シートに書き、choice_filter で絞ってください。",
    "Write the choices on the sheet choices and narrow them by choice_filter.",
)
XLSFORM_NAME = Kind(
    "xlsform-name",
    "名前「{name}」は使えません。",
    "The name {name!r} cannot be used.",
    "半角の英小文字で始め、英小文字、数字、_、- だけで書いてください（例: {example}）。同じ名前は一度だけです。",
    "Begin with a small letter and use small letters, digits, _ and - only, for example {example}; a name is used once.",
)
XLSFORM_NAME_RESERVED = Kind(
    "xlsform-name-reserved",
    "名前「{name}」は、回答の表がすでに使っています。",
    "The name {name!r} is already a column of the table of responses.",
    "別の名前にしてください（例: my_{name}）。",
    "Choose another, for example my_{name}.",
)
XLSFORM_LIST = Kind(
    "xlsform-list",
    "選択肢のリスト「{name}」が choices シートにありません。",
    "There is no list {name!r} on the sheet choices.",
    "近いもの: {nearest}。名前を直すか、choices シートの list_name に書き加えてください。",
    "Nearest: {nearest}. Correct the name, or add the list to list_name on the sheet choices.",
)
XLSFORM_GROUP_OPEN = Kind(
    "xlsform-group-open",
    "グループ「{group}」が閉じられていません。",
    "The group {group!r} is never closed.",
    "グループの終わりに「end group」の行を加えてください。",
    "Add a row end group where it ends.",
)
XLSFORM_GROUP_END = Kind(
    "xlsform-group-end",
    "始まっていないグループが、ここで閉じられています。",
    "A group ends here that never began.",
    "この行を取り除くか、「begin group」の行を加えてください。",
    "Remove this row, or add a row begin group.",
)
XLSFORM_GROUP_CROSSED = Kind(
    "xlsform-group-crossed",
    "ここで終わるのはグループ「{group}」ですが、「{other}」と書いてあります。",
    "The group {group!r} ends here, yet {other!r} is written.",
    "グループの始まりと終わりの並びを確かめてください。",
    "Check the order in which groups begin and end.",
)
XLSFORM_OTHER_TAKEN = Kind(
    "xlsform-other-taken",
    "リスト「{name}」には、もう「その他」があります。or_other は使えません。",
    "The list {name!r} has a choice for other already; or_other cannot add one.",
    "or_other を取り除くか、リストの「その他」を取り除いてください。",
    "Remove or_other, or the choice of the list.",
)
XLSFORM_OTHER_TWICE = Kind(
    "xlsform-other-twice",
    "「その他」（other）の選択肢が二つあります。前は「{code}」です。",
    "Two choices are marked as other; the first is {code!r}.",
    "一つだけに yes と書いてください。",
    "Write yes at one of them.",
)
XLSFORM_ROWS = Kind(
    "xlsform-rows",
    "記入欄の行数「{value}」は使えません。",
    "A text cannot have {value!r} lines.",
    "1から50までの整数を書いてください。",
    "Write a whole number from 1 to 50.",
)
XLSFORM_RANGE = Kind(
    "xlsform-range",
    "範囲「{value}」を読めません。",
    "The range {value!r} cannot be read.",
    "start=0 end=10 step=1 のように整数で書いてください（end は start より大きく）。小数なら decimal と constraint を使ってください。",
    "Write whole numbers like start=0 end=10 step=1, with end above start; for decimals use decimal and constraint.",
)
XLSFORM_PARAMETERS = Kind(
    "xlsform-parameters",
    "指定「{value}」は使えません。",
    "The parameters {value!r} are not available.",
    "取り除いてください。選択肢の順序はいつも同じです（順序を変えると、比べられなくなります）。",
    "Remove them. Choices always stand in one order; another one would not be comparable.",
)
XLSFORM_CODE = Kind(
    "xlsform-code",
    "選択肢のコード「{code}」は使えません。",
    "The choice code {code!r} cannot be used.",
    "半角の英数字で始め、英数字、_、-、. だけで書いてください（-9 は 99 などに）。",
    "Begin with a letter or digit and use letters, digits, _, - and . only (99 instead of -9).",
)
XLSFORM_YES_NO = Kind(
    "xlsform-yes-no",
    "「{value}」は、はい・いいえではありません。",
    "{value!r} is neither yes nor no.",
    "yes と書くか、空にしてください。",
    "Write yes, or leave it empty.",
)
XLSFORM_FORM_ID = Kind(
    "xlsform-form-id",
    "form_id「{id}」は使えません。",
    "The form_id {id!r} cannot be used.",
    "半角の英小文字、数字、_、- だけで書いてください。",
    "Use small letters, digits, _ and - only.",
)
XLSFORM_SETTINGS_ROW = Kind(
    "xlsform-settings-row",
    "settings シートに、2行目より下の行があります。",
    "The sheet settings has rows below row 2.",
    "設定は2行目だけに書いてください。",
    "Write settings in row 2 only.",
)
XLSFORM_OTHER_PROGRAMS = Kind(
    "xlsform-other-programs",
    "XLSForm として正しくありません（{problem}）。",
    "This is not sound XLSForm ({problem}).",
    "この行を XLSForm の決まりに合わせて直してください。",
    "Correct the row by the rules of XLSForm.",
)
XLSFORM_NOT_USED = Kind(
    "xlsform-not-used",
    "{told_ja}",
    "{told_en}",
    "そのままで読めます。",
    "It can be read as it is.",
)
OUTLINE_ITEM_OR_NOTE = Kind(
    "outline-item-or-note",
    "質問には、設問（item）か、読むだけの文（note）の、どちらか一つが必要です。",
    "A question is either an item of the bank or a note.",
    "「item: 名前」か「note: {{ja: …, en: …}}」の、どちらか一つを書いてください。",
    "Write either item: NAME or note: {{ja: …, en: …}}.",
)
OUTLINE_NOT_ASKED_IN = Kind(
    "outline-not-asked-in",
    "設問「{item}」は、調査票「{questionnaire}」で尋ねることになっていません。",
    "The item {item!r} is not said to be asked in the questionnaire {questionnaire!r}.",
    "items/{item}.yaml の asked_in に {questionnaire} を加えるか、ここから取り除いてください。",
    "Add {questionnaire} to asked_in of items/{item}.yaml, or remove it here.",
)

# ---- gather: surveys and answers -----------------------------------------------------------------------

SURVEY_CODE = Kind(
    "survey-code",
    "コード「{code}」は使えません。使えない文字があるか、すでに使われています。",
    'The code "{code}" cannot be used: it has characters that do not go, or it is taken.',
    "半角の英小文字、数字、ハイフンで、ほかにないコードを付けてください。",
    "Choose one of lower-case letters, digits and hyphens that nobody else has.",
)
WAVE_STATE = Kind(
    "wave-state",
    "調査の回「{wave}」は「{state_ja}」なので、この操作はできません。",
    'The wave "{wave}" is {state_en}; this cannot be done now.',
    "調査の回は、準備中、受付中、締め切り、確定の順に進みます。今の状態を確かめてください。",
    "A wave goes from being prepared to open, closed and frozen. Look at where it stands.",
)
WAVE_ANOTHER = Kind(
    "wave-another",
    "調査「{survey}」は、別の回を受け付けています。",
    'The survey "{survey}" has another wave open.',
    "先に、受付中の回を締め切ってください。",
    "Close the wave that is open first.",
)
SURVEY_CLOSED = Kind(
    "survey-closed",
    "この調査は、今は答えを受け付けていません。",
    "This survey takes no answers now.",
    "受付の期間を確かめてください。",
    "Look at its dates.",
)
POSTS_TOO_MANY = Kind(
    "posts-too-many",
    "同じところから、短い間にたくさん届いています。今回の答えは、まだ保存していません。",
    "Many answers are arriving from the same place. These ones are not stored yet.",
    "1分ほど待って、もう一度送ってください。",
    "Wait a minute and send them again.",
)
ANSWER_MISFIT = Kind(
    "answer-misfit",
    "質問に合わない答えが{count}件あります。何も保存していません。",
    "{count} answers do not fit their questions. Nothing was stored.",
    "次のところを直してください。",
    "Correct these:",
)
ANSWER_OF_QUESTION = Kind(
    "answer-of-question",
    "質問「{question}」の答えが合いません。",
    'The answer to "{question}" does not fit.',
    "{ja}",
    "{en}",
)
ANSWER_UNKNOWN = Kind(
    "answer-unknown",
    "この調査票にない質問への答えがあります: {names}。何も保存していません。",
    "There are answers to questions that this questionnaire does not have: {names}. Nothing was stored.",
    "調査票のページを開き直してください。",
    "Open the page of the questionnaire again.",
)
ANSWER_KEY = Kind(
    "answer-key",
    "送信を区別する印（キー）がないか、短すぎます。何も保存していません。",
    "The key that tells one submission from another is missing or too short. Nothing was stored.",
    "16文字以上200文字以下の、使い回さないキーを付けてください。",
    "Send a key of 16 to 200 characters that is used for nothing else.",
)
ANSWER_CONFLICT = Kind(
    "answer-conflict",
    "同じ送信の印（キー）で、ちがう答えがすでに保存されています。今回の答えは保存していません。",
    "Other answers are stored under the same key. These ones were not stored.",
    "先の答えを直すには、控えの番号で取り消してから、もう一度送ってください。",
    "To change the first ones, withdraw them with the code of the receipt and send again.",
)
ANSWER_WITHDRAWN = Kind(
    "answer-withdrawn",
    "この答えは、すでに取り消されています。",
    "These answers have been withdrawn already.",
    "もう一度答えるときは、調査の最初のページから始めてください。",
    "To answer anew, start from the first page of the survey.",
)
SITTING_UNKNOWN = Kind(
    "sitting-unknown",
    "この番号の、途中の答えはありません。",
    "There are no unfinished answers under this code.",
    "番号を確かめてください。30日たつと途中の答えは消えます。",
    "Check the code. Unfinished answers go after 30 days.",
)
RECEIPT_UNKNOWN = Kind(
    "receipt-unknown",
    "この番号の答えは見つかりません。",
    "There are no answers under this code.",
    "控えの番号（英数字16文字）を確かめてください。",
    "Check the code of your receipt: 16 letters and digits.",
)
WITHDRAWAL_LATE = Kind(
    "withdrawal-late",
    "この調査の集計は確定したため、取り消せません。",
    "The figures of this survey are final, so its answers can no longer be withdrawn.",
    "公表される数値から、あなたの答えが読み取られることはありません。",
    "Nothing that is published lets anybody read your answers.",
)

# ---- keep: the lake -----------------------------------------------------------------------------------

LAKE_TABLE_NAME = Kind(
    "lake-table-name",
    "表の名前「{name}」は使えません。",
    "A table cannot be named {name!r}.",
    "volumes や responses/resident のように、半角の小文字・数字・下線・ハイフンで書いてください。",
    "Write it like volumes or responses/resident: small letters, digits, underscores, hyphens.",
)
LAKE_FOLDER = Kind(
    "lake-folder",
    "レイクを「{folder}」に置くことはできません。",
    "The lake cannot lie in {folder!r}.",
    "%41 のような並び、\\、改行を含まない場所にしてください（MONOSASHI_HOME、または --home）。",
    "Choose a place without backslashes, line breaks or sequences like %41 (MONOSASHI_HOME, or --home).",
)
LAKE_COLUMNS = Kind(
    "lake-columns",
    "列をそのまま保存できません（{detail}）。",
    "The columns cannot be stored as they are ({detail}).",
    "列の名前は半角小文字で始め、長さと型をそろえてください。保存されたものはありません。",
    "Column names begin with a small letter; lengths and types must agree. Nothing was stored.",
)
LAKE_COLUMN_TYPE = Kind(
    "lake-column-type",
    "列「{column}」は {stored} として保存されていますが、{brought} が渡されました。",
    "The column {column!r} is stored as {stored}, but {brought} was brought.",
    "対応表の type を {stored} に直すか、別の列名にしてください。保存されたものはありません。",
    "Make its type {stored} in the mapping, or give the column another name. Nothing was stored.",
)
LAKE_ROWS_INVALID = Kind(
    "lake-rows-invalid",
    "{count}行を保存できません。一行も保存していません。",
    "{count} row(s) cannot be stored; nothing was stored.",
    "下の行を直して、もう一度取り込んでください。",
    "Correct the rows below and import again.",
)
LAKE_KEY_MISSING = Kind(
    "lake-key-missing",
    "行を見分けるための値がありません。",
    "The value that tells rows apart is missing.",
    "すべての行に値を入れてください。",
    "Give every row a value.",
)
LAKE_KEY_TWICE = Kind(
    "lake-key-twice",
    "キー「{key}」の行が二つ以上あります。",
    "More than one row has the key {key!r}.",
    "一つを残して取り除くか、正しいキーに直してください。",
    "Keep one of them, or correct the key.",
)
LAKE_NOT_FINITE = Kind(
    "lake-not-finite",
    "有限の数ではありません。",
    "This is not a finite number.",
    "数に直すか、欠測なら空にしてください。",
    "Write a number, or leave the cell empty if there is none.",
)
LAKE_ROW_DIFFERS = Kind(
    "lake-row-differs",
    "キー「{key}」は別の内容ですでに保存されています（違う列: {columns}）。",
    "The key {key!r} is already stored with other content (columns that differ: {columns}).",
    "同じ行なら保存済みの内容にそろえ、別の行ならキーを変えてください。",
    "If it is the same row, bring the stored content; if it is another, give it another key.",
)
LAKE_CONFLICT = Kind(
    "lake-conflict",
    "{count}行が、保存済みの行と同じキーで内容が違います。一行も保存していません。",
    "{count} row(s) have the key of a stored row but other content; nothing was stored.",
    "下の行を確かめてください。保存された記録は上書きされません。",
    "Check the rows below. A stored record is never overwritten.",
)
LAKE_BUSY = Kind(
    "lake-busy",
    "表 {table} に他の取り込みが続いているため、書き込めませんでした。",
    "Other imports kept writing to {table}; nothing of this one was stored.",
    "しばらくしてから、同じ取り込みをもう一度実行してください。二重には入りません。",
    "Run the same import again later: no row is ever stored twice.",
)
LAKE_UNWRITABLE = Kind(
    "lake-unwritable",
    "保存先に書き込めません（{detail}）。",
    "The storage cannot be written ({detail}).",
    "空き容量と書き込み権限を確かめてから、同じ取り込みをもう一度実行してください。二重には入りません。",
    "Check free space and permissions, then run the same import again: no row is ever stored twice.",
)
LAKE_DAMAGED = Kind(
    "lake-damaged",
    "表 {table} を読み取れません（{detail}）。",
    "The table {table} cannot be read ({detail}).",
    "正しい写しから戻してください。何も書き込んでいません。",
    "Restore it from a good copy. Nothing was written.",
)
LAKE_VERSION = Kind(
    "lake-version",
    "表 {table} に版 {version} はありません。",
    "The table {table} has no version {version}.",
    "0 から {latest} までの版があります。",
    "There are versions 0 to {latest}.",
)
LAKE_VERSION_ERASED = Kind(
    "lake-version-erased",
    "表 {table} の版 {version} はもう読めません。版 {by} で、ある人の回答が消されました。",
    "Version {version} of {table} cannot be read any more: in version {by} a person's answers were erased.",
    "版 {by} 以降を使ってください。消した回答を含む古い版は、約束どおり残していません。",
    "Use version {by} or a later one. Versions that held what was erased are not kept, as promised.",
)
LAKE_VERSION_VACUUMED = Kind(
    "lake-version-vacuumed",
    "表 {table} の版 {version} はもう読めません。保存の期間が過ぎ、古いファイルを片づけました。",
    "Version {version} of {table} cannot be read any more: its files were cleared when their time was over.",
    "新しい版を使うか、控えから戻してください。",
    "Use a later version, or restore a backup.",
)
LAKE_TABLE_UNKNOWN = Kind(
    "lake-table-unknown",
    "表 {table} はレイクにありません。",
    "There is no table {table} in the lake.",
    "ある表: {known}",
    "There are: {known}",
)
LAKE_UNDO_NOT_IMPORT = Kind(
    "lake-undo-not-import",
    "表 {table} の版 {version} は取り込みではありません。",
    "Version {version} of {table} is not an import.",
    "取り込みの受取りに書かれた版を指定してください。",
    "Name the version that the receipt of the import says.",
)
LAKE_UNDO_GONE = Kind(
    "lake-undo-gone",
    "表 {table} の版 {version} で入った行を、もう見分けられません。",
    "The rows that came with version {version} of {table} can no longer be told from others.",
    "まとめたあと古いファイルを片づけた取り込みは取り消せません。控えから戻してください。",
    "An import that was compacted and whose old files were cleared cannot be undone; restore a backup.",
)
LAKE_UNDO_FROZEN = Kind(
    "lake-undo-frozen",
    "表 {table} の版 {version} の上に、版「{edition}」が作られています。",
    "The edition {edition} was built on version {version} of {table} or a later one.",
    "公表した数値の元になった取り込みは取り消せません。下書きなら、先に消してください。",
    "What an edition was built on cannot be undone. If it is a draft, remove the draft first.",
)
LAKE_ENTRY_MISSING = Kind(
    "lake-entry-missing",
    "ログの {version} 番がありません。",
    "Entry {version} of the log is missing.",
    "正しい写しから戻してください。",
    "Restore it from a good copy.",
)
LAKE_FILE_MISSING = Kind(
    "lake-file-missing",
    "ログにあるファイル {name} がありません。",
    "The log names the file {name}, which is not there.",
    "正しい写しから戻してください。",
    "Restore it from a good copy.",
)
LAKE_FILE_CHANGED = Kind(
    "lake-file-changed",
    "ファイル {name} は、書いたときのものではありません（{what}）。",
    "The file {name} is not what was written ({what}).",
    "正しい写しから戻してください。",
    "Restore it from a good copy.",
)
LAKE_ERASURE_UNFINISHED = Kind(
    "lake-erasure-unfinished",
    "消したはずの行を含むファイル {name} が残っています。",
    "The file {name}, which holds what was erased, is still there.",
    "同じ monosashi erase をもう一度実行してください。",
    "Run the same monosashi erase again.",
)
ERASE_ID = Kind(
    "erase-id",
    "消す人の回答の番号がありません。",
    "No response is named.",
    "monosashi erase RESPONSE_ID のように書いてください。",
    "Write monosashi erase RESPONSE_ID.",
)
ERASE_NOT_PROVEN = Kind(
    "erase-not-proven",
    "{count}個のファイルに、まだその人の番号が残っています。",
    "{count} file(s) still hold the id of that person.",
    "下のファイルを確かめ、同じ命令をもう一度実行してください。",
    "Look at the files below, then run the same command again.",
)
ERASE_LEFT = Kind(
    "erase-left",
    "その人の番号が残っています。",
    "The id of that person is in it.",
    "ほかのプログラムが書いたファイルなら、そのプログラムで消してください。",
    "If another program wrote it, erase it with that program.",
)
REGISTER_UNKNOWN = Kind(
    "register-unknown",
    "台帳に「{value}」はありません。近いもの: {nearest}。",
    "The register has no {value!r}. Nearest: {nearest}.",
    "コードを直すか、先にそれを台帳に入れてください（組織、ツール、サービス、手続の順）。",
    "Correct the code, or bring that one first: organizations, tools, services, then procedures.",
)
REGISTER_TAKEN = Kind(
    "register-taken",
    "「{value}」はすでに使われています。",
    "{value!r} is taken already.",
    "別のコードか名前にするか、すでにあるものを直してください。",
    "Choose another one, or edit the one that is there.",
)
REGISTER_PARENT = Kind(
    "register-parent",
    "組織「{code}」の上の組織を、{stored} から {brought} に変えることはできません。",
    "The organization {code!r} lies beneath {stored} and cannot be moved beneath {brought} by an import.",
    "上の組織を今のとおりに書くか、対応表から parent を除いてください。",
    "Write the parent as it is now, or leave parent out of the mapping.",
)
REGISTER_LOOP = Kind(
    "register-loop",
    "組織「{code}」が、自分の下の組織の下にあります。",
    "The organization {code!r} would lie beneath itself.",
    "上の組織のコードをたどって、間違いを直してください。",
    "Follow the codes of the parents and correct the wrong one.",
)
REGISTER_LOCAL_CODE_TAKEN = Kind(
    "register-local-code-taken",
    "全国地方公共団体コード「{value}」は、組織「{code}」のものです。",
    "The code {value!r} of a local government is that of the organization {code!r}.",
    "コードを直すか、その組織として取り込んでください。",
    "Correct the code, or import the row as that organization.",
)
REGISTER_STALE = Kind(
    "register-stale",
    "開いている間に、ほかの人が変えました。何も保存していません。",
    "Somebody else changed it while it was open. Nothing was stored.",
    "二つの内容を見比べて、残すほうをもう一度保存してください。",
    "Compare the two and save again what shall stay.",
)

# ---- publish: editions ------------------------------------------------------------------------------

EDITION_DAMAGED = Kind(
    "edition-damaged",
    "版のファイルが公表時のものと違うか、読み取れません。",
    "The files of the edition are not those that were published, or cannot be read.",
    "正しい写しから復元してください。公表済みの版を直接書き換えず、訂正は新しい版として出してください。",
    "Restore them from a good copy. Never change a published edition; publish a correction as a new one.",
)
EDITION_FILE_MISSING = Kind(
    "edition-file-missing",
    "ファイルがありません。",
    "The file is missing.",
    "正しい写しから戻してください。",
    "Bring it back from a good copy.",
)
EDITION_FILE_CHANGED = Kind(
    "edition-file-changed",
    "中身が、記録された sha256 と一致しません。",
    "The content does not have the sha256 that was recorded.",
    "正しい写しから戻してください。",
    "Bring it back from a good copy.",
)
EDITION_FILE_UNKNOWN = Kind(
    "edition-file-unknown",
    "この版に含まれるものとして記録されていません。",
    "Not recorded as part of this edition.",
    "版のフォルダから取り除いてください。",
    "Remove it from the folder of the edition.",
)
EDITION_UNREADABLE = Kind(
    "edition-unreadable",
    "読み取れません。",
    "Cannot be read.",
    "正しい写しから戻してください。",
    "Bring it back from a good copy.",
)
EDITION_COLUMNS = Kind(
    "edition-columns",
    "列が決まりと違います（{columns}）。",
    "The columns are not those of an edition ({columns}).",
    "列の名前と順番を codebook.csv に合わせてください。",
    "Names and order must be those of codebook.csv.",
)
EDITION_STATE = Kind(
    "edition-state",
    "状態「{value}」は決められたものではありません。",
    "There is no state {value!r}.",
    "codebook.csv にあるコードだけを使ってください。",
    "Use only the codes listed in codebook.csv.",
)
EDITION_EXISTS = Kind(
    "edition-exists",
    "版「{id}」はすでに公表されています。公表した版は変えられません。",
    "The edition {id!r} has been published, and a published edition never changes.",
    "訂正は、別の名前（--id {id}-2 など）の新しい版として出してください。",
    "Publish a correction as a new edition under another name, such as --id {id}-2.",
)
EDITION_UNKNOWN = Kind(
    "edition-unknown",
    "版「{id}」がありません。",
    "There is no edition {id!r}.",
    "`monosashi edition list` で名前を確かめてください。",
    "See `monosashi edition list` for the names.",
)
EDITION_NAME = Kind(
    "edition-name",
    "版の名前「{id}」は使えません。",
    "An edition cannot be named {id!r}.",
    "半角の英数字で始め、英数字・ハイフン・下線・ピリオドだけを使ってください（例: FY2025）。",
    "Begin with a letter or digit; use letters, digits, hyphens, underscores and periods (FY2025).",
)
EDITION_CHAIN_BROKEN = Kind(
    "edition-chain-broken",
    "前の版「{previous}」が、記録された sha256 と一致しません。",
    "The previous edition {previous!r} does not have the sha256 that this one recorded.",
    "前の版を正しい写しから戻してください。",
    "Bring the previous edition back from a good copy.",
)
PERIOD_OPEN = Kind(
    "period-open",
    "期間 {period} は {last_day} まで続いており、まだ締められません。",
    "The period {period} runs until {last_day} and cannot be frozen yet.",
    "期間が終わってから版を作ってください。",
    "Build the edition when the period is over.",
)
LABELS_COLUMNS = Kind(
    "labels-columns",
    "コードの名前の表の列が違います。",
    "The table of code names does not have the right columns.",
    "1行目を dimension,code,ja,en にしてください。",
    "Its first line must be dimension,code,ja,en.",
)
DEMO_HOME_TAKEN = Kind(
    "demo-home-taken",
    "フォルダ {home} には、合成データの街ではないものが入っています。",
    "The folder {home} holds something that is not the synthetic city.",
    "別のフォルダを --home で指定してください。実際のデータを消すことはありません。",
    "Name another folder with --home. Nothing of yours was touched.",
)
NO_FREE_PORT = Kind(
    "no-free-port",
    "{first} から {last} までのポートがすべて使用中です。",
    "Every port from {first} to {last} is taken.",
    "--port で別の番号を指定してください。",
    "Name another one with --port.",
)
NO_POLICY = Kind(
    "no-policy",
    "行動指針 {guideline} に公表の決まり（policy）がありません。",
    "The guideline {guideline} has no publication policy.",
    "guideline/<名前>/<版>/policy.yaml を用意してください。",
    "Add guideline/<name>/<version>/policy.yaml.",
)

# ---- the web shell: people, jobs, the audit trail -----------------------------------------------------

ORGANIZATION_CODE = Kind(
    "organization-code",
    "組織のコード「{code}」は使えません。すでにあるか、使えない文字があります。",
    "The code {code!r} of an organization is taken, or has characters that cannot be used.",
    "半角の英数字、ハイフン、下線で、60字以内の新しいコードにしてください。",
    "Choose a new one of at most 60 letters, digits, hyphens and underscores.",
)
ACCOUNT_EMAIL = Kind(
    "account-email",
    "メールアドレス「{email}」は使えません。",
    "The e-mail address {email!r} cannot be used.",
    "書き方を確かめてください。すでにアカウントがある人なら、そのアカウントに役割を与えてください。",
    "Check how it is written. Somebody who has an account already is given a role in it instead.",
)
ACCOUNT_OWN = Kind(
    "account-own",
    "自分のアカウントは止められません。",
    "You cannot disable your own account.",
    "ほかの管理者に頼んでください。",
    "Ask another administrator.",
)
PASSWORD_WEAK = Kind(
    "password-weak",
    "このパスワードは使えません。{reason}",
    "This password cannot be used. {reason}",
    "12文字以上の、推測されにくいものにしてください。",
    "Choose one of at least 12 characters that is hard to guess.",
)
ADMINISTRATOR_LAST = Kind(
    "administrator-last",
    "最後の管理者の役割は外せません。",
    "The last administrator keeps the role.",
    "先に、ほかの人に管理者の役割を与えてください。",
    "Make somebody else an administrator first.",
)
EDITION_OWN = Kind(
    "edition-own",
    "版「{id}」の下書きを頼んだ人は、その公表を認められません。",
    "Whoever asked for the draft of {id!r} cannot publish it.",
    "ほかの承認者に頼んでください。",
    "Ask another approver.",
)
AUDIT_BROKEN = Kind(
    "audit-broken",
    "変更の記録のうち{count}件が、書かれたときのままではありません（番号 {numbers}）。",
    "{count} event(s) of the audit trail are not what was recorded (numbers {numbers}).",
    "正しい写しと比べ、だれがデータベースに触れたかを調べてください。",
    "Compare with a good copy, and find out who touched the database.",
)
SEARCH_STALE = Kind(
    "search-stale",
    "台帳の検索が、いまの台帳と合っていません。",
    "The search of the register is not that of its rows.",
    "`monosashi manage rebuild_search` で作り直してください。",
    "Build it again: `monosashi manage rebuild_search`.",
)
DATABASE_MISSING = Kind(
    "database-missing",
    "データベースがありません（{place}）。",
    "There is no database ({place}).",
    "MONOSASHI_HOME を確かめてください。新しく始めるなら monosashi init を実行します。",
    "Check MONOSASHI_HOME; to begin a new installation, run monosashi init.",
)
DATABASE_UNREACHABLE = Kind(
    "database-unreachable",
    "データベースにつながりません（{detail}）。",
    "The database cannot be reached ({detail}).",
    "MONOSASHI_DATABASE_URL と、データベースが動いていることを確かめてください。",
    "Check MONOSASHI_DATABASE_URL, and that the database is running.",
)
DATABASE_BEHIND = Kind(
    "database-behind",
    "データベースに、この版に必要な変更が{count}件入っていません。",
    "The database lacks {count} change(s) that this version needs.",
    "写しを取ってから、monosashi init をもう一度実行してください。あるデータは消えません。",
    "Take a copy, then run monosashi init again; nothing that is there is removed.",
)
INSTALLATION_CHECK = Kind(
    "installation-check",
    "設置の点検 {id}: {what}",
    "Check {id} of the installation: {what}",
    "手がかり: {hint}",
    "Hint: {hint}",
)
CHECK_FAILED = Kind(
    "check-failed",
    "点検で{count}件の問題が見つかりました。",
    "The check found {count} problem(s).",
    "下の一覧を、上から順に直してください。",
    "Deal with the list below, from the top.",
)

KEY_UNKNOWN = Kind(
    "key-unknown",
    "この鍵は使えません。",
    "This key does not open anything.",
    "鍵を確かめてください。なくしたとき、止められたときは、管理者が新しい鍵を作ります。",
    "Check the key. If it was lost or revoked, an administrator makes a new one.",
)
KEY_SCOPE = Kind(
    "key-scope",
    "この鍵では {scope} を書き込めません。",
    "This key does not allow {scope} to be written.",
    "その範囲を持つ鍵を、管理者に頼んでください。",
    "Ask an administrator for a key with that scope.",
)
KEY_NAME = Kind(
    "key-name",
    "鍵の名前か範囲がありません。",
    "The key has no name, or no scope.",
    "何に使う鍵かが分かる名前を書き、書き込んでよいものを一つは選んでください。",
    "Give it a name that says what it is for, and choose at least one kind that it may write.",
)
API_IDEMPOTENCY_KEY = Kind(
    "api-idempotency-key",
    "Idempotency-Key がないか、使えない形です。",
    "The Idempotency-Key is missing, or not of a usable form.",
    "送るたびに新しい値（UUID など、印字できる ASCII で8〜200文字）をつけ、送り直すときは同じ値にしてください。",
    "Give each batch a new one, such as a UUID: 8 to 200 printable ASCII characters. Use the same one to try again.",
)
API_KEY_REUSED = Kind(
    "api-key-reused",
    "同じ Idempotency-Key で、ほかの内容が届いています。",
    "Other content has come with the same Idempotency-Key.",
    "新しい内容には、新しい値をつけてください。何も保存していません。",
    "Give new content a new one. Nothing was stored.",
)
API_BATCH = Kind(
    "api-batch",
    "一度に送れる記録は1件から{limit}件までです（{count}件でした）。",
    "A batch has 1 to {limit} records; this one has {count}.",
    "分けて送ってください。",
    "Send it in parts.",
)
API_BODY = Kind(
    "api-body",
    "本文を JSON として読めません: {detail}",
    "The body cannot be read as JSON: {detail}",
    '{{"records": [ … ]}} の形の JSON を UTF-8 で送ってください。同じ名前の項目を二度書くことはできません。',
    'Send JSON of the form {{"records": [ … ]}} in UTF-8. No name may stand twice in an object.',
)
API_TOO_LARGE = Kind(
    "api-too-large",
    "本文が {limit} バイトより大きいです。",
    "The body is larger than {limit} bytes.",
    "記録を分けて送ってください。",
    "Send the records in smaller batches.",
)
API_MEDIA_TYPE = Kind(
    "api-media-type",
    "Content-Type は application/json だけです。",
    "The Content-Type has to be application/json.",
    "Content-Type: application/json をつけてください。",
    "Send Content-Type: application/json.",
)
API_CONFLICT = Kind(
    "api-conflict",
    "同じ番号で、内容の違う記録がもうあります。",
    "There is already a record with the same key and other content.",
    "どちらが正しいかを確かめてください。別の記録なら、番号を変えてください。",
    "Find out which is right; if they are two records, give this one another key.",
)
API_ORGANIZATION = Kind(
    "api-organization",
    "この鍵で書き込める組織ではありません。",
    "This key does not reach that organization.",
    "鍵の組織か、その下の組織のコードを書いてください。",
    "Write the code of the key's organization or of one beneath it.",
)

# ---- measure: the table, the design, the question ----------------------------------------------------

TABLE_UNUSABLE = Kind(
    "table-unusable",
    "表のうち{count}か所を、このままでは使えません。",
    "{count} place(s) of the table cannot be used as they are.",
    "下の行と列を直してください。欠測は空のままにするか、依頼の missing に挙げてください。",
    "Correct the rows and columns below; leave missing cells empty, or list their codes under `missing`.",
)
CELL_MISSING = Kind(
    "cell-missing",
    "値がありません。",
    "The cell is empty.",
    "設計と較正の列には、全ての行に値が必要です。",
    "Columns of the design and of the calibration need a value in every row.",
)
CELL_NOT_NUMBER = Kind(
    "cell-not-number",
    "「{value}」は数ではありません。",
    "{value!r} is not a number.",
    "数に直すか、欠測を表す値なら missing に挙げてください。",
    "Write a number, or list it under `missing` if it means that there is no answer.",
)
CELL_NOT_POSITIVE = Kind(
    "cell-not-positive",
    "「{value}」は使えません。0より大きい有限の数が必要です。",
    "{value!r} cannot be used: a finite number above 0 is needed.",
    "ウェイトと母集団の数は正の数です。使わない行は表から除いてください。",
    "Weights and population sizes are positive. Take rows that do not belong out of the table.",
)
CELL_OUT_OF_RANGE = Kind(
    "cell-out-of-range",
    "「{value}」は、計算できる大きさの範囲を超えています。",
    "{value!r} is beyond the sizes that can be computed with.",
    "絶対値が1e50以下の数にしてください。ウェイトと母集団の数は1e-50以上です。",
    "Write a number of at most 1e50 in size; a weight or a population size is at least 1e-50.",
)
ROW_RAGGED = Kind(
    "row-ragged",
    "列の数が{found}で、見出しの{expected}と合いません。",
    "The row has {found} cells; the header has {expected}.",
    "区切り文字と引用符を確かめてください。",
    "Check the separators and the quotation marks of this row.",
)
TABLE_ENCODING = Kind(
    "table-encoding",
    "UTF-8 として読めません（{position}バイト目）。",
    "The file is not UTF-8 (at byte {position}).",
    "表計算ソフトで「CSV UTF-8」として保存し直してください。",
    'Save it again as "CSV UTF-8".',
)
FILE_UNWRITABLE = Kind(
    "file-unwritable",
    "ファイルを書き込めません（{detail}）。",
    "The file cannot be written ({detail}).",
    "フォルダーがあるか、書き込みの権限と空き容量があるかを確かめてください。",
    "Check that the folder exists, that it may be written to and has room.",
)
WEIGHTS_FORMAT = Kind(
    "weights-format",
    "重みを {suffix} の形では書けません。",
    "Weights cannot be written in {suffix} format.",
    "名前の終わりを .parquet か .csv にしてください。",
    "Let the name end in .parquet or .csv.",
)
TABLE_EMPTY = Kind(
    "table-empty",
    "表に行がありません。",
    "The table has no rows.",
    "見出しの行と、1件以上の回答が必要です。",
    "A header row and at least one answer are needed.",
)
TABLE_HEADER = Kind(
    "table-header",
    "見出しに、空の名前または同じ名前が二つあります: {names}",
    "The header has an empty name or the same name twice: {names}",
    "列の名前を一つずつ違うものにしてください。",
    "Give every column a name of its own.",
)
TABLE_DAMAGED = Kind(
    "table-damaged",
    "表を読み取れません: {detail}",
    "The table cannot be read: {detail}",
    "ファイルが壊れていないか、拡張子と中身が合っているか確かめてください。",
    "Check that the file is whole and that its suffix says what it is.",
)
ENGINE_MISSING = Kind(
    "engine-missing",
    "Spark と話すための部品が入っていません。",
    "What speaks to Spark is not installed.",
    "monosashi[spark] を入れるか、MONOSASHI_ENGINE=duckdb にしてください。",
    "Install monosashi[spark], or set MONOSASHI_ENGINE=duckdb.",
)
ENGINE_FAILED = Kind(
    "engine-failed",
    "Spark が答えられませんでした: {detail}",
    "Spark could not answer: {detail}",
    "サーバーが動いているか、表のファイルがサーバーから同じパスで読めるか、サーバーの記録を確かめてください。",
    "Check that the server runs, that it sees the table's files under the same paths, and look at its log.",
)
COLUMN_UNKNOWN = Kind(
    "column-unknown",
    "列「{column}」は表にありません。",
    "The table has no column {column!r}.",
    "近い名前: {nearest}。綴りを確かめてください。",
    "Nearest: {nearest}. Check the spelling.",
)
REQUEST_INVALID = Kind(
    "request-invalid",
    "依頼に{count}か所の誤りがあります。",
    "The request has {count} mistake(s).",
    "下の場所を直してください。",
    "Correct the places below.",
)
REQUEST_SHAPE = Kind(
    "request-shape",
    "依頼は「名前: 値」の組で書きます。",
    "A request is written as pairs of 'name: value'.",
    "少なくとも table と estimates が必要です。",
    "At least table and estimates are needed.",
)
REQUEST_ID_TWICE = Kind(
    "request-id-twice",
    "id「{id}」が{first}行目にもあります。",
    "The id {id!r} already stands on line {first}.",
    "推計ごとに違う id を付けてください。",
    "Give every estimate an id of its own.",
)
REQUEST_CODE_BOTH = Kind(
    "request-code-both",
    "コード {code} が favourable と missing の両方にあります。",
    "The code {code} stands under favourable and under missing.",
    "好意的な回答か、欠測か、どちらか一方だけに書いてください。",
    "An answer is either favourable or missing: keep one of the two.",
)
VOLUME_UNIT_NEEDED = Kind(
    "volume-unit-needed",
    "{statistic} を比べるには、何を数えたのかが要ります。",
    "To compare {statistic}, it must be known what was counted.",
    "unit に、一つ一つを見分ける列（手続、サービスなど）を挙げてください。",
    "Name under unit the columns that tell one from another: procedures, services.",
)
VOLUME_SPANS_DIFFER = Kind(
    "volume-spans-differ",
    "from は{before}期間、to は{after}期間で、長さが違います。",
    "from has {before} period(s), to has {after}: they differ in length.",
    "同じ数の期間を、同じ順（4月と4月、5月と5月）に並べてください。",
    "List the same number of periods in the same order: April with April, May with May.",
)
VOLUME_STATUS = Kind(
    "volume-status",
    "列「{column}」の「{value}」は、数の状態ではありません。",
    "{value!r} in column {column!r} is no state of a count.",
    "{known} のどれかにするか、その列を status から外してください。",
    "Use one of {known}, or do not name the column under status.",
)
VOLUME_TWICE = Kind(
    "volume-twice",
    "「{subject}」の件数が、重なる期間（{one}と{other}）の両方にあります。",
    "{subject!r} has counts for both {one} and {other}, which overlap.",
    "二度数えないように、取り込みを取り消して（monosashi undo）、どちらか一方だけを入れてください。",
    "Nothing may be counted twice: take one import out again (monosashi undo) and keep one of the two.",
)
VOLUME_TREE_BY = Kind(
    "volume-tree-by",
    "tree で積み上げる区分が{count}個あります。",
    "There are {count} columns to roll up through the tree.",
    "by に、組織の列を一つだけ書いてください。",
    "Name one column under by: that of the organizations.",
)
VOLUME_TREE_PARENTS = Kind(
    "volume-tree-parents",
    "「{node}」の親が二つあります（{one}と{other}）。",
    "{node!r} has two parents, {one!r} and {other!r}.",
    "組織の列を直すか、tree に「子: 親」を書いてください。",
    "Correct the columns of organizations, or write `child: parent` under tree.",
)
VOLUME_TREE_CYCLE = Kind(
    "volume-tree-cycle",
    "組織の木が輪になっています: {cycle}",
    "The tree of organizations goes round in a circle: {cycle}",
    "親のない組織が一つは残るように、tree を直してください。",
    "Correct the tree so that it ends at an organization without a parent.",
)
GAP_SHAPE = Kind(
    "gap-shape",
    "依頼は「名前: 値」の組で書きます。",
    "A request is written as pairs of 'name: value'.",
    "少なくとも survey、log、comparisons が必要です。",
    "At least survey, log and comparisons are needed.",
)
GAP_DOMAIN_TWICE = Kind(
    "gap-domain-twice",
    "調査の「{one}」と「{other}」が、ログの同じ区分を指しています。",
    "{one!r} and {other!r} of the survey mean the same domain of the log.",
    "values を直すか、二つを調査の一つの値にまとめてください。",
    "Correct values, or make the two one value in the survey.",
)
GAP_PROMISED_BY = Kind(
    "gap-promised-by",
    "区分ごとの標準（values）がありますが、どの区分のものか分かりません。",
    "Standards are listed by name (values), but nothing says what the names are of.",
    "by に、両方にある区分（service など）を書いてください。values はその最初のものの値です。",
    "Name under by a domain that both sides have, such as service: the values are those of the first.",
)
LOG_SHAPE = Kind(
    "log-shape",
    "依頼は「名前: 値」の組で書きます。",
    "A request is written as pairs of 'name: value'.",
    "少なくとも log と measures が必要です。",
    "At least log and measures are needed.",
)
LOG_ROLE_UNMAPPED = Kind(
    "log-role-unmapped",
    "「{role}」がどの列か、依頼に書かれていません。",
    "The request does not say which column is {role!r}.",
    "columns に「{role}: 列の名前」を加えてください。",
    "Add '{role}: name of the column' under columns.",
)
LOG_CALENDAR_UNKNOWN = Kind(
    "log-calendar-unknown",
    "カレンダー「{name}」は依頼にありません。",
    "The request has no calendar named {name!r}.",
    "使えるもの: {known}。営業時間は calendar に書きます。",
    "Available: {known}. Office hours are written under calendar.",
)
LOG_CALENDAR_CLOSED = Kind(
    "log-calendar-closed",
    "カレンダー「{name}」には、開いている時間がありません。",
    "The calendar {name!r} has no open hours.",
    "開く時刻を閉じる時刻より前にし、曜日を一つ以上挙げてください。",
    "Let it open before it closes, on at least one weekday.",
)
LOG_XES_DTD = Kind(
    "log-xes-dtd",
    "XML に DTD（<!DOCTYPE …>）があります。安全のため読みません。",
    "The XML has a DTD (<!DOCTYPE …>), which is refused for safety.",
    "XES に DTD は要りません。その宣言を除いて保存し直してください。",
    "XES needs no DTD. Save the file without that declaration.",
)
LOG_XES_DAMAGED = Kind(
    "log-xes-damaged",
    "{row}行目の{column}文字目から、XML として読めません（{detail}）。",
    "From line {row}, column {column} on, the file cannot be read as XML ({detail}).",
    "ファイルが途中で切れていないか確かめ、出力し直してください。",
    "Check that the file is whole, and export it again.",
)
LOG_XES_TOO_LARGE = Kind(
    "log-xes-too-large",
    "XES の中身が上限を超えています（{limit}）。",
    "The content of the XES file is beyond the limit ({limit}).",
    "期間で分けるか、CSV か Parquet に直してください。",
    "Split it by period, or convert it to CSV or Parquet.",
)
STATISTIC_NOT_AVAILABLE = Kind(
    "statistic-not-available",
    "統計量「{statistic}」は、この版では使えません。",
    "The statistic {statistic!r} is not available in this version.",
    "使えるもの: {available}。",
    "Available: {available}.",
)
COLUMNS_COLLINEAR = Kind(
    "columns-collinear",
    "次の列は、ほかの列から計算できてしまうため、影響を分けられません: {columns}（範囲: {domain}）",
    "These columns follow from each other, so their effects cannot be told apart: {columns} (domain: {domain}).",
    "どれか一つを依頼から外してください。",
    "Leave one of them out of the request.",
)
COLUMNS_CONSTANT = Kind(
    "columns-constant",
    "次の列は、全員の答えが同じです: {columns}（範囲: {domain}）",
    "Everybody gave the same answer in: {columns} (domain: {domain}).",
    "依頼から外すか、範囲を広げてください。違いのない答えからは、関係を測れません。",
    "Leave them out or widen the domain: answers that do not differ show no relation.",
)
TOO_FEW_ANSWERS = Kind(
    "too-few-answers",
    "全ての項目に答えた人が{n}人です。少なくとも{needed}人が必要です（範囲: {domain}）。",
    "{n} respondent(s) answered every item; at least {needed} are needed (domain: {domain}).",
    "項目を減らすか、範囲を広げてください。",
    "Ask for fewer items or widen the domain.",
)
OUTCOME_SEPARATED = Kind(
    "outcome-separated",
    "次の列の値だけで、好意的な回答かどうかが分かれてしまい、係数が定まりません: {columns}（範囲: {domain}）",
    "These columns tell favourable answers from the others without fail, so no coefficient is finite: {columns} (domain: {domain}).",
    "該当する列を外すか、値をまとめるか、family を linear にしてください。",
    "Leave the column out, merge its values, or use the linear family.",
)
FAVOURABLE_NEEDED = Kind(
    "favourable-needed",
    "ロジスティック回帰には、好意的な回答のコードが必要です。",
    "A logistic regression needs the codes of a favourable answer.",
    "favourable: [4, 5] のように書き加えてください。",
    "Add them, such as favourable: [4, 5].",
)
CROSSTABLE_TOO_WIDE = Kind(
    "crosstable-too-wide",
    "クロス表のマスが{cells}個になります。{most}個までにしてください。",
    "The cross-table has {cells} cells; {most} are the most.",
    "値の種類が少ない列を選ぶか、値をまとめてください。",
    "Choose columns with fewer values, or merge values.",
)
REPLICATES_NEED_PSU = Kind(
    "replicates-need-psu",
    "反復ウェイトを作るには、抽出単位（PSU）の列が必要です。",
    "Replicates can only be made where the design names a column of PSUs.",
    "design に psu を書き加えてください。一人ひとりを抽出したなら、回答者番号の列です。",
    "Add psu to the design; where people were sampled one by one, it is the column of their ids.",
)
REPLICATES_TOO_MANY = Kind(
    "replicates-too-many",
    "PSU {psus}個から反復ウェイトを{number}組作ると、値が{most}個を超えます。",
    "{number} replicates of {psus} PSUs are more than {most} factors.",
    "number を減らすか、method を jkn にしてください。jkn は PSU がいくつでも計算できます。",
    "Ask for a smaller number, or for method jkn, which takes any number of PSUs.",
)
REPLICATES_NOT_FOR = Kind(
    "replicates-not-for",
    "統計量「{statistic}」の分散は、反復ウェイトからは計算できません。",
    "The variance of {statistic!r} cannot be taken from replicate weights.",
    "この推計だけを、replicates のない別の依頼に分けてください。使えるもの: {available}。",
    "Move it to a request without replicates. Available with them: {available}.",
)
REPLICATES_CALIBRATED = Kind(
    "replicates-calibrated",
    "反復ウェイトと較正は、一緒には使えません。",
    "Replicates and calibration cannot be used together.",
    "どちらか一方にしてください。較正するなら分散は線形化で求まります。",
    "Keep one of them; with calibration the variance is linearized.",
)
REPLICATES_UNCLEAR = Kind(
    "replicates-unclear",
    "反復ウェイトの書き方が足りません。",
    "The replicate weights are not fully described.",
    "{need_ja}",
    "{need_en}",
)
FPC_VARIES = Kind(
    "fpc-varies",
    "層「{stratum}」の中で、列「{column}」の値が一つではありません（{low:.15g}〜{high:.15g}）。",
    "Within stratum {stratum!r} the column {column!r} has more than one value ({low:.15g} to {high:.15g}).",
    "母集団の数は、層ごとに一つです。",
    "The size of a population is one number for each stratum.",
)
FPC_TOO_SMALL = Kind(
    "fpc-too-small",
    "層「{stratum}」では標本が{n}あるのに、列「{column}」の母集団の数が{size:.15g}です。",
    "Stratum {stratum!r} has {n} sampled units, but column {column!r} says that its population is {size:.15g}.",
    "母集団の数は、標本の数以上でなければなりません。",
    "A population is at least as large as its sample.",
)
SINGLE_PSU = Kind(
    "single-psu",
    "抽出単位（PSU）が一つしかない層があります: {strata}",
    "Strata with a single PSU: {strata}",
    "近い層とまとめるか、single_psu に adjust, average, certainty, remove のどれかを選んでください。",
    "Merge them with a similar stratum, or choose adjust, average, certainty or remove for single_psu.",
)
CELLS_DISAGREE = Kind(
    "cells-disagree",
    "残しておいたセルどうしが合いません（{what}: {values}）。",
    "The kept cells do not belong together ({what}: {values}).",
    "同じ設計と同じ読み方で数えた分だけを足してください。合わない分は、回答から数え直します。",
    "Add only batches of one design and one reading; recount those that differ from their rows.",
)
MARGIN_UNKNOWN = Kind(
    "margin-unknown",
    "較正の変数「{column}」に、母集団の数がない値があります: {values}（{rows}行）",
    "The calibration variable {column!r} has values without a population total: {values} ({rows} rows).",
    "margins に加えるか、表の値を直してください。近い名前: {nearest}。",
    "Add them to `margins` or correct the table. Nearest: {nearest}.",
)
MARGIN_EMPTY = Kind(
    "margin-empty",
    "較正の変数「{column}」の値「{value}」に、回答者が一人もいません。",
    "Nobody in the table has {column!r} = {value!r}, which the margins ask for.",
    "隣の区分とまとめてください。いない人に重みは付けられません。",
    "Merge it with a neighboring category: nobody cannot be weighted up.",
)
MARGIN_VALUE = Kind(
    "margin-value",
    "較正の変数「{column}」の値「{value}」の母集団の数 {total:.15g} は使えません。",
    "The population total {total:.15g} of {column!r} = {value!r} cannot be used.",
    "0より大きく、1e-50から1e50までの数を書いてください。",
    "Write a number above 0, from 1e-50 to 1e50.",
)
MARGINS_DISAGREE = Kind(
    "margins-disagree",
    "母集団の総数が変数によって違います: {totals}",
    "The margins do not speak of the same population: {totals}",
    "同じ時点・同じ範囲の人口にそろえてください。",
    "Bring them to the same day and the same people.",
)
MARGINS_UNMET = Kind(
    "margins-unmet",
    "{rounds}回繰り返しても母集団の数に合いません（最大のずれ {error:.2%}、変数「{column}」の「{value}」）。",
    "The margins are not met after {rounds} rounds (largest error {error:.2%}, {column!r} = {value!r}).",
    "区分をまとめるか変数を減らしてください。ある組み合わせの回答者がいないことが主な原因です。",
    "Merge categories or use fewer variables: usually some combination has no respondents.",
)
MARGIN_CROSSING = Kind(
    "margin-crossing",
    "較正の「{column}」の値「{value}」は、{count}個の値の組ではありません。",
    "The value {value!r} of the crossing {column!r} is not {count} values.",
    '変数と同じ順に「Ankor,F」のようにコンマで区切ってください。コンマを含む値は " " で囲みます。',
    "Separate the values by commas in the order of the variables, like Ankor,F; put one that holds a comma in quotes.",
)
MARGIN_TWICE = Kind(
    "margin-twice",
    "較正の変数「{column}」が、二つの周辺分布にあります。",
    "The calibration variable {column!r} stands in two margins.",
    "事後層化では、どの変数も一度だけ使うか、全ての変数を掛け合わせた一つの周辺分布にしてください。",
    "For post-stratification use every variable once, or one margin that crosses them all.",
)
BOUNDS_VALUE = Kind(
    "bounds-value",
    "この較正の限度は使えません。{reason_ja}。",
    "These bounds cannot be used: {reason_en}.",
    "bounds は linear と logit で、[0.5, 2] のように、1をはさむ下限と上限で書きます。",
    "Bounds go with linear and logit, written like [0.5, 2] with 1 between them.",
)
BOUNDS_UNMET = Kind(
    "bounds-unmet",
    "重みの倍率を {bounds} に収めたままでは、母集団の数に合いません。",
    "The margins cannot be met while the weights are multiplied by {bounds} only.",
    "最も近い、合わせられる限度は {nearest} です。限度を広げるか、区分をまとめてください。",
    "The nearest bounds that would do are {nearest}. Widen the bounds or merge categories.",
)
WEIGHTS_NOT_POSITIVE = Kind(
    "weights-not-positive",
    "較正（{method}）で、{rows}通りの組み合わせの重みが0以下になります。",
    "Calibration by {method} gives {rows} combination(s) of the variables a weight of 0 or below.",
    "raking か logit を使うか、bounds に [0.1, 5] のような限度を書いてください。人数は0以下になりません。",
    "Use raking or logit, or write bounds like [0.1, 5]: nobody stands for fewer than no people.",
)
TRIM_UNMET = Kind(
    "trim-unmet",
    "重みの上限 {limit:.6g} は、母集団の数と一緒には守れません（{times}回くり返しました）。",
    "The limit {limit:.6g} on weights cannot be kept together with the margins ({times} turns were taken).",
    "母集団の数が許す最小の上限は {least:.6g} です。それより十分に大きい上限にするか、区分をまとめてください。",
    "The smallest limit that the margins allow is {least:.6g}. Choose one well above it, or merge categories.",
)
POPULATION_TOTALS = Kind(
    "population-totals",
    "「{margin}」の合計 {total:,.15g} は、同じ時点の別の周辺分布の合計 {other:,.15g} と合いません。",
    "{margin!r} adds up to {total:,.15g}, another margin of the same day to {other:,.15g}.",
    "数を確かめてください。理由があって違うときは、differs に書いてください。",
    "Check the numbers; where they differ for a reason, say it in `differs`.",
)
POPULATION_UNKNOWN = Kind(
    "population-unknown",
    "「{city}」には、「{variable}」の人口がそろった周辺分布がありません。",
    "For {city!r} there is no margin of {variable!r} with every count known.",
    "人数がそろっているもの: {known}。ガイドラインの populations に出典とともに書き加えてください。",
    "Complete ones: {known}. Add the counts to populations in the guideline, with their reference.",
)
POPULATION_DAYS = Kind(
    "population-days",
    "「{city}」の人口は、変数によって時点が違います: {times}",
    "The counts of {city!r} are of different times for different variables: {times}.",
    "同じ時点の表がある変数だけを使うか、as_of で時点を選んでください。",
    "Use variables with a table of one time, or choose the time by as_of.",
)
POPULATION_CATEGORY = Kind(
    "population-category",
    "「{city}」の「{variable}」に、区分「{category}」はありません。",
    "{variable!r} of {city!r} has no category {category!r}.",
    "近い区分: {nearest}。",
    "Nearest: {nearest}.",
)
NONRESPONSE_EMPTY = Kind(
    "nonresponse-empty",
    "回答者が一人もいないセルがあります: {cells}",
    "Cells without any respondent: {cells}",
    "似たセルとまとめてください。いない人に代わりはできません。",
    "Merge them with cells that are alike: nobody cannot stand for the others.",
)
REQUEST_CHOICE = Kind(
    "request-choice",
    "「{key}」には、{choices} のどれか一つを書きます。",
    "{key!r} takes exactly one of {choices}.",
    "一つだけ残してください。",
    "Keep one of them.",
)
FAMILY_ID_UNKNOWN = Kind(
    "family-id-unknown",
    "estimates に id「{id}」がありません。",
    "No estimate has the id {id!r}.",
    "近い名前: {nearest}。綴りを確かめてください。",
    "Nearest: {nearest}. Check the spelling.",
)
PLAN_SHAPE = Kind(
    "plan-shape",
    "計画は「名前: 値」の組で書きます。",
    "A plan is written as pairs of 'name: value'.",
    "precision（区間の半分の幅）、change（見分けたい変化）、n（回答数）のどれかが必要です。",
    "It needs precision (half of an interval), change (to be told apart) or n (answers).",
)
PLAN_AIM_MISSING = Kind(
    "plan-aim-missing",
    "何を目指すかがありません。",
    "The plan has no aim.",
    "precision（区間の半分の幅）、change（見分けたい変化）、n（回答数）のどれかを書いてください。",
    "Write precision (half of an interval), change (to be told apart) or n (answers).",
)
PLAN_KEYS_TOGETHER = Kind(
    "plan-keys-together",
    "{first} と {second} の両方があります。",
    "Both {first} and {second} are given.",
    "一方からもう一方が決まります。どちらか一つだけにしてください。",
    "One follows from the other: keep one of the two.",
)
PLAN_SIZES_PARTLY = Kind(
    "plan-sizes-partly",
    "大きさ（population か part）のない区分があります: {names}。",
    "Domains without a size (population or part): {names}.",
    "全ての区分に書いてください。全体の値と配分に使います。",
    "Write it for every domain; the figure of all of them and the allocation need it.",
)
COMMENTS_SHAPE = Kind(
    "comments-shape",
    "依頼は「名前: 値」の組で書きます。",
    "A request is written as pairs of 'name: value'.",
    "少なくとも table と column が必要です。",
    "At least table and column are needed.",
)
CODE_FRAME_UNKNOWN = Kind(
    "code-frame-unknown",
    "コード枠「{name}」はありません。",
    "There is no code frame {name!r}.",
    "近い名前: {nearest}。",
    "Nearest: {nearest}.",
)
THEME_UNKNOWN = Kind(
    "theme-unknown",
    "テーマ「{theme}」は、このコード枠にありません。",
    "The code frame has no theme {theme!r}.",
    "近い名前: {nearest}。テーマがないときは「-」と書いてください。",
    "Nearest: {nearest}. Write - where there is no theme.",
)
FILE_THERE = Kind(
    "file-there",
    "同じ名前のファイルがあります。上書きしません。",
    "There is a file of this name. It is not overwritten.",
    "別の名前にするか、要らないことを確かめて消してください。",
    "Choose another name, or remove the file once you are sure that nobody needs it.",
)
