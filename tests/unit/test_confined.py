"""What strangers made is read in a process of its own, which may use so much memory and time and no more."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

import pytest

from monosashi import errors
from monosashi.adapters import confined as module
from monosashi.adapters.confined import confined
from monosashi.adapters.text_files import load_bytes
from monosashi.errors import Problem
from monosashi.gather.encoding import read_text


def refused(function, *arguments, **named):
    with pytest.raises(Problem) as problem:
        function(*arguments, **named)
    return problem.value


def test_the_result_comes_back():
    assert confined(read_text, "満足".encode()).text == "満足"
    assert confined(os.getpid) != os.getpid()


def test_a_problem_comes_back_as_it_was_raised():
    problem = refused(confined, read_text, b"%PDF", where="file.csv")
    assert (problem.kind, problem.where, problem.details) == (
        errors.FILE_NOT_TEXT,
        "file.csv",
        {"kind": "PDF"},
    )


def test_too_much_memory(monkeypatch):
    monkeypatch.setattr(module, "MEMORY", 500 << 20)
    problem = refused(confined, bytearray, 600 << 20)
    assert problem.kind.code == "import-stopped"
    assert "the limit of 500 MB" in problem.as_text("en")
    assert "メモリーの上限 500 MB" in problem.as_text("ja")


def test_too_much_time_of_the_processor(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 1)
    problem = refused(confined, sum, range(10**15))
    assert problem.kind.code == "import-stopped"
    assert "the limit of 1 s" in problem.as_text("en")


def test_too_much_time_asleep(monkeypatch):
    """A process that waits for something uses no processor."""
    monkeypatch.setattr(module, "WAIT", 1)
    assert "the limit of 1 s" in str(refused(confined, time.sleep, 600))


def test_a_crash_is_not_taken_for_an_empty_file():
    assert "signal SIGABRT" in str(refused(confined, os.abort))


def test_a_defect_of_ours_is_not_called_a_problem_of_theirs():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        confined(divmod, 1, 0)


def test_it_leaves_no_picture_of_its_memory():
    assert confined(resource.getrlimit, resource.RLIMIT_CORE) == (0, 0)


# ---- files that somebody brings --------------------------------------------------------------------------


def test_a_file_is_as_large_as_the_limit_at_most(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(b"12345")
    assert load_bytes(path, limit=5) == b"12345"
    problem = refused(load_bytes, path, limit=4)
    assert (problem.kind.code, problem.details) == ("file-too-large", {"size": 5, "limit": 4})


def test_fifty_megabytes_and_a_byte_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert "50,000,001 bytes; the limit is 50,000,000" in str(refused(load_bytes, path))


def test_a_file_that_says_it_is_small_and_is_not():
    """The size of a device or a pipe is 0, however much comes out of it."""
    assert refused(load_bytes, Path("/dev/zero"), limit=9).details == {"size": 10, "limit": 9}


def test_what_cannot_be_opened(tmp_path):
    assert refused(load_bytes, tmp_path / "none.csv").kind.code == "file-missing"
    assert refused(load_bytes, tmp_path).kind.code == "file-unreadable"
    assert refused(load_bytes, tmp_path / "none" / "file.csv").kind.code == "file-missing"
    assert refused(load_bytes, tmp_path / ("x" * 300)).kind.code == "file-unreadable"
    assert refused(load_bytes, tmp_path / "a\0b").kind.code == "file-unreadable"
