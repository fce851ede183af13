"""The page about the request of `monosashi log`: its keys from the models that read it.

What a key or a statistic means is said here; one that is not said fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from monosashi.define.text import Text
from monosashi.measure.log.asked import LOG_STATISTICS, CalendarAsked
from monosashi.measure.log.request import ROLES
from reference_page import table

EXAMPLE = """\
log: receipt.csv
columns: {case: id, activity: step, at: time, channel: channel, opened: start, closed: end, due: deadline}
deduplicate: [case, activity, at]
measures:
  - {id: throughput, statistic: duration, from: first, to: last, unit: day, at: [0.5, 0.9]}
  - {id: decision, statistic: duration, from: first, to: {activity: Decide}, calendar: business}
  - {id: online, statistic: share, of: channel, favourable: [Internet], by: [office]}
"""
TOP = {
    "log": Text(
        ja="ログのファイル（CSV、TSV、Parquet、XES、XES.GZ、XLSX、ODS など）。このファイルから数えた場所。"
        "`lake:events` ならレイクの表",
        en="the file of the log (CSV, TSV, Parquet, XES, XES.GZ, XLSX, ODS, …), relative to this file; or "
        "`lake:events`",
    ),
    "sheet": Text(
        ja="読むシート。中身のある見えるシートがただ一つなら要らない",
        en="the sheet to read; not needed where only one visible sheet has content",
    ),
    "columns": Text(
        ja="列の意味（下の表）。ほかの名前も付けられる。case、activity、at の既定は XES の名前",
        en="what the columns mean (below); further names are free; by default the names of XES",
    ),
    "deduplicate": Text(ja="これらが同じ行は一度だけ数える", en="rows equal in these count once"),
    "offset": Text(
        ja="時差のない日時の時差。既定 +09:00", en="offset of times that have none, +09:00 by default"
    ),
    "as_of": Text(
        ja="そこまでしか知らないことにする時点。既定はログの最後",
        en="the moment up to which anything is known; the end of the log by default",
    ),
    "calendar": Text(ja="営業時間、またはその一覧（下の表）", en="office hours, or a list of them (below)"),
    "measures": Text(ja="数えるもの（下の節）", en="what is counted (sections below)"),
}
ROLE = {
    "case": Text(ja="案件", en="the case"),
    "activity": Text(ja="作業", en="the activity"),
    "at": Text(ja="起きた日時", en="when it happened"),
    "started": Text(ja="作業を始めた日時", en="when the activity was begun"),
    "opened": Text(ja="案件が始まった日時（最も早いもの）", en="when the case was opened (the earliest)"),
    "closed": Text(ja="案件が終わった日時（最も遅いもの）", en="when the case was closed (the latest)"),
    "due": Text(ja="期限（最も遅いもの）", en="due date (the latest)"),
    "side": Text(ja="申請者か役所か", en="applicant or office"),
}
CALENDAR = {
    "name": Text(ja="名前。既定 business", en="its name, business by default"),
    "hours": Text(
        ja='開く時刻と閉じる時刻。既定 ["08:30", "17:15"]',
        en='opening and closing time, ["08:30", "17:15"] by default',
    ),
    "weekdays": Text(ja="開いている曜日。既定は月曜から金曜", en="open weekdays, mon to fri by default"),
    "holidays": Text(
        ja="japan（国民の祝日と休日に閉まる）か none", en="japan (closed on public holidays) or none"
    ),
    "year_end": Text(
        ja="12月29日〜1月3日は閉まる。既定 true", en="closed from 29 December to 3 January, true by default"
    ),
    "closed": Text(ja="ほかに閉まる日", en="further closed days"),
}
STATISTIC = {
    "duration": Text(
        ja="時間の中央値、分位数、平均。終わっていない案件も数えた中央値 `censored_median` がつく",
        en="median, quantiles and mean of a time, with `censored_median`, which counts open cases",
    ),
    "completion": Text(ja="終わりまで来た案件の割合", en="share of cases that reached an end"),
    "on_time": Text(ja="期限までに終わった割合", en="share of closed cases that met their due date"),
    "within": Text(ja="限度以内に終わった割合", en="share of cases that took at most a limit"),
    "share": Text(ja="ある性質を持つ案件の割合", en="share of cases with a property"),
    "variants": Text(ja="経路の数と、多い順の一覧", en="number of variants, and the most frequent"),
    "funnel": Text(ja="順にどこまで進んだか", en="how far cases got along the steps"),
    "rework": Text(ja="やり直しのあった案件の割合", en="share of cases in which an activity was done again"),
}
KEY = {
    "by": Text(ja="この性質の値ごとに分ける", en="split by the values of these"),
    "where": Text(ja="案件の条件", en="conditions on cases"),
    "from": Text(
        ja="始まり: first、last、opened、closed、due、{activity: 名前}（occurrence: last も書ける）",
        en="start: first, last, opened, closed, due or {activity: NAME}, perhaps with occurrence: last",
    ),
    "to": Text(ja="終わり（from と同じ書き方）", en="end, written like from"),
    "unit": Text(
        ja="minute、hour、day。営業時間の1日は、開いている時間の長さ",
        en="minute, hour or day; a day of business time is as long as the office hours",
    ),
    "calendar": Text(
        ja="elapsed（既定）、business、calendar の名前か中身。案件の性質（担当課など）ごとなら "
        "`{of: 課, hours: {税務課: 短時間}, otherwise: business}`",
        en="elapsed (default), business, the name or content of a calendar; by a property of the case, "
        "such as its office: `{of: office, hours: {tax: short}, otherwise: business}`",
    ),
    "at": Text(ja="分位（0.5 は中央値）", en="probabilities; 0.5 is the median"),
    "limit": Text(
        ja="限度（unit で）、または案件ごとの標準の列",
        en="limit in `unit`, or the column of each case's standard",
    ),
    "end": Text(
        ja="埋まっていれば終わりとする列、または作業の一覧",
        en="a column that is filled, or a list of activities",
    ),
    "of": Text(ja="性質の列、または数える作業", en="the property, or the activities that count"),
    "favourable": Text(ja="数える値", en="the values that count"),
    "top": Text(ja="いくつ示すか。既定 10", en="how many are listed, 10 by default"),
    "steps": Text(ja="作業を順に", en="activities in their order"),
}


def log_request() -> Iterator[str]:
    yield "`monosashi log` に渡す YAML です。 The YAML that `monosashi log` takes."
    yield ""
    yield from ("```yaml", EXAMPLE.rstrip("\n"), "```", "")
    yield from _section("全体 · The whole", TOP)
    yield from _section("`columns`", {role: ROLE[role] for role in ROLES})
    yield from _section("`calendar`", {key: CALENDAR[key] for key in _keys(CalendarAsked)})
    yield "## `measures`"
    yield ""
    for name, asked in LOG_STATISTICS.items():
        said = STATISTIC[name]
        yield from (f"### `{name}`", "", f"{said.ja}。 {said.en[0].upper()}{said.en[1:]}.", "")
        own = [key for key in _keys(asked) if key not in ("id", "statistic")]
        yield from table(("key", "説明", "meaning"), ((f"`{key}`", KEY[key].ja, KEY[key].en) for key in own))
    yield "結果の一つ一つに、値、n、除いた行（`quarantined`、理由ごと）、`flags` がつきます。"
    yield "Each result carries value, n, `quarantined` (counted by reason) and `flags`."


def _section(title: str, words: dict[str, Text]) -> Iterator[str]:
    yield from (f"## {title}", "")
    yield from table(
        ("key", "説明", "meaning"), ((f"`{key}`", said.ja, said.en) for key, said in words.items())
    )


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]
