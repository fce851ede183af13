"""The page of one principle: its logic model, its first step, its mechanisms and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.define.guideline import Initiative, Milestone, Principle
from monosashi.define.text import Text
from monosashi.publish import words
from monosashi.publish.charts.logic_model import Node, Stage, logic_model
from monosashi.publish.charts.svg import Markup
from monosashi.publish.edition import Edition, Progress


@dataclass(frozen=True)
class Step:
    span: str
    text: str
    note: str
    state: str
    state_words: str
    remark: str


@dataclass(frozen=True)
class Mechanism:
    title: str
    department: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PrinciplePage:
    number: int
    title: str
    summary: str
    direction: str
    first_step: str
    logic: Markup
    mechanisms: tuple[Mechanism, ...]
    phases: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    before: tuple[int, str] | None
    after: tuple[int, str] | None


def principle_page(edition: Edition, principle: Principle, language: str) -> PrinciplePage:
    return PrinciplePage(
        number=principle.number,
        title=principle.title.said_in(language),
        summary=_said(principle.summary, language),
        direction=_said(principle.direction, language),
        first_step=_said(principle.first_step, language),
        logic=logic_model(_stages(principle, language)),
        mechanisms=tuple(_mechanism(edition, initiative, language) for initiative in principle.initiatives),
        phases=tuple(
            (phase.title.said_in(language), tuple(text.said_in(language) for text in phase.practices))
            for phase in principle.phases
        ),
        notes=tuple(note.said_in(language) for note in principle.notes),
        before=_neighbor(edition, principle.number - 1, language),
        after=_neighbor(edition, principle.number + 1, language),
    )


def _said(text: Text | None, language: str) -> str:
    return text.said_in(language) if text else ""


def _neighbor(edition: Edition, number: int, language: str) -> tuple[int, str] | None:
    found = next((p for p in edition.guideline.principles if p.number == number), None)
    return (found.number, found.title.said_in(language)) if found else None


def _stages(principle: Principle, language: str) -> list[Stage]:
    ja = language == "ja"
    silence = "まだデータがありません" if ja else "no data yet"
    open_ = "指針には書かれていません" if ja else "The guideline does not say."
    dash = "—（指針では定めていません）" if ja else "— (the guideline sets none)"

    def kpis(level: str) -> tuple[Node, ...]:
        return tuple(
            Node(kpi.title.said_in(language), "", silence) for kpi in principle.kpis if kpi.level == level
        )

    def plain(texts: Sequence[Text]) -> tuple[Node, ...]:
        return tuple(Node(text.said_in(language)) for text in texts)

    titles = (
        (
            ("目標設定の視点", "何に気をつけるか"),
            ("具体的なアクション", "何をするか"),
            ("アウトプットKPI", "したことの量"),
            ("アウトカムKPI", "それで変わったこと"),
        )
        if ja
        else (
            ("Viewpoints", "What to mind"),
            ("Actions", "What to do"),
            ("Output KPIs", "What was done"),
            ("Outcome KPIs", "What it changed"),
        )
    )
    return [
        Stage("viewpoint", *titles[0], plain(principle.viewpoints), open_),
        Stage("action", *titles[1], plain(principle.actions), open_),
        Stage(
            "output", *titles[2], kpis("output"), dash if "kpis.output" in principle.not_applicable else open_
        ),
        Stage(
            "outcome",
            *titles[3],
            kpis("outcome"),
            dash if "kpis.outcome" in principle.not_applicable else open_,
        ),
    ]


def _mechanism(edition: Edition, initiative: Initiative, language: str) -> Mechanism:
    reports = [row for row in edition.roadmap if row.initiative == initiative.id]
    return Mechanism(
        initiative.title.said_in(language),
        initiative.department.said_in(language),
        tuple(_step(milestone, reports, language) for milestone in initiative.milestones),
    )


def _step(milestone: Milestone, reports: Sequence[Progress], language: str) -> Step:
    """The latest report whose fiscal half lies in the milestone; none: nobody has reported."""
    inside = sorted(
        (row for row in reports if milestone.start <= row.half <= milestone.end), key=lambda row: row.half
    )
    told = [row for row in inside if row.state != "not_collected"]
    latest = told[-1] if told else None
    state = latest.state if latest else "not_collected"
    remark = (latest.note_ja if language == "ja" else latest.note_en) if latest else ""
    return Step(
        _span(milestone, language),
        milestone.text.said_in(language),
        _said(milestone.note, language),
        state,
        words.of(words.PROGRESS, state, language),
        remark,
    )


def _span(milestone: Milestone, language: str) -> str:
    """2023H1 to 2023H2 is fiscal 2023; an end that lies at the edge of a fiscal year has no half."""
    if milestone.start == milestone.end:
        return words.period(milestone.start, language)
    start = words.period(_year(milestone.start, "H1"), language)
    end = words.period(_year(milestone.end, "H2"), language)
    if start == end:
        return start
    return f"{start}〜{end}" if language == "ja" else f"{start} to {end}"


def _year(half: str, edge: str) -> str:
    return f"FY{half[:4]}" if half.endswith(edge) else half
