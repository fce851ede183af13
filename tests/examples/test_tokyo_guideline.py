"""The figures and names of 行動指針 ver.1.1.0 as its document gives them, to be held against it by hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from monosashi.adapters.guideline_files import load_guideline
from monosashi.define.compare import compare
from monosashi.define.show import counts

OLD, NEW = load_guideline("tokyo/1.0.0"), load_guideline("tokyo/1.1.0")

TITLES = """
    顧客視点でデザインしよう
    シンプルなサービスを心がけよう
    誰ひとり取り残されないようにしよう
    資源(データ)を最大限に活用しよう
    安全安心なデジタル社会をつくろう
    オール東京一丸となって取り組もう
    都政の見える化をしよう
    都民と共創しよう
    つねに見直し、チャレンジし続けよう
    ともに学びつづけよう
"""

NPS = "NPS（ネットプロモータースコア）による評価"
# (参考) 個別サービスにおける10か条実践にむけたKPI設定の考え方: the two columns of KPIs
KPIS = {
    1: (["ユーザーテストの実施回数", "ユーザーレビューの取得件数"], [NPS]),
    2: (["利用者の入力項目削減数", "行政手続コスト（時間）の削減率", "職員の管理コストの削減率"], [NPS]),
    3: (
        [
            "Webサイトのアクセス数",
            "サービス利用者の増加割合",
            "デジタル活用支援をした人数",
            "アクセシビリティ自己点検の評価",
        ],
        [NPS, "サービス利用者の割合", "オンライン利用率の割合"],
    ),
    4: ([], ["他サービスにおけるデータ利活用事例数", "データに基づくサービス改善"]),
    5: (["インシデントの発生検知から都CSIRTへの第一報までの所要時間", "研修受講率"], [NPS]),
    6: (["国や区市町村との共同した取組数", "区市町村との意見交換頻度"], ["行政の優れたDXの取組の創出"]),
    7: (["オープンデータカタログサイトへの登録数", "ダッシュボードなどへのアクセス数"], []),
    8: (
        ["官民共創事業などに参加した都民や事業者数"],
        ["共創によるサービスの実装数", "東京OSSを活用したサービスの展開"],
    ),
    9: (
        ["実施状況の調査・把握回数", "ユーザーレビューの取得件数", "サービスのアップデート数"],
        [NPS, "ニーズを踏まえたサービス改善"],
    ),
    10: (["成功・失敗事例の共有数", "区市町村と共同でのDX人材育成数"], ["区市町村の優れたDXの取組の創出"]),
}
# what the page of a principle calls the same KPI, where it calls it otherwise
OTHERWISE = {
    "p02-nps": "NPSによる評価",
    "p03-nps": "NPSによる評価",
    "p06-joint-efforts": "国や区市町村と共同した取組数",
    "p09-status-checks": "実施状況の点検・把握の頻度",
    "p09-nps": "NPSによる評価",
    "p10-joint-training": "区市町村等と共同した人材育成",
}

# principle | initiative | department | spans; the source has 2022 下半期 and a column for each year after
ROADMAP = """
1  | ユーザーテストの浸透 | 戦略部 | 22H2 23H1-24H2 25H1-25H2
1  | ガイドラインによる顧客視点のガバナンス強化 | 戦略部 | 22H2 22H2 23H1-23H2 24H1-25H2
2  | 国の認証基盤の積極的な活用 | 戦略部 | 22H2-25H2
2  | 共通デジタルツール、プラットフォームの導入 | 基盤整備部 | 22H2 22H2-23H2 23H1-23H2 24H1-25H2 24H1-25H2
3  | ガイドラインによるアクセシビリティのガバナンス強化 | 戦略部 | 22H2 23H1-25H2
3  | 高齢者等のデジタルデバイド是正事業の推進 | 戦略部 | 22H2 22H2 23H1-24H2 23H1-25H2 25H1-25H2
4  | データ利活用ガイドラインに基づくデータガバナンス強化 | 戦略部 | 22H2-24H2 22H2-24H2 22H2-24H2 25H1-25H2
5  | セキュリティガイドラインに基づくサイバーセキュリティ対策の強化 | 総務部 | 22H2 23H1-25H2
5  | 情報システムBCPに係る評価基準の策定 | デジタル基盤整備部 | 22H2 23H1-25H2
6  | 区市町村との共同による取組 (行政手続デジタル化推進事業) | 戦略部 | 22H2 22H2 22H2 23H1-24H2 25H1-25H2
6  | フラットなコミュニティ形成に資する取組 | 戦略部 | 22H2-23H2 22H2-23H2 22H2-23H2 24H1-24H2 25H1-25H2
7  | データの可視化のためのダッシュボード基盤の運用 | デジタル基盤整備部 | 22H2 23H1-23H2 24H1-25H2
7  | オープンデータ推進事業(カタログサイト) | デジタルサービス推進部 | 22H2-23H2 24H1-25H2
8  | OSSの普及啓発・シビックテックとの協働機運の醸成 | 戦略部 | 22H2 22H2 22H2 23H1-25H2
8  | オープンデータ推進事業 (都知事杯オープンデータ・ハッカソン) | デジタルサービス推進部 | 22H2 23H1-25H2
9  | アジャイル型開発 | デジタルサービス推進部 | 22H2 22H2 23H1-24H2 25H1-25H2
9  | 職員の活躍事例の横展開 | 戦略部 | 22H2-24H2 25H1-25H2
9  | 職員との双方向コミュニケーションの更なる充実 | 戦略部 | 22H2 23H1-24H2 25H1-25H2
10 | 東京デジタルアカデミーの展開 | 戦略部 | 22H2 22H2 22H2 23H1-25H2
10 | 区市町村におけるデジタル人材の確保・育成に係る支援 | 戦略部 | 22H2 23H1-23H2 24H1-25H2
"""

# 3. デジタルサービスの品質評価指標について: role, title, how it is to be measured
INDICATORS = """
    kgi           | 都民満足度 | survey
    participation | デジタル参加率（オンライン利用率） | sampled_procedures
    component     | アクセシビリティ（見つけやすさ） | survey
    component     | ユーザビリティ（使いやすさ） | survey
    component     | 手続コスト（時間） | survey:perceived sampled_services:actual
    component     | サービスのアップデート | survey:perceived sampled_services:actual
    foundation    | 行動規範浸透率 | survey
    foundation    | 職員満足度 | survey
    foundation    | デジタル人材育成 | records
    dialogue      | 双方向コミュニケーション |
"""

FACTS = {
    "version-1-0-0-decided": ("2022-03-31", "date"),
    "principles": (10, "count"),
    "additions": (2, "count"),
    "components": (4, "count"),
    "awareness-target": (70, "percent"),
    "resident-survey-cities": (6, "count"),
    "resident-survey-cities-abroad": (5, "count"),
    "resident-survey-per-city": (500, "people"),
    "resident-survey-total": (3000, "people"),
    "resident-survey-start": ("2021-11-30", "date"),
    "resident-survey-end": ("2021-12-20", "date"),
    "resident-survey-youngest": (10, "age_decade"),
    "resident-survey-oldest": (70, "age_decade"),
    "staff-survey-invited": (54046, "people"),
    "staff-survey-answered": (14780, "people"),
    "staff-survey-response-rate": (27.3, "percent"),
    "staff-survey-start": ("2021-12-01", "date"),
    "staff-survey-end": ("2021-12-14", "date"),
    "first-report-target": (3, "hours"),
    "accessibility-standard": ("JIS X 8341-3", "standard"),
    "digitalization-projects": (10, "count"),
    "cio-forum-per-year": (2, "about_per_year"),
    "round-table-municipalities": (25, "about_count"),
    "hackathon-services-first": (5, "count"),
    "hackathon-services-next": (8, "count"),
    "agile-cases-least": (4, "count"),
    "agile-cases-most": (6, "count"),
}


def rows(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def kpis(level):
    return [kpi for principle in NEW.principles for kpi in principle.kpis if kpi.level == level]


@pytest.mark.parametrize("guideline", [OLD, NEW], ids=["1.0.0", "1.1.0"])
def test_the_ten_principles_have_their_titles_in_their_order(guideline):
    assert [principle.number for principle in guideline.principles] == list(range(1, 11))
    assert [principle.title.ja for principle in guideline.principles] == TITLES.split()


def test_a_slip_of_the_source_is_told_and_not_taken_over():
    told = " ".join(note.ja for note in NEW.principle(5).notes)
    assert "つくらう" in told
    assert "つくらう" not in NEW.principle(5).title.ja


@pytest.mark.parametrize("number", KPIS)
def test_every_kpi_of_the_logic_model_has_its_name_and_its_column(number):
    principle = NEW.principle(number)
    for level, names in zip(("output", "outcome"), KPIS[number], strict=True):
        assert [kpi.title.ja for kpi in principle.kpis if kpi.level == level] == names


def test_there_are_21_output_and_14_outcome_kpis_of_20_and_10_names():
    assert (len(kpis("output")), len(kpis("outcome"))) == (21, 14)
    assert len({kpi.title.ja for kpi in kpis("output")}) == 20  # ユーザーレビューの取得件数: 1 and 9
    assert len({kpi.title.ja for kpi in kpis("outcome")}) == 10  # NPS: 1, 2, 3, 5 and 9
    twice = Counter(kpi.title.ja for kpi in (*kpis("output"), *kpis("outcome")))
    assert {name: count for name, count in twice.items() if count > 1} == {
        "ユーザーレビューの取得件数": 2,
        NPS: 5,
    }


def test_kpis_that_a_page_names_otherwise_keep_both_names():
    also = {kpi.id: text.ja for kpi in (*kpis("output"), *kpis("outcome")) for text in kpi.also}
    assert also == OTHERWISE


def test_a_dash_is_not_applicable_and_an_empty_part_is_empty():
    assert {each.number: each.not_applicable for each in NEW.principles if each.not_applicable} == {
        4: ("kpis.output",),
        7: ("kpis.outcome",),
    }
    assert NEW.principle(10).phases == ()
    assert NEW.indicator("dialogue").measurement == ()


def test_viewpoints_actions_and_phases_are_as_many_as_in_the_source():
    assert [len(each.viewpoints) for each in NEW.principles] == [2, 2, 3, 3, 3, 2, 2, 2, 2, 2]
    assert [len(each.actions) for each in NEW.principles] == [4, 3, 3, 3, 3, 2, 2, 2, 2, 2]
    practices = [[len(phase.practices) for phase in each.phases] for each in NEW.principles]
    assert practices == [[3, 2, 2], [3, 2], [1, 3], [3, 2], [2], [2, 2], [1, 2], [2, 2], [3, 2, 1], []]


def test_the_stages_are_called_as_the_source_calls_them():
    names = {phase.title.ja for each in NEW.principles for phase in each.phases}
    assert names == {
        "企画段階",
        "開発段階",
        "運用段階",
        "サービス提供時",
        "民間テクノロジーの活用",
        "行政の取組／地域団体等との連携",
        "プロセス別の対応",
    }


@pytest.mark.parametrize(
    ("number", "core"),
    list(
        enumerate(
            [
                "一人でも二人でも",
                "一枚",
                "ターゲット",
                "数字やデータ",
                "セキュリティポリシー",
                "区市町村",
                "オープンデータカタログサイト",
                "ハッカソン",
                "数字で測って",
                "東京デジタルアカデミー",
            ],
            start=1,
        )
    ),
)
def test_each_principle_has_a_first_step(number, core):
    assert core in NEW.principle(number).first_step.ja


def test_every_initiative_has_its_department_and_its_halves():
    planned = []
    for principle in NEW.principles:
        for each in principle.initiatives:
            spans = [re.sub("20(..H.)", r"\1", f"{step.start}-{step.end}") for step in each.milestones]
            halves = [span.split("-")[0] if len(set(span.split("-"))) == 1 else span for span in spans]
            planned.append([str(principle.number), each.title.ja, each.department.ja, " ".join(halves)])
    assert planned == rows(ROADMAP)
    assert (NEW.roadmap.start, NEW.roadmap.end) == ("2022H2", "2025H2")


def test_initiatives_that_the_overview_calls_otherwise_keep_both_names():
    also = {
        (principle.number, each.number): text.ja
        for principle in NEW.principles
        for each in principle.initiatives
        for text in each.also
    }
    assert also == {
        (1, 2): "UI・UXガイドラインによる顧客視点のガバナンス強化",
        (5, 1): "セキュリティガイドラインに基づく開発プロセスごとのセキュリティ対策の実施",
        (5, 2): "情報システムBCPによる情報の適切な保全",
        (6, 1): "区市町村との共同による取組",
        (9, 3): "都民との双方向コミュニケーションの更なる充実",
    }


def test_every_indicator_has_its_role_and_its_ways_of_measuring():
    told = [
        [
            each.role,
            each.title.ja,
            " ".join(":".join(filter(None, (way.method, way.perspective))) for way in each.measurement),
        ]
        for each in NEW.indicators
    ]
    assert told == rows(INDICATORS)
    assert {each.parent for each in NEW.indicators if each.role == "component"} == {"satisfaction"}


def test_the_one_target_is_70_percent_in_fiscal_2022():
    targets = [(each.id, one.fiscal_year, one.value) for each in NEW.indicators for one in each.targets]
    assert targets == [("awareness", 2022, 0.70)]


def test_satisfied_is_who_answers_very_or_rather_satisfied():
    (measure,) = NEW.indicator("satisfaction").measures
    (scale,) = [scale for scale in NEW.scales if scale.id == NEW.item(measure.item).scale]
    said = [scale.codes[code].ja for code in measure.favourable]
    assert sorted(said) == ["どちらかといえば満足", "非常に満足"]


@pytest.mark.parametrize("id", FACTS)
def test_each_fact_has_its_value_and_says_where_it_stands(id):
    (fact,) = [fact for fact in NEW.facts if fact.id == id]
    assert (fact.value, fact.unit) == FACTS[id]
    assert fact.reference.source == "行動指針のバージョンアップについて"
    assert fact.reference.place


def test_no_fact_is_left_unchecked_and_the_sums_are_right():
    known = {fact.id: fact.value for fact in NEW.facts}
    assert set(known) - set(FACTS) == {"previous-council"}
    assert known["resident-survey-cities"] * known["resident-survey-per-city"] == 3000
    assert round(100 * known["staff-survey-answered"] / known["staff-survey-invited"], 1) == 27.3


def test_the_two_surveys_ran_when_the_source_says():
    assert {each.id: (str(each.start), str(each.end)) for each in NEW.surveys} == {
        "resident-2021": ("2021-11-30", "2021-12-20"),
        "staff-2021": ("2021-12-01", "2021-12-14"),
    }


def test_version_1_0_0_is_what_the_source_says_about_it_and_no_more():
    assert (str(OLD.decided_on), OLD.supersedes, NEW.supersedes) == ("2022-03-31", None, "1.0.0")
    for text in (OLD.mission, OLD.vision, OLD.values, *OLD.governance, *OLD.management):
        assert text.ja
        assert text.en
    held = {name for name, count in counts(OLD).items() if count}
    assert held == {"principles", "facts"}
    assert all(each.kpis == () and each.initiatives == () for each in OLD.principles)


def test_what_version_1_1_0_adds():
    comparison = compare(OLD, NEW)
    added = Counter(each.kind for each in comparison.of("added"))
    assert {kind: added[kind] for kind in ("kpi", "initiative", "indicator", "survey")} == {
        "kpi": 35,
        "initiative": 20,
        "indicator": 10,
        "survey": 2,
    }
    assert [each.path for each in comparison.of("changed")] == ["guideline/title"]
    assert comparison.of("retired") == []
