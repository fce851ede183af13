"""Fills a home with the synthetic city: its lake, what its codes are called, and three editions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date

from monosashi import __version__, errors
from monosashi.adapters.builder import Builder
from monosashi.adapters.home import Home
from monosashi.demo import city

Report = Callable[[str], None]
_OWN = ("lake", "editions", "labels.csv", "demo.json", "secret.key")
_DATABASE = ("monosashi.sqlite3", "monosashi.sqlite3-wal", "monosashi.sqlite3-shm")


def is_finished(home: Home) -> bool:
    """Whether the home holds this very city, complete."""
    try:
        return bool(json.loads(home.demo_marker.read_text()) == _marker())
    except (OSError, ValueError):
        return False


def clear(home: Home) -> None:
    """Makes room: removes an unfinished or older demo, and nothing that is not a demo (DEMO_HOME_TAKEN)."""
    building = home.path / "demo.building"
    ours = building.exists() or home.demo_marker.exists()
    if not ours and home.path.exists() and any(home.path.iterdir()):
        raise errors.DEMO_HOME_TAKEN(home=str(home.path))
    home.path.mkdir(parents=True, exist_ok=True)
    building.touch()
    for name in (*_OWN, *_DATABASE):
        path = home.path / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def builder_of(home: Home) -> Builder:
    """Builds editions of the city: the same guideline always, and every edition marked synthetic."""
    home.write_labels(city.labels())
    return Builder.of_home(home, "tokyo/1.1.0", synthetic=True)


def fill(builder: Builder, report: Report, *, seed: int = city.SEED) -> None:
    """Writes the lake and publishes one edition for each fiscal year."""
    for part in city.parts(seed, builder.guideline):
        columns = part.make()
        report(f"{part.table}: {len(columns):,}")
        commit = {"source": "synthetic city", "seed": str(seed), "synthetic": "true"}
        builder.lake.append(part.table, columns, key=part.key, commit=commit)
    for period in city.PERIODS:
        report(f"edition {period}")
        built_on, next_on = (date.fromisoformat(days[period]) for days in (city.BUILT_ON, city.NEXT_ON))
        builder.build(period, id=period, built_on=built_on, next_on=next_on, report=_quietly)
        builder.editions.publish(period)


def finish(home: Home) -> None:
    """The marker is written last: a demo that has it is whole."""
    beside = home.path / "demo.json.writing"
    beside.write_text(json.dumps(_marker()) + "\n")
    beside.replace(home.demo_marker)
    (home.path / "demo.building").unlink(missing_ok=True)


def _marker() -> dict[str, object]:
    return {"synthetic": True, "version": city.VERSION, "seed": city.SEED, "software": __version__}


def _quietly(_: str) -> None:
    """One line for each edition is enough here."""
