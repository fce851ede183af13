"""What gets installed: pinned, hashed, and from whatever mirror a house uses."""

from __future__ import annotations

import hashlib
import re
import tomllib

import pytest

from broken_house import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def entries(lock):
    """One string per requirement, hashes included."""
    return [one for one in lock.read_text("utf-8").replace("\\\n", " ").splitlines() if one.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_of_a_lock_is_pinned_and_hashed(lock):
    assert entries(lock)
    for entry in entries(lock):
        assert re.match(r"^[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_a_lock_names_no_host():
    for lock in LOCKS:
        assert "://" not in lock.read_text("utf-8"), lock.name


def test_locks_agree_where_they_overlap():
    pins = {}
    for lock in LOCKS:
        for entry in entries(lock):
            requirement = entry.partition(" --hash")[0].strip()
            name = re.split(r"[= ]", requirement)[0]
            version = requirement.partition(" ;")[0]  # where it is needed may differ, not what it is
            pins.setdefault(name, {}).setdefault(lock.name, set()).add(version)
    for name, found in pins.items():
        assert len({frozenset(versions) for versions in found.values()}) == 1, (name, found)


def test_the_spark_that_is_tested_is_of_the_version_of_its_client():
    (client,) = (one for one in entries(ROOT / "requirements" / "spark.txt") if one.startswith("pyspark"))
    (server,) = (
        one for one in entries(ROOT / "requirements" / "spark-server.txt") if one.startswith("pyspark")
    )
    assert client.split()[0].partition("==")[2] == server.split()[0].partition("==")[2]


def test_every_dependency_of_the_project_is_in_the_lock():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    locked = {re.split(r"[= ]", entry)[0] for entry in entries(ROOT / "requirements" / "run.txt")}
    assert {re.split(r"[\[<>=]", name)[0] for name in declared} <= locked


def test_the_vendored_pip_is_the_recorded_one():
    script = (ROOT / "tools" / "bootstrap.py").read_text("utf-8")
    (wheel,) = (ROOT / "tools" / "vendor").glob("*.whl")
    assert wheel.name in script
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in script
