"""The page about the request of `monosashi gap`: its keys from the models that read it.

What a key means is said here; one that is not said fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from monosashi.define.text import Text
from monosashi.measure.perceived.asked import (
    ActualAsked,
    ComparisonAsked,
    GapAsked,
    PerceivedAsked,
    PeriodAsked,
    PromisedAsked,
    ReasonableAsked,
    SharedAsked,
)
from reference_page import table

EXAMPLE = """\
survey: {table: answers.csv, design: {weight: weight}}
log: {log: events.csv, columns: {case: case, activity: step, at: time, opened: start, closed: end}}
by:
  service: {survey: service, log: procedure, values: {resident-record: R-01}}
  period: {survey: period, at: opened}
comparisons:
  - id: processing
    statistic: median
    unit: day
    perceived: {item: felt_days, missing: [999]}
    actual: {from: opened, to: closed, calendar: business}
    promised: {values: {R-01: 1}}
    reasonable: {item: time_reasonable, favourable: [4, 5], missing: [9]}
"""
TOP = {
    "survey": Text(
        ja="調査。`monosashi estimate` の table、missing、design、nonresponse、calibration、reliability",
        en="the survey: table, missing, design, nonresponse, calibration and reliability as `monosashi "
        "estimate` has them",
    ),
    "log": Text(
        ja="ログ。`monosashi log` の log、columns、deduplicate、offset、as_of、calendar",
        en="the log: log, columns, deduplicate, offset, as_of and calendar as `monosashi log` has them",
    ),
    "by": Text(
        ja="両方を分ける区分。名前と、それぞれの列（下の表）",
        en="what both are split by: a name, and the column on each side (below)",
    ),
    "level": Text(ja="信頼水準。既定 0.95", en="confidence level, 0.95 by default"),
    "comparisons": Text(ja="比べるもの（下の表）", en="what is compared (below)"),
}
SHARED = {
    "survey": Text(ja="調査の列", en="the column of the survey"),
    "log": Text(ja="ログの列", en="the column of the log"),
    "values": Text(
        ja="呼び方が違うとき「調査の値: ログの値」",
        en="where they are called differently, `survey value: log value`",
    ),
}
PERIOD = {
    "survey": Text(
        ja="期間の列。値は FY2025、2025H2、2025-Q3、2025-11 など",
        en="the column of the periods: FY2025, 2025H2, 2025-Q3, 2025-11, …",
    ),
    "at": Text(
        ja="案件がどの期間かを決める時点（日本時間）: first、last、opened、closed。"
        "closed と last では、終わっていない案件は数に入らない",
        en="the moment, in Japan, that says in which period a case is: first, last, opened or closed. "
        "By closed or last, open cases are in none",
    ),
}
COMPARISON = {
    "id": Text(ja="結果につく名前", en="the name of the result"),
    "statistic": Text(
        ja="median（既定）か mean。両方に同じものを使う",
        en="median (the default) or mean, the same on both sides",
    ),
    "unit": Text(
        ja="結果の単位: minute、hour、day（既定）", en="unit of the result: minute, hour or day (default)"
    ),
    "perceived": Text(ja="感じた時間（下の表）", en="the time as it was felt (below)"),
    "actual": Text(ja="実際の時間（下の表）", en="the time that it took (below)"),
    "promised": Text(ja="約束した標準（下の表）", en="the promised standard (below)"),
    "reasonable": Text(
        ja="納得できる長さだったか（下の表）", en="whether the time was found reasonable (below)"
    ),
    "threshold": Text(
        ja="これより小さい差は、差と呼ばない。既定 0",
        en="a smaller gap is not called one; 0 by default",
    ),
}
PERCEIVED = {
    "item": Text(ja="答えの列。数の答え", en="the column of the answers, which are numbers"),
    "unit": Text(
        ja="答えの単位。書かなければ、比べるものの unit。営業時間の暦では、1日は開いている時間の長さ",
        en="unit of the answers where it is not that of the comparison; under office hours a day is as long "
        "as they are",
    ),
    "missing": Text(ja="答えがないことを表す値", en="values that mean no answer"),
    "where": Text(ja="回答の条件", en="conditions on answers"),
}
ACTUAL = {
    "from": Text(ja="始まり（`monosashi log` と同じ）", en="start, as in `monosashi log`"),
    "to": Text(ja="終わり（同じ）", en="end, likewise"),
    "calendar": Text(
        ja="elapsed（既定）、business、または暦の名前か中身",
        en="elapsed (default), business, or the name or content of a calendar",
    ),
    "where": Text(ja="案件の条件", en="conditions on cases"),
    "read_as": Text(
        ja="process（既定）: 案件を手続のふだんの姿の標本とみて、区間をつける。"
        "period: その期間の案件のすべてとみて、区間をつけない",
        en="process (default): cases stand for how the procedure works, and their figure has an interval; "
        "period: they are all that there were, and it has none",
    ),
}
PROMISED = {
    "value": Text(ja="すべてに同じ標準", en="one standard for all"),
    "values": Text(
        ja="`by` の最初の共通の区分の値（ログでの呼び方）ごとの標準",
        en="one for each value of the first shared domain of `by`, as the log calls it",
    ),
    "column": Text(
        ja="案件ごとの標準があるログの列", en="the column of the log with the standard of each case"
    ),
}
REASONABLE = {
    "item": Text(ja="答えの列", en="the column of the answers"),
    "favourable": Text(ja="「はい」と数える答え", en="answers that say yes"),
    "missing": Text(ja="答えがないことを表す値", en="values that mean no answer"),
    "where": Text(ja="回答の条件", en="conditions on answers"),
}
RESULT = (
    "区分ごとに一つの結果があります。"
    "片方にしかない区分も、集めていないほうを `not_collected` として並びます。",
    "There is one result for each domain. One that only the survey or only the log has is there too, with "
    "the other side `not_collected`.",
    "`perceived` は調査の推定（中央値は Woodruff、平均は t の区間）、`actual` はログの値"
    "（中央値は順序統計量、平均は t の区間）、`gap` は感じた時間から実際の時間を引いた差です。"
    "差の区間は MOVER: L = δ − √((θ₁−l₁)² + (u₂−θ₂)²)、U = δ + √((u₁−θ₁)² + (θ₂−l₂)²)。"
    "答えた人と案件は別々に集めたもの（独立）とみています。",
    "`perceived` is the estimate of the survey (Woodruff's interval for a median, t for a mean), `actual` "
    "the figure of the log (order statistics for a median, t for a mean), and `gap` what was felt less what "
    "it took. Its interval is MOVER's: L = δ − √((θ₁−l₁)² + (u₂−θ₂)²), U = δ + √((u₁−θ₁)² + (θ₂−l₂)²), "
    "which takes respondents and cases for collected apart from each other.",
    "`verdict` は、longer（実際より長く感じた）、shorter、not_distinguishable、または null（区間がない）。"
    "一つの比較の中の判定はまとめて読むものとし、"
    "`verdict_level`（1 − (1−level)/区分の数、Bonferroni）で決めます。",
    "`verdict` is longer (felt longer than it was), shorter, not_distinguishable, or null where there is no "
    "interval. The verdicts of one comparison are read together, hence made at `verdict_level`, "
    "1 − (1−level)/number of domains (Bonferroni).",
    "`promised` には、標準、守られた割合（`kept`）、感じた時間と実際の時間の標準との差があります。",
    "`promised` holds the standard, the share of cases that kept it (`kept`), and how far both sides are "
    "from it.",
)


def gap_request() -> Iterator[str]:
    yield "`monosashi gap` に渡す YAML です。 The YAML that `monosashi gap` takes."
    yield ""
    yield from ("```yaml", EXAMPLE.rstrip("\n"), "```", "")
    yield from _section("全体 · The whole", GapAsked, TOP)
    yield from _section("`by`: 共通の区分 · a shared domain", SharedAsked, SHARED)
    yield "両方に同じ名前の列があれば、列の名前だけ書けます。 Where both have the column, its name will do."
    yield ""
    yield from _section("`by`: 期間 · a period", PeriodAsked, PERIOD)
    yield from _section("`comparisons`", ComparisonAsked, COMPARISON)
    yield from _section("`perceived`", PerceivedAsked, PERCEIVED)
    yield from _section("`actual`", ActualAsked, ACTUAL)
    yield from _section("`promised`: どれか一つ · one of", PromisedAsked, PROMISED)
    yield from _section("`reasonable`", ReasonableAsked, REASONABLE)
    yield "## 結果 · The result"
    for line in RESULT:
        yield ""
        yield line


def _section(title: str, model: type[BaseModel], words: dict[str, Text]) -> Iterator[str]:
    yield from (f"## {title}", "")
    rows = ((f"`{key}`", words[key].ja, words[key].en) for key in _keys(model))
    yield from table(("key", "説明", "meaning"), rows)


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]
