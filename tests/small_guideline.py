"""A guideline small enough to keep in mind: one city, two principles, one of everything else."""

from __future__ import annotations

from monosashi.define.guideline import Guideline
from monosashi.define.read import read_guideline
from monosashi.errors import Finding, Problem

FILES = {
    "guideline.yaml": """\
id: smallville
version: 1.0.0
title: {ja: 小町の指針, en: Guideline of Smallville}
government: {ja: 小町, en: Smallville}
decided_on: 2024-03-31
supersedes: null
mission: {ja: 役に立つ, en: Be of use}
vision: null
values: null
reference: {source: 広報}
principle_count: 2
roadmap: {from: 2024H1, to: 2025H2}
""",
    "principles/01-listen.yaml": """\
number: 1
id: listen
title: {ja: 聞こう, en: Listen}
summary: {ja: 人の話を聞く, en: Hear what people say}
phases:
  - phase: plan
    title: {ja: 企画, en: Planning}
    practices:
      - {ja: たずねる, en: Ask}
viewpoints:
  - {ja: 声を聞いているか, en: Are people heard?}
  - {ja: 使う人を知っているか, en: Are the users known?}
kpis:
  - {id: talks, level: output, title: {ja: 聞いた回数, en: Number of talks}}
  - {id: trust, level: outcome, title: {ja: 信頼, en: Trust}}
""",
    "principles/02-mend.yaml": """\
number: 2
id: mend
title: {ja: 直そう, en: Mend}
not_applicable: [kpis.outcome]
""",
    "indicators/ease.yaml": """\
id: ease
role: kgi
order: 1
title: {ja: 使いやすさ, en: Ease}
short: {ja: 使いやすいですか, en: Is it easy?}
definition: {ja: 使いやすいと答えた割合, en: Share who say that it is easy}
unit: share
measurement:
  - {method: survey}
measures:
  - id: perceived
    perspective: perceived
    table: responses/resident
    statistic: proportion
    item: easy
    favourable: [4, 5]
    basis: quota_panel
    population: {ja: 町の人, en: People of the town}
    definition_version: "1"
targets:
  - {fiscal_year: 2024, value: 0.70, reference: {source: 広報}}
practical_threshold: 0.03
not_covered: {ja: 使っていない人, en: People who do not use it}
reference: {source: 広報}
""",
    "items/easy.yaml": """\
id: easy
wording_version: "1"
scale: five
asked_in: [resident]
text: {ja: 使いやすいですか, en: Is it easy?}
purpose: {ja: 知るため, en: To know}
""",
    "scales.yaml": """\
- id: five
  title: {ja: 五段階, en: Five steps}
  codes:
    5: {ja: とても, en: Very}
    4: {ja: まあ, en: Rather}
    1: {ja: いいえ, en: "No"}
  favourable: [4, 5]
""",
    "facts.csv": """\
id,value,unit,as_of,title_ja,title_en,source,place
people,12000,people,2024-04-01,人口,Population,広報,1ページ
""",
    "roadmap/initiatives.yaml": """\
- id: open-hours
  principle: 1
  number: 1
  title: {ja: 夜も開ける, en: Open at night}
  department: {ja: 窓口課, en: Counter Division}
""",
    "roadmap/milestones.csv": """\
initiative,from,to,text_ja,text_en,note_ja,note_en
open-hours,2024H1,2024H2,週に一度試す,Try once a week,,
open-hours,2025H1,2025H2,毎日開ける,Open every day,,
""",
}


CODE_FRAME = """\
id: town
version: "1"
title: {ja: 町への声, en: Voices to the town}
covers: {ja: 町のこと, en: the town}
themes:
  - id: roads
    title: {ja: 道, en: Roads}
    definition: {ja: 道の良し悪し, en: the state of roads}
    words: {ja: [道, 歩道], en: [road, pavement]}
  - id: water
    title: {ja: 水, en: Water}
    definition: {ja: 水の良し悪し, en: the state of water}
    words: {ja: [水道, 道], en: [water, tap]}
good: {ja: [良い], en: [good]}
bad: {ja: [悪い], en: [bad]}
wish: {ja: [欲しい], en: [wish]}
able: {ja: [使える], en: [use]}
nothing: {ja: [なし], en: [none]}
reference: {source: bulletin}
"""


def files(*edits: tuple[str, str, str], without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files with (file, text, other text) replaced; a text that is not there would prove nothing."""
    texts = {file: text for file, text in FILES.items() if file not in without}
    for file, old, new in edits:
        assert old in texts[file], f"{old!r} is not in {file}"
        texts[file] = texts[file].replace(old, new, 1)
    return {file: text.encode() for file, text in texts.items()}


def guideline(*edits: tuple[str, str, str], without: tuple[str, ...] = ()) -> Guideline:
    return read_guideline(files(*edits, without=without), name="smallville")


def findings(contents: dict[str, bytes]) -> list[Finding]:
    """What is wrong with a guideline; nothing when it can be read."""
    try:
        read_guideline(contents, name="smallville")
    except Problem as problem:
        return list(problem.findings)
    return []


def told(contents: dict[str, bytes]) -> list[tuple[str, str | None, int | None]]:
    """(code, file, line) of each finding."""
    return [(each.kind.code, each.file, each.row) for each in findings(contents)]
