"""`monosashi edition`: freeze a period, publish it, list what is there, check that nothing changed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from monosashi import errors
from monosashi.adapters.editions import Editions
from monosashi.adapters.home import Home
from monosashi.errors import Problem
from monosashi.publish.edition import Edition

_JST = timedelta(hours=9)


@click.group()
def edition() -> None:
    """Freeze, publish and list editions."""


@edition.command()
@click.argument("period")
@click.option("--id", "id_", help="Name of the edition; the period by default.")
@click.option("--built-on", help="Day of the edition (YYYY-MM-DD); today by default.")
@click.option("--next-on", help="Day on which the next edition is promised (YYYY-MM-DD).")
@click.option("--guideline", help="A shipped guideline such as tokyo/1.1.0, or a folder.")
def build(
    period: str, id_: str | None, built_on: str | None, next_on: str | None, guideline: str | None
) -> None:
    """Compute the figures of a closed PERIOD and write them as a draft that nobody sees yet."""
    from monosashi.adapters.builder import Builder

    home = Home.of_environment()
    builder = Builder.of_home(home, guideline)
    built = builder.build(
        period,
        id=id_ or period,
        built_on=_day(built_on) or (datetime.now(UTC) + _JST).date(),
        next_on=_day(next_on),
        report=lambda line: click.echo(line, err=True),
    )
    _say(state="draft", **_summary(built))


@edition.command()
@click.argument("id_", metavar="ID")
def publish(id_: str) -> None:
    """Make a draft visible to everyone. From then on it never changes."""
    _say(state="published", **_summary(_editions().publish(id_)))


@edition.command("list")
def list_() -> None:
    """Published editions, oldest first, and drafts."""
    editions = _editions()
    _say(
        published=[_summary(found) for id in editions.ids() if (found := editions.get(id))],
        drafts=[_summary(found) for id in editions.drafts() if (found := editions.draft(id))],
    )


@edition.command()
@click.argument("id_", metavar="ID")
def check(id_: str) -> None:
    """Re-hash every file of a published edition and of the chain of editions before it."""
    findings = _editions().verify(id_)
    if findings:
        raise errors.EDITION_DAMAGED(where=id_, findings=findings)
    _say(id=id_, intact=True)


def _editions() -> Editions:
    return Editions(Home.of_environment().editions)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise _not_a_day(text) from problem


def _not_a_day(text: str) -> Problem:
    return errors.SETTING_INVALID(name="--built-on / --next-on", value=text, expected="YYYY-MM-DD")


def _summary(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.id,
        "period": edition.period,
        "synthetic": edition.synthetic,
        "built_on": edition.built_on,
        "guideline": f"{edition.guideline.id}/{edition.guideline.version}",
        "previous": edition.previous,
        "digest": edition.digest,
        "figures": len(edition.estimates),
        "changes": len(edition.changes),
    }


def _say(**result: Any) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
