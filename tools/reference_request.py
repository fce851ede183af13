"""The page about the request of `monosashi estimate`: its keys from the models that read it.

What a key or a statistic means is said here; one that is not said fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from monosashi.define.text import Text
from monosashi.measure.asked import Asked
from monosashi.measure.judging_asked import FamilyAsked, ReliabilityAsked
from monosashi.measure.request import CalibrationAsked, DesignAsked, NonresponseAsked
from monosashi.measure.statistics.catalog import STATISTICS
from reference_page import table

EXAMPLE = """\
table: answers.csv
missing: ["", "NA"]
design: {weight: weight, stratum: [stratum], psu: psu, single_psu: adjust}
level: 0.95
estimates:
  - {id: s1, statistic: proportion, item: q1, favourable: [4, 5], missing: [9], by: [city, sex]}
  - {id: m1, statistic: mean, item: q1, where: {wave: 1}}
  - {id: c1, statistic: change, of: {statistic: mean, item: q1}, from: {wave: 1}, to: {wave: 2}}
"""

TOP = {
    "table": Text(
        ja="表のファイル（CSV、TSV、Parquet、XLSX、XLSB、XLS、ODS、SAV、DTA、JSON lines）。"
        "このファイルから数えた場所。`lake:responses/resident` や `lake:volumes@3`（版）ならレイクの表",
        en="the file of the table (CSV, TSV, Parquet, XLSX, XLSB, XLS, ODS, SAV, DTA, JSON lines), relative"
        " to this file; `lake:responses/resident`, or at a version `lake:volumes@3`, is a table of the lake",
    ),
    "sheet": Text(
        ja="読むシート。中身のある見えるシートがただ一つなら要らない",
        en="the sheet to read; not needed where only one visible sheet has content",
    ),
    "missing": Text(ja="答えがないことを表す値（全体）", en="values that mean no answer, everywhere"),
    "design": Text(ja="標本の設計（下の表）", en="the design of the sample (below)"),
    "nonresponse": Text(
        ja="無回答の人に、同じセルの回答者が代わる（下の表）",
        en="respondents stand for those of their cell who did not answer (below)",
    ),
    "calibration": Text(ja="母集団に合わせる較正（下の表）", en="calibration to the population (below)"),
    "level": Text(ja="信頼水準。既定 0.95", en="confidence level, 0.95 by default"),
    "reliability": Text(
        ja="これに届かない値は unreliable とする（下の表）",
        en="values below these rules are unreliable (below)",
    ),
    "families": Text(
        ja="まとめて読む比べ合いの一覧（下の表）", en="comparisons that are read together, a list (below)"
    ),
    "estimates": Text(ja="求めるもの（下の節）", en="what is asked for (sections below)"),
}
STATISTIC = {
    "proportion": Text(ja="好ましい答えの割合", en="share of favourable answers"),
    "mean": Text(ja="数の平均", en="mean of a number"),
    "nps": Text(
        ja="NPS（−100〜100）。0〜10の答えから", en="net promoter score, −100 to 100, from answers 0 to 10"
    ),
    "total": Text(ja="母集団での合計", en="total in the population"),
    "ratio": Text(ja="二つの数の合計の比", en="ratio of the totals of two numbers"),
    "quantile": Text(ja="分位数（Woodruff の区間）", en="quantiles, with Woodruff's interval"),
    "distribution": Text(
        ja="すべての答えの割合。`category` と共分散 `covariance` がつく",
        en="shares of all answers, each with `category` and `covariance`",
    ),
    "change": Text(
        ja="二つの時期の差。`from`、`to`、`p` がつく",
        en="difference between two periods, with `from`, `to` and `p`",
    ),
    "gap": Text(ja="同じ人の二つの答えの差", en="difference between two answers of the same person"),
    "trend": Text(ja="四つ以上の時期を通る傾き", en="slope through four periods or more"),
    "ttest": Text(ja="二つの集まりの差のt検定", en="t test of the difference between two groups"),
    "regression": Text(ja="回帰（線形、ロジスティック）", en="regression, linear or logistic"),
    "drivers": Text(ja="満足を左右するもの（R² の分け前）", en="drivers: how R² is shared among items"),
    "crosstable": Text(ja="クロス表と Rao–Scott の検定", en="cross-table with the Rao–Scott test"),
    "sum": Text(ja="件数の合計", en="sum of counts"),
    "share": Text(
        ja="件数のうち、条件に合うものの割合（オンライン利用率など）",
        en="part of the counts that meets a condition, such as the online-usage rate",
    ),
    "per": Text(
        ja="二つの数量の合計の比（一件あたりの費用、対象者に占める割合）",
        en="one quantity for each of another: cost per transaction, share of eligible people",
    ),
    "growth": Text(ja="前の期間からの伸び", en="growth since an earlier period"),
    "reduction": Text(ja="決めておいた基準からの削減率", en="reduction against a locked baseline"),
}
VOLUMES = (
    "`sum`、`share`、`per`、`growth`、`reduction` は、件数の表（業務の記録）の統計量です。"
    "標本の誤差はなく、区間もつきません。かわりに、数がどこまで届いているか（`coverage`）がつきます。"
    "`change` の `of` にも `sum`、`share`、`per` を書けます。",
    "`sum`, `share`, `per`, `growth` and `reduction` are statistics of a table of counts from a register: "
    "no sampling error and no interval, but `coverage`, how far the counts reach. "
    "`sum`, `share` and `per` may also stand under `of` of a `change`.",
    "期間ごとに列がある表では、列の名前の期間のところを `{period}` と書き、期間は `where`、`from`、`to` の "
    '`period` に書きます。`quantity: "{period}: volume"` と `period: "2024"` なら、列 `2024: volume` です。',
    "Where each period has a column of its own, write `{period}` in its place in the name of the column, and "
    'the period under `where`, `from` or `to`: `quantity: "{period}: volume"` with `period: "2024"` is the '
    "column `2024: volume`.",
    "二つの期間を比べると `composition` がつきます。全体（`all`）と、両方の期間に数のある単位だけ（`both`）の"
    "変化を並べ、向きが違うか `tolerance` より離れていれば、質ではなく内訳が変わったとして、"
    "注記 `composition` をつけます。`parts` は変化の内訳（それぞれの単位の変化 `within`、"
    "残った単位の間の移動 `shift`、"
    "抜けた単位 `left`、加わった単位 `joined`）で、足すと全体の変化になります。",
    "A comparison of two periods has `composition`: the change on all units (`all`) beside that on the units "
    "in both (`both`). Where they differ in sign, or by more than `tolerance`, the flag `composition` says "
    "that the mix changed, not the quality. `parts` add up to the change: each unit's own (`within`), volume "
    "moving between units that stayed (`shift`), units that `left` and that `joined`.",
)
KEY = {
    "id": Text(ja="結果につく名前", en="the name of the result"),
    "statistic": Text(ja="統計量の名前", en="the name of the statistic"),
    "item": Text(ja="設問の列", en="the column of the answers"),
    "favourable": Text(ja="好ましい答えのコード", en="codes of favourable answers"),
    "missing": Text(ja="答えがないことを表す値", en="values that mean no answer"),
    "where": Text(
        ja="区分をしぼる条件。設計はしぼらない", en="conditions of the domain; they never narrow the design"
    ),
    "by": Text(ja="この列の値ごとに分ける", en="split by the values of these columns"),
    "level": Text(ja="この統計量の信頼水準", en="confidence level of this one"),
    "rule": Text(
        ja="値の決め方。math（既定）は観測された答え、hf4〜hf9 は二つの答えの間を補う",
        en="how the value is found: math (default) takes an answer that was given, "
        "hf4 to hf9 interpolate between two",
    ),
    "interval": Text(ja="割合の区間の方法", en="method of the interval of a share"),
    "numerator": Text(ja="分子の列", en="column of the numerator"),
    "denominator": Text(ja="分母の列", en="column of the denominator"),
    "share numerator": Text(
        ja="数える行の条件 `{channel: online}`、または部分の列",
        en="condition of the rows that count, like `{channel: online}`, or the column of the part",
    ),
    "per numerator": Text(
        ja="分子 `{quantity: cost, where: {…}}`", en="the numerator, `{quantity: cost, where: {…}}`"
    ),
    "per denominator": Text(ja="分母。書き方は同じ", en="the denominator, written alike"),
    "at": Text(ja="分位（0.5 は中央値）", en="probabilities; 0.5 is the median"),
    "of": Text(
        ja="もとになる統計量、または説明する設問", en="the statistic it is about, or the items that explain"
    ),
    "from": Text(ja="前の時期の条件", en="condition of the earlier period"),
    "to": Text(ja="後の時期の条件", en="condition of the later period"),
    "items": Text(
        ja="二つの設問。一つ目から二つ目を引く", en="two items; the second is taken from the first"
    ),
    "over": Text(ja="時期の列", en="column of the periods"),
    "periods": Text(ja="時期（四つ以上、順に）", en="the periods, four or more, in order"),
    "group": Text(ja="二つに分ける列", en="column that tells the groups apart"),
    "groups": Text(
        ja="二つの集まり。二つ目から一つ目を引く", en="the two groups; the first is taken from the second"
    ),
    "outcome": Text(ja="説明される設問", en="the item to be explained"),
    "on": Text(ja="説明する設問", en="the items that explain"),
    "family": Text(ja="linear か logistic", en="linear or logistic"),
    "row": Text(ja="表の行の設問", en="item of the rows"),
    "column": Text(ja="表の列の設問", en="item of the columns"),
    "quantity": Text(ja="数量の列", en="column of the quantity"),
    "unit": Text(
        ja="何を数えたかを見分ける列（手続、サービス）",
        en="columns that tell apart what was counted: procedures, services",
    ),
    "period": Text(ja="期間の列。既定 period", en="column of the periods, `period` by default"),
    "status": Text(
        ja="数の五つの状態の列。0は数、空は数ではない",
        en="column of the five states of a count; 0 is a count, an empty cell is none",
    ),
    "tolerance": Text(
        ja="全体と、両方にある単位の変化の差がこれを超えたら、内訳の変化とする"
        "（share は既定 0.01、ほかは伸びで 0.05）",
        en="difference of the two changes from which on the mix has changed "
        "(0.01 for a share, otherwise 0.05 of growth)",
    ),
    "tree": Text(
        ja="組織の木。「子: 親」か、表にある上の組織の列 `[局, 都]`。"
        "`by` の一つの列を、上の組織まで足し上げる（量で重みづけた割合になる）",
        en="tree of organizations: `child: parent`, or the columns of the table that hold those above, "
        "`[bureau, city]`; the one column of `by` is rolled up through it, weighted by volume",
    ),
    "baseline": Text(
        ja="決めておいた基準。`{value: 5000, period: FY2022, reference: 出典}`。`units` は数えた単位の数",
        en="the locked baseline, `{value: 5000, period: FY2022, reference: where it is set}`; `units` says "
        "in how many units it was counted",
    ),
    "seed": Text(ja="乱数のたね。同じたねなら同じ結果", en="seed; the same seed gives the same result"),
}
DESIGN = {
    "weight": Text(ja="重みの列", en="column of the weights"),
    "stratum": Text(
        ja="層の列。いくつかなら掛け合わせ", en="columns of the strata; several mean their crossing"
    ),
    "psu": Text(ja="一次抽出単位の列。層の中で読む", en="column of the PSUs, read within their stratum"),
    "fpc": Text(
        ja="層の母集団の PSU の数、または抽出率",
        en="number of PSUs in the population of the stratum, or the sampled fraction",
    ),
    "single_psu": Text(
        ja="PSU が一つの層の扱い（fail, remove, certainty, adjust, average）",
        en="what a stratum with one PSU adds (fail, remove, certainty, adjust, average)",
    ),
    "replicates": Text(
        ja="反復用の重みの列と作り方", en="columns of replicate weights, and how they were made"
    ),
}
CALIBRATION = {
    "method": Text(
        ja="raking、linear、logit、poststratification", en="raking, linear, logit or poststratification"
    ),
    "margins": Text(
        ja='変数ごとの母集団の数。掛け合わせは `"city,sex": {"Ankor,F": 1000}` のように書く。'
        "poststratification で変数を別々に書くと、互いに独立とみなして掛け合わせる",
        en='population totals of each variable; a crossing is written like `"city,sex": {"Ankor,F": 1000}`. '
        "Under poststratification, variables given apart are crossed as if independent",
    ),
    "variance": Text(
        ja="calibrated（較正の効果を数える）か weights_fixed",
        en="calibrated (its effect counts) or weights_fixed",
    ),
    "bounds": Text(
        ja="重みの倍率の下限と上限（linear と logit）。[0.5, 2] など",
        en="what a weight may be multiplied by (linear and logit), like [0.5, 2]",
    ),
    "trim": Text(
        ja="最も重い重み。`{upper: 2500}` か、中央値の何倍かで `{factor: 3}`。`times` は繰り返しの限度",
        en="the largest weight: `{upper: 2500}`, or a multiple of the median, `{factor: 3}`; "
        "`times` limits the turns",
    ),
}
NONRESPONSE = {
    "cells": Text(ja="セルを作る列", en="the columns that make the cells"),
    "responded": Text(
        ja="回答した行の条件。`{status: complete}` など", en="which rows answered, like `{status: complete}`"
    ),
}

RELIABILITY = {
    "minimum_n": Text(ja="回答の数", en="answers"),
    "minimum_n_effective": Text(ja="実質的な回答数", en="effective answers"),
    "maximum_interval_width": Text(
        ja="割合の区間の幅（0.3 は30ポイント）", en="width of the interval of a share; 0.3 is 30 points"
    ),
    "minimum_df": Text(ja="自由度", en="degrees of freedom"),
}
FAMILY = {
    "of": Text(ja="推計の id の一覧", en="ids of the estimates"),
    "adjust": Text(
        ja="p の補正。benjamini_hochberg（既定）か none",
        en="adjustment of p: benjamini_hochberg (the default) or none",
    ),
    "threshold": Text(
        ja="実際に意味のある差。これより小さい変化は区別しない",
        en="the difference that matters in practice; a smaller change is not told apart",
    ),
    "power": Text(
        ja="見分けられる最小の変化 `detectable` の検出力。既定 0.8",
        en="power of `detectable`, the smallest change that would be found; 0.8 by default",
    ),
}


def request_lines() -> Iterator[str]:
    yield "`monosashi estimate` に渡す YAML です。 The YAML that `monosashi estimate` takes."
    yield ""
    yield "```yaml"
    yield EXAMPLE.rstrip("\n")
    yield "```"
    yield ""
    yield from _section("全体 · The whole", TOP)
    yield from _section("`design`", {key: DESIGN[key] for key in _keys(DesignAsked)})
    yield from _section("`nonresponse`", {key: NONRESPONSE[key] for key in _keys(NonresponseAsked)})
    yield from _section("`calibration`", {key: CALIBRATION[key] for key in _keys(CalibrationAsked)})
    yield from _section("`reliability`", {key: RELIABILITY[key] for key in _keys(ReliabilityAsked)})
    yield from _section("`families`", {key: FAMILY[key] for key in _keys(FamilyAsked)})
    yield "挙げた推計に `p_adjusted`、`detectable`、`verdict`（up、down、not_distinguishable）がつきます。"
    yield "Each of these gets `p_adjusted`, `detectable` and a `verdict` (up, down, not_distinguishable)."
    yield ""
    yield "## `estimates`"
    yield ""
    for name, asked in STATISTICS.items():
        yield from _statistic(name, asked)
    yield from (f"{line}\n" for line in VOLUMES)
    yield "結果の一つ一つに、値、標準誤差、区間、n、n_missing、n_effective、deff、cv、df、状態がつきます。"
    yield "Each result carries value, se, interval, n, n_missing, n_effective, deff, cv, df and its status."


def _statistic(name: str, asked: type[Asked]) -> Iterator[str]:
    meaning = STATISTIC[name]
    yield f"### `{name}`"
    yield ""
    yield f"{meaning.ja}。 {meaning.en[0].upper()}{meaning.en[1:]}."
    yield ""
    own = [key for key in _keys(asked) if key not in ("id", "statistic")]
    needed = _needed(asked)
    said = {key: KEY.get(f"{name} {key}") or KEY[key] for key in own}
    rows = ((f"`{key}`{'' if key in needed else ' *'}", said[key].ja, said[key].en) for key in own)
    yield from table(("key (* 省ける · optional)", "説明", "meaning"), rows)


def _section(title: str, words: dict[str, Text]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield from table(
        ("key", "説明", "meaning"), ((f"`{key}`", said.ja, said.en) for key, said in words.items())
    )


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _needed(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
