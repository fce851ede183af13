"""The front page: the state of the services on one screen."""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.define.guideline import Indicator
from monosashi.publish.charts.chart import Chart, Table
from monosashi.publish.edition import Edition
from monosashi.publish.findings import Finding, of_edition
from monosashi.web.publish.presenters.headline import Headline, headline
from monosashi.web.publish.presenters.series import over_time
from monosashi.web.publish.presenters.side import Side


@dataclass(frozen=True)
class Group:
    """Rows of one shape under one heading, with the table twin of all their tracks."""

    rows: tuple[Headline, ...]
    table: Table


@dataclass(frozen=True)
class Front:
    kgi: Headline | None
    trend: Chart | None
    quality: Group
    foundations: Group
    dialogue: Group
    findings: tuple[Finding, ...]


def front(edition: Edition, language: str) -> Front:
    kgi = next(iter(_with_role(edition, "kgi")), None)
    side = Side(edition, kgi, kgi.measures[0], language) if kgi and kgi.measures else None
    ja = language == "ja"
    return Front(
        kgi=headline(side) if side else None,
        trend=over_time(side) if side else None,
        quality=_group(
            edition,
            ("participation", "component"),
            "参加率と4つの構成要素" if ja else "Participation and components",
            language,
        ),
        foundations=_group(
            edition, ("foundation",), "都庁の基盤" if ja else "Foundations inside government", language
        ),
        dialogue=_group(
            edition, ("dialogue",), "双方向コミュニケーション" if ja else "Two-way communication", language
        ),
        findings=tuple(of_edition(edition, language)),
    )


def _with_role(edition: Edition, *roles: str) -> list[Indicator]:
    """Indicators of some roles, in the order of the roles and then of the guideline."""
    chosen = [indicator for indicator in edition.guideline.indicators if indicator.role in roles]
    return sorted(chosen, key=lambda indicator: (roles.index(indicator.role), indicator.order))


def _group(edition: Edition, roles: tuple[str, ...], caption: str, language: str) -> Group:
    shown = tuple(
        headline(Side(edition, indicator, indicator.measures[0], language))
        for indicator in _with_role(edition, *roles)
        if indicator.measures
    )
    return Group(shown, _table(shown, caption, language))


def _table(shown: tuple[Headline, ...], caption: str, language: str) -> Table:
    columns = (
        ("指標", "数値", "誤差の範囲", "前の版からの変化", "変化の判定", "目標", "調べた範囲")
        if language == "ja"
        else ("Indicator", "Figure", "Interval", "Change", "Verdict", "Target", "Coverage")
    )
    rows = tuple(
        (
            row.title,
            row.point.written,
            row.point.span or "—",
            row.change,
            row.verdict_words,
            row.goal.written if row.goal else "—",
            ("。" if language == "ja" else "; ").join(part.short for part in row.reach) or "—",
        )
        for row in shown
    )
    return Table(caption, columns, rows)
