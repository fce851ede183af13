"""`monosashi check` finds what is not as it was written, and names it."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest

from lakes import TABLE, append
from monosashi.adapters.delta_log import entry
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import checkpoint, compact
from monosashi.adapters.lake_check import examine


@pytest.fixture
def lake(tmp_path):
    made = DeltaLake(tmp_path / "lake")
    for id in ("a", "b", "c"):
        append(made, id)
    return made


def look(lake):
    (table,) = examine(lake, report=lambda _: None)
    return table


def parquet(lake, version):
    (file,) = (lake.root / TABLE).glob(f"{version:08}-*.parquet")
    return file


def change_entry(lake, version, old, new):
    made = entry(lake.root / TABLE, version)
    assert old in made.read_text()
    made.write_text(made.read_text().replace(old, new))


def flip_a_byte(file):
    content = bytearray(file.read_bytes())
    content[20] ^= 1
    file.write_bytes(content)


def test_a_sound_lake(lake):
    compact(lake, TABLE)
    seen = look(lake)
    assert (seen.versions, seen.files, seen.rows, seen.findings) == (4, 1, 3, [])
    assert (seen.unrecorded, seen.unnamed) == ([], [])
    assert json.dumps(seen.as_json())


DAMAGE = {
    "an entry is gone behind a checkpoint": (
        lambda lake: (checkpoint(lake, TABLE), entry(lake.root / TABLE, 1).unlink()),
        "lake-entry-missing",
    ),
    "an entry is gone": (lambda lake: entry(lake.root / TABLE, 1).unlink(), "lake-entry-missing"),
    "an entry is words": (lambda lake: entry(lake.root / TABLE, 1).write_text("words"), "lake-damaged"),
    "a file is gone": (lambda lake: parquet(lake, 1).unlink(), "lake-file-missing"),
    "a byte is another": (lambda lake: flip_a_byte(parquet(lake, 1)), "lake-file-changed"),
    "a file is longer": (
        lambda lake: parquet(lake, 1).write_bytes(parquet(lake, 1).read_bytes() + b"x"),
        "lake-file-changed",
    ),
    "rows are told wrongly": (
        lambda lake: change_entry(lake, 1, '\\"numRecords\\": 1', '\\"numRecords\\": 2'),
        "lake-file-changed",
    ),
    "the schema is another": (
        lambda lake: change_entry(lake, 0, '\\"double\\"', '\\"string\\"'),
        "lake-file-changed",
    ),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_named(lake, case):
    harm, code = DAMAGE[case]
    harm(lake)
    assert code in {finding.kind.code for finding in look(lake).findings}


def test_a_file_of_the_same_size_with_other_content_is_found_by_its_digest(lake):
    other = DeltaLake(lake.root.parent / "other")
    append(other, "z")
    (theirs,) = (other.root / TABLE).glob("*.parquet")
    mine = parquet(lake, 1)
    assert theirs.stat().st_size == mine.stat().st_size
    shutil.copyfile(theirs, mine)
    (finding,) = look(lake).findings
    assert finding.details == {"name": mine.name, "what": "sha256"}


def test_files_without_digest_or_name_are_listed_and_no_mistake(lake):
    sha = hashlib.sha256(parquet(lake, 1).read_bytes()).hexdigest()
    change_entry(lake, 1, f', "tags": {{"sha256": "{sha}"}}', "")
    (lake.root / TABLE / "00000003-0.parquet").write_bytes(b"half")
    seen = look(lake)
    assert (seen.findings, seen.unrecorded, seen.unnamed) == (
        [],
        [parquet(lake, 1).name],
        ["00000003-0.parquet"],
    )
