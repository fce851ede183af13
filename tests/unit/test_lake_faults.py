"""The disk, another process or the person at the keyboard gets in the way: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from broken_house import ROOT
from lakes import TABLE, append, content, ids
from monosashi.adapters import delta_log
from monosashi.adapters import lake as module
from monosashi.adapters.lake import DeltaLake
from monosashi.errors import Problem

LOG = f"{TABLE}/_delta_log"


@pytest.fixture
def lake(tmp_path):
    return DeltaLake(tmp_path / "lake")


def refused(function, *arguments, **named):
    with pytest.raises(Problem) as problem:
        function(*arguments, **named)
    return problem.value.kind.code


# ---- what is flushed, and when --------------------------------------------------------------------------


@pytest.fixture
def steps(lake, monkeypatch):
    """What reached the disk, and the moment at which a version could be seen, in their order."""
    made: list[str] = []
    fsync, link = os.fsync, os.link

    def flushed(descriptor):
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        made.append("rows" if path.suffix == ".parquet" else "entry" if path.is_file() else path.name)
        fsync(descriptor)

    def seen(*names):
        made.append("SEEN")
        link(*names)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "link", seen)
    return made


def test_rows_and_entry_are_on_the_disk_before_they_can_be_seen_and_their_names_before_the_receipt(
    lake, steps
):
    append(lake, "a")
    before, after = steps[: steps.index("SEEN")], steps[steps.index("SEEN") + 1 :]
    assert before == ["rows", TABLE, "lake", lake.root.parent.name, "entry"]
    assert after == ["_delta_log"]


def test_rows_that_were_there_are_acknowledged_after_their_entry_is_on_the_disk(lake, steps):
    """Whoever stored them may have been killed just before."""
    append(lake, "a")
    steps.clear()
    append(lake, "a")
    assert steps == ["_delta_log"]


# ---- a disk that is full, or may not be written ---------------------------------------------------------


@contextmanager
def largest_file(size):
    """As on a full disk, a file that would grow beyond this size cannot be written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 100, 400, 700, 900])
def test_a_full_disk_leaves_the_lake_as_it_was(lake, size):
    """First the rows do not fit, then the entry of the log; a new column comes with it or not at all."""
    append(lake, "a")
    before = content(lake.root)
    with largest_file(size):
        code = refused(append, lake, *(f"r{row}" for row in range(50)), y=("integer", list(range(50))))
    assert code == "lake-unwritable"
    assert content(lake.root) == before
    assert append(lake, "b").version == 1


@pytest.mark.parametrize("size", [0, 400])
def test_a_full_disk_at_the_very_first_append_leaves_no_table(lake, size):
    with largest_file(size):
        assert refused(append, lake, *(f"r{row}" for row in range(50))) == "lake-unwritable"
    assert not lake.root.exists()
    assert append(lake, "a").version == 0


def test_a_full_disk_at_the_hundredth_version(lake):
    """Where deltalake would write a checkpoint, fail, and have made the version all the same."""
    append(lake, "a")
    entry = delta_log.entry(lake.root / TABLE, 0).read_text("utf-8")
    later = "\n".join(line for line in entry.splitlines() if '"commitInfo"' in line)
    for version in range(1, 99):
        delta_log.entry(lake.root / TABLE, version).write_text(later, encoding="utf-8")
    with largest_file(2000):
        assert append(lake, "b").version == 99
        assert append(lake, "c").version == 100
    assert ids(lake) == ["a", "b", "c"]


@pytest.fixture
def small_disk():
    """A disk of half a megabyte, which only root can make."""
    place = Path(tempfile.mkdtemp())
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=512k", "tmpfs", place], capture_output=True, check=False
    )
    if not made or made.returncode:
        place.rmdir()
        pytest.skip(
            "no small disk: mount -t tmpfs needs root; the limit on the size of files is tested above"
        )
    yield place
    subprocess.run(["umount", place], check=True)
    place.rmdir()


def test_a_disk_that_fills_up_and_is_given_room_again(small_disk):
    lake = DeltaLake(small_disk / "lake")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(100_000))
    stored = 0

    def fill():
        nonlocal stored
        while True:
            append(lake, *(os.urandom(20).hex() for _ in range(400)))
            stored += 400

    assert refused(fill) == "lake-unwritable"
    assert len(ids(lake)) == stored
    ballast.unlink()
    assert append(lake, "later").added == 1


@contextmanager
def as_nobody():
    """Root may write anywhere; for a while nobody in particular is at work."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def anywhere():
    """A folder that everybody can enter, which a folder of pytest's is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("table", [TABLE, "practices"])
def test_a_folder_that_may_only_be_read(anywhere, table):
    lake = DeltaLake(anywhere / "lake")
    append(lake, "a")
    before = content(anywhere)
    for path in (anywhere, *anywhere.rglob("*")):
        path.chmod(0o555)
    with as_nobody():
        assert ids(lake) == ["a"]
        assert refused(append, lake, "b", table=table) == "lake-unwritable"
    assert content(anywhere) == before


def test_a_file_where_the_lake_should_be(tmp_path):
    (tmp_path / "lake").write_text("no folder")
    assert refused(append, DeltaLake(tmp_path / "lake"), "a") in {"lake-unwritable", "lake-damaged"}


# ---- what lies there is not what was written -----------------------------------------------------------


def entry(lake, version):
    return delta_log.entry(lake.root / TABLE, version)


def parquet(lake, version):
    (file,) = (lake.root / TABLE).glob(f"{version:08}-*.parquet")
    return file


DAMAGE = {
    "an entry is words": lambda lake: entry(lake, 2).write_text("words"),
    "an entry is cut short": lambda lake: entry(lake, 2).write_text(entry(lake, 2).read_text()[:80]),
    "an entry is empty": lambda lake: entry(lake, 2).write_text(""),
    "an entry in the middle is empty": lambda lake: entry(lake, 1).write_text(""),
    "an entry in the middle is gone": lambda lake: entry(lake, 1).unlink(),
    "the first entry is gone": lambda lake: entry(lake, 0).unlink(),
    "the log is gone": lambda lake: shutil.rmtree(lake.root / LOG),
    "the log is empty": lambda lake: [entry(lake, version).unlink() for version in range(3)],
    "the log is a file": lambda lake: (shutil.rmtree(lake.root / LOG), (lake.root / LOG).write_text("")),
}
ROWS_DAMAGE = {
    "a file is gone": lambda lake: parquet(lake, 1).unlink(),
    "a file is words": lambda lake: parquet(lake, 1).write_text("words"),
    "a file is cut short": lambda lake: parquet(lake, 1).write_bytes(parquet(lake, 1).read_bytes()[:-9]),
}


@pytest.mark.parametrize("case", [*DAMAGE, *ROWS_DAMAGE])
def test_damage_is_found_and_nothing_is_written_over_it(lake, case):
    for id in ("a", "b", "c"):
        append(lake, id)
    {**DAMAGE, **ROWS_DAMAGE}[case](lake)
    damaged = content(lake.root)
    for id in ("new", "a"):
        assert refused(append, lake, id) == "lake-damaged"
    if case in DAMAGE:
        assert refused(lake.source, TABLE) == "lake-damaged"
        assert refused(lake.commits, TABLE) == "lake-damaged"
    assert content(lake.root) == damaged


def test_a_table_that_asks_more_of_its_writers_than_is_done_here(lake):
    append(lake, "a")
    first = entry(lake, 0)
    first.write_text(first.read_text().replace('"minWriterVersion": 2', '"minWriterVersion": 4'))
    assert refused(append, lake, "b") == "lake-damaged"


def test_what_a_kill_leaves_behind_is_no_part_of_the_table(lake):
    append(lake, "a")
    (lake.root / TABLE / "00000001-0000.parquet").write_bytes(b"PAR1 half a file")
    (lake.root / LOG / ".1-0000").write_text('{"commitInfo": {"times')
    assert (append(lake, "b").version, ids(lake)) == (1, ["a", "b"])


# ---- interrupted --------------------------------------------------------------------------------------

STEPS = ("flush_file", "flush_folders", "appending", "write_entry")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("stored", [(), ("a",)])
def test_stopped_by_hand_before_the_entry_nothing_has_happened(lake, monkeypatch, step, stored):
    if stored:
        append(lake, *stored)
    before = content(lake.root)

    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, stopped)
        with pytest.raises(KeyboardInterrupt):
            append(lake, "b")
    assert content(lake.root) == before
    assert append(lake, "b").added == 1


def test_stopped_by_hand_right_after_the_entry_all_rows_are_there(lake, monkeypatch):
    """The file is part of the table by then; taking it away would ruin the table."""

    def write_and_stop(*arguments):
        delta_log.write_entry(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_entry", write_and_stop)
        with pytest.raises(KeyboardInterrupt):
            append(lake, "a")
    assert ids(lake) == ["a"]
    assert append(lake, "a").already == 1


# ---- several at once ------------------------------------------------------------------------------------


def test_who_comes_second_reads_again_and_adds_what_is_still_new(lake, monkeypatch):
    append(lake, "a")

    def late(*arguments):
        monkeypatch.undo()
        append(lake, "b", "c", y=("integer", [1, None]))
        delta_log.write_entry(*arguments)

    monkeypatch.setattr(module, "write_entry", late)
    monkeypatch.setattr(module, "_PAUSE", 0)
    receipt = append(lake, "c", "d")
    assert (receipt.version, receipt.added, receipt.already) == (2, 1, 1)
    assert ids(lake) == ["a", "b", "c", "d"]
    assert len(list((lake.root / TABLE).glob("*.parquet"))) == 3


def test_when_others_are_always_first_the_import_can_be_repeated(lake, monkeypatch):
    def taken(*_):
        raise delta_log.Taken

    monkeypatch.setattr(module, "write_entry", taken)
    monkeypatch.setattr(module, "_PAUSE", 0)
    assert refused(append, lake, "a") == "lake-busy"
    assert not lake.root.exists()


def test_a_version_is_made_once(lake):
    append(lake, "a")
    with pytest.raises(delta_log.Taken):
        delta_log.write_entry(lake.root / TABLE, 0, [])
    assert len(list((lake.root / LOG).iterdir())) == 1


def test_two_processes_append_at_once(lake):
    """From an empty lake, both of the same rows and each of its own: every row once."""
    script = (
        "import sys; from pathlib import Path; from lakes import DeltaLake, append\n"
        "for i in range(8): append(DeltaLake(Path(sys.argv[1])), f'both-{i}', f'{sys.argv[2]}-{i}')"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT / 'src'}"}

    def run(name):
        command = [sys.executable, "-c", script, str(lake.root), name]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor() as both:
        for done in both.map(run, ["one", "two"]):
            assert done.returncode == 0, done.stderr
    assert ids(lake) == sorted(f"{name}-{i}" for name in ("both", "one", "two") for i in range(8))
    assert len(lake.commits(TABLE)) == lake.source(TABLE).version + 1
