"""What the whole suite shares: how hard hypothesis tries, and the synthetic city, built once."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import Phase, settings

# Everyday, the same examples every time: red means that a line has changed, never that the dice fell
# badly. A failing example is shown as it was drawn, for shrinking one can take five minutes. The long
# campaign draws new examples and shrinks what it finds: MONOSASHI_LONG=1 .venv/bin/pytest tests/property
settings.register_profile(
    "everyday", derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate, Phase.target]
)
settings.register_profile("long", max_examples=4000, deadline=None, print_blob=True)
settings.load_profile("long" if os.environ.get("MONOSASHI_LONG") else "everyday")


@pytest.fixture(scope="session")
def city_editions(tmp_path_factory):
    """The three published editions of the synthetic city, to be read only; all workers share one build."""
    from monosashi.adapters.editions import Editions

    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with _one_at_a_time(root / "city.lock"):
        if not (root / "city").exists():
            shutil.rmtree(root / "city.building", ignore_errors=True)  # of a worker that failed
            _build_city(root / "city.building")
            (root / "city.building").rename(root / "city")
    return Editions(root / "city" / "editions")


def _build_city(root: Path) -> None:
    from monosashi.adapters.builder import Builder
    from monosashi.adapters.editions import Editions
    from monosashi.adapters.engine import DuckDBReducer
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.demo import build, city
    from parquet_lake import ParquetLake

    builder = Builder(
        guideline=load_guideline("tokyo/1.1.0"),
        lake=ParquetLake(root / "lake"),
        reducer=DuckDBReducer(),
        editions=Editions(root / "editions"),
        labels=city.labels(),
        synthetic=True,
    )
    build.fill(builder, lambda _: None)


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(autouse=True)
def no_word_about_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that take two seconds say so; what a test reads must not depend on the machine."""
    monkeypatch.setattr("monosashi.cli.slow.SLOW", 3600.0)
