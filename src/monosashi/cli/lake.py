"""`monosashi compact`, `erase` and `undo`: keeping the lake in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monosashi.adapters.home import Home
from monosashi.cli.slow import said_when_slow

if TYPE_CHECKING:
    from monosashi.adapters.lake import DeltaLake

_home = click.option(
    "--home", type=click.Path(path_type=Path), help="The installation; MONOSASHI_HOME by default."
)


@click.command()
@click.argument("tables", nargs=-1, metavar="[TABLE]...")
@click.option(
    "--retain",
    type=click.FloatRange(min=0),
    metavar="DAYS",
    help="Also remove files that no version names since so many days; those versions cannot be read again.",
)
@_home
def compact(tables: tuple[str, ...], *, retain: float | None, home: Path | None) -> None:
    """Make few files out of many small imports, and the log quick to open. All tables where none is named.

    No row changes. Earlier versions stay readable unless --retain says until when.
    """
    from monosashi.adapters import lake_care

    lake = _lake(home)
    done = []
    for table in tables or lake.tables():
        with said_when_slow(f"{table} …"):
            made = lake_care.compact(lake, table)
            version = lake_care.checkpoint(lake, table)
            cleared = [] if retain is None else lake_care.vacuum(lake, table, days=retain)
        joined = made.removed if made else 0
        done.append({"table": table, "version": version, "joined": joined, "cleared": len(cleared)})
    _say({"tables": done})


@click.command()
@click.argument("response_id")
@click.option("--dry-run", is_flag=True, help="Show where the person's rows are; change nothing.")
@_home
def erase(response_id: str, *, dry_run: bool, home: Path | None) -> None:
    """Erase one respondent from every file of the lake, and prove it. This cannot be undone.

    Versions that held the rows cannot be read any more; published editions stay. A later import of the same
    file does not bring the rows back.
    """
    from monosashi.adapters import erasure

    lake = _lake(home)
    with said_when_slow("reading every file of the lake …"):
        if dry_run:
            places = erasure.found(lake, response_id)
            _say({"erased": False, "found": [vars(place) for place in places]})
            return
        _say({"erased": True, **erasure.erase(lake, response_id)})


@click.command()
@click.argument("table")
@click.argument("version", type=click.IntRange(min=0))
@_home
def undo(table: str, version: int, *, home: Path | None) -> None:
    """Take the rows of one import out of TABLE again: VERSION is the one its receipt names.

    Refused where an edition, or the draft of one, was built on that version or a later one.
    """
    from monosashi.adapters import lake_care
    from monosashi.adapters.editions import Editions

    place = home or Home.of_environment().path
    built = Editions(place / "editions").built_on(table)
    with said_when_slow(f"{table} …"):
        made = lake_care.undo(_lake(home), table, version, editions=built)
    _say({"table": table, "undone": version, "version": made.version if made else None, "already": not made})


def _lake(home: Path | None) -> DeltaLake:
    from monosashi.adapters.lake import DeltaLake

    return DeltaLake(home / "lake" if home else Home.of_environment().lake)


def _say(result: dict[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
