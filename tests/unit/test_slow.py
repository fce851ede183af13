"""Whoever waits is told so; whoever does not is left in peace."""

from __future__ import annotations

import time

import pytest

from monosashi.cli import slow


def test_a_wait_is_explained(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(slow, "SLOW", 0.0)
    told = ""
    with slow.said_when_slow("reading answers.csv …"):
        while not told:  # the message comes from another thread
            time.sleep(0.001)
            told = capsys.readouterr().err
    assert told == "reading answers.csv …\n"


def test_a_quick_answer_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with slow.said_when_slow("reading answers.csv …"):
        pass
    assert capsys.readouterr().err == ""
