"""The page about the request of `monosashi comments`, and about the code frames it reads by.

What a key means is said here; one that is not said fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from monosashi.define.guideline import CodeFrame, Guideline
from monosashi.define.text import Text
from monosashi.gather.comments.spans import KINDS
from monosashi.measure.comments.request import CommentsAsked
from reference_page import table

EXAMPLE = """\
table: opinions.csv
column: ご意見
respondent: 会員番号
frame: service
basis: opt_in
by: [窓口]
coders: [coder_1, coder_2]
"""
KEY = {
    "table": Text(
        ja="表のファイル（CSV、XLSX、ODS、Parquet、SAV など）。このファイルから数えた場所。"
        "または `lake:comments`（`column: text`、`respondent: response_id`）",
        en="a file of a table (CSV, XLSX, ODS, Parquet, SAV, …), relative to this file; "
        "or `lake:comments` (`column: text`, `respondent: response_id`)",
    ),
    "sheet": Text(ja="読むシート。一つしかなければ要らない", en="the sheet to read, where there are several"),
    "where": Text(
        ja="行の条件（列: 値、または値の一覧）", en="conditions on rows: a column and its value or values"
    ),
    "column": Text(ja="自由記述の列", en="the column of free text"),
    "id": Text(
        ja="行を呼ぶ名前の列。なければ行番号", en="the column that names a row; else its physical line"
    ),
    "respondent": Text(
        ja="書いた人の列。あれば、同じ人は一度だけ数える",
        en="the column that says who wrote; with it a person counts once",
    ),
    "language": Text(
        ja="ja か en。なければ、一つずつ文字から決める",
        en="ja or en; by the writing of each comment if not given",
    ),
    "frame": Text(ja="コード枠。既定 service", en="the code frame, service by default"),
    "basis": Text(
        ja="根拠: opt_in（既定）、probability、quota_panel、census、register。"
        "区間は probability と quota_panel だけ",
        en="basis: opt_in (default), probability, quota_panel, census or register; "
        "intervals only for the second and third",
    ),
    "by": Text(ja="この列の値ごとに分ける", en="split by the values of these columns"),
    "level": Text(ja="区間の水準。既定 0.95", en="level of intervals, 0.95 by default"),
    "examples": Text(ja="テーマごとに示す例の数。既定 3", en="examples shown for each theme, 3 by default"),
    "coders": Text(
        ja="人が付けたテーマの列。一つか二つ。空は「まだ」、「-」は「テーマなし」",
        en="one or two columns of themes given by people; empty is not coded yet, - is no theme",
    ),
    "encoding": Text(ja="文字コード。なければ調べる", en="encoding; found out if not given"),
}


def comments_request(guideline: Guideline) -> Iterator[str]:
    yield "`monosashi comments` に渡す YAML です。 The YAML that `monosashi comments` takes."
    yield ""
    yield from ("```yaml", EXAMPLE.rstrip("\n"), "```", "")
    keys = ((f"`{key}`", KEY[key].ja, KEY[key].en) for key in CommentsAsked.model_fields)
    yield from table(("key", "説明", "meaning"), keys)
    yield from ("## マスク · Masks", "")
    yield from table(
        ("kind", "日本語", "English"),
        ((f"`{kind}`", f"【{said.ja}】", f"[{said.en}]") for kind, said in KINDS.items()),
    )
    yield from ("## コード枠 · Code frames", "")
    yield (
        "行動指針の `code_frames/` にあるデータです。語はふだんの書き方で書きます。"
        "活用と表記のゆれは、読むときにそろえます。"
    )
    yield "Data of the guideline in `code_frames/`. Words are written as people write them."
    yield ""
    for frame in guideline.code_frames:
        yield from _of_frame(frame)


def _of_frame(frame: CodeFrame) -> Iterator[str]:
    yield from (f"### `{frame.id}` {frame.version}", "")
    yield f"{frame.title.ja} · {frame.title.en}。{frame.covers.ja} {frame.covers.en}"
    yield ""
    rows = (
        (f"`{one.id}`", f"{one.title.ja}: {one.definition.ja}", f"{one.title.en}: {one.definition.en}")
        for one in frame.themes
    )
    yield from table(("theme", "日本語", "English"), rows)
