"""What `monosashi log` refuses, with which words: requests by line, logs that are not what they say."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from log_command import Logs, told

LOG = "case,activity,at\nA,x,2026-04-01\nA,y,2026-04-03\n"
SPAN = "statistic: duration, from: first, to: last"


@pytest.fixture
def logs(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Logs:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return Logs(tmp_path, capsys)


def refused(answer: tuple[int, str, str]) -> str:
    code, out, err = answer
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("statistic: speed", "line 4: The statistic 'speed' is not available"),
        ("from: first", "The statistic None is not available"),
        (
            "statistic: duration, from: start, to: last",
            "first, last, opened, closed, due or {activity: NAME}",
        ),
        (
            "statistic: duration, from: first, to: closed",
            "The request does not say which column is 'closed'.",
        ),
        ("statistic: on_time", "The request does not say which column is 'due'."),
        ("statistic: completion, end: closed", "which column is 'closed'"),
        (f"{SPAN}, calendar: moon", "no calendar named 'moon'. Available: elapsed, business"),
        (f'{SPAN}, calendar: {{hours: ["17:00", "09:00"]}}', "has no open hours"),
        (f"{SPAN}, calendar: {{hours: [8, 17]}}", "office hours like {name: branch, hours:"),
        (f"{SPAN}, calendar: {{name: elapsed}}", "a name other than elapsed"),
        (f"{SPAN}, at: [1.5]", "a number up to 1"),
        (f"{SPAN}, by: [chanel]", "The table has no column 'chanel'."),
        (f"{SPAN}, unit: week", "one of minute, hour, day"),
        (f"{SPAN}, untl: 3", "untl"),
    ],
)
def test_a_mistake_is_told_by_its_line(logs: Logs, measure: str, said: str) -> None:
    message = refused(logs.told("log.csv", measure))
    assert said in message
    assert "request.yaml" in message
    assert "[request-invalid]" in message


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("offset", "tokyo", "an offset like +09:00"),
        ("as_of", "soon", "a time like 2026-03-31T23:59:59+09:00"),
        ("deduplicate", "[nothing]", "The table has no column 'nothing'."),
    ],
)
def test_the_frame_is_checked_too(logs: Logs, key: str, value: str, said: str) -> None:
    assert said in refused(logs.told("log.csv", SPAN, **{key: value}))


def test_a_request_that_is_a_list_and_one_id_twice(tmp_path: Path, logs: Logs) -> None:
    # log-shape; above: log-role-unmapped, log-calendar-unknown, log-calendar-closed
    assert "At least log and measures are needed." in refused(told(tmp_path, logs.capsys, "- log\n"))
    columns = "columns: {case: case, activity: activity, at: at}\n"
    twice = f"log: log.csv\n{columns}measures:\n  - {{id: a, {SPAN}}}\n"
    message = refused(told(tmp_path, logs.capsys, twice + f"  - {{id: a, {SPAN}}}\n"))
    assert "line 5: The id 'a' already stands on line 4." in message


def test_files_that_are_no_logs(tmp_path: Path, logs: Logs) -> None:
    (tmp_path / "log.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "log.parquet").write_bytes(b"PAR1 not parquet")
    assert "[table-damaged]" in refused(logs.told("log.docx", SPAN))
    assert "[table-damaged]" in refused(logs.told("log.parquet", SPAN))
    assert "[file-missing]" in refused(logs.told("none.csv", SPAN))
    assert "[file-missing]" in refused(logs.told("none.xes", SPAN))


XES = """<?xml version="1.0"?>
<log xmlns="http://www.xes-standard.org/">
<string key="concept:name" value="a log"/>
<global scope="event"><string key="concept:name" value="none"/></global>
<trace><string key="concept:name" value="申請1"/>
<event><string key="concept:name" value="受付"/>
<date key="time:timestamp" value="2026-04-01T00:00:00+09:00"/></event>
<event><string key="concept:name" value="決定"><string key="note" value="inner"/></string>
<date key="time:timestamp" value="2026-04-02T00:00:00.000+09:00"/></event></trace>
<trace><string key="concept:name" value="申請2"/>
<event><string key="concept:name" value="受付"/>
<date key="time:timestamp" value="2026-04-01T00:00:00Z"/></event></trace>
</log>
"""


@pytest.mark.parametrize("packed", [False, True])
def test_xes_needs_no_mapping(tmp_path: Path, logs: Logs, packed: bool) -> None:
    name = "log.xes.gz" if packed else "log.xes"
    content = XES.encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if packed else content)
    variants, span = logs.of(name, "statistic: variants", SPAN, columns="{}")["measures"]
    assert [one["activities"] for one in variants["variants"]] == [["受付"], ["受付", "決定"]]
    assert (span["n"], span["mean"]) == (2, 0.5)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE log [<!ENTITY a "b">]>' + XES.partition("\n")[2], "log-xes-dtd"),
        (XES[:-20], "log-xes-damaged"),
        ("<log/>", "table-empty"),
        (XES.replace("受付", "長" * 40_000), "log-xes-too-large"),
    ],
)
def test_xes_that_is_refused(tmp_path: Path, logs: Logs, content: str, code: str) -> None:
    (tmp_path / "log.xes").write_text(content, encoding="utf-8")
    assert f"[{code}]" in refused(logs.told("log.xes", SPAN, columns="{}"))


def test_a_bomb_is_not_unpacked(tmp_path: Path, logs: Logs) -> None:
    bomb = XES.replace("</log>", " " * 3_000_000 + "</log>").encode()
    (tmp_path / "log.xes.gz").write_bytes(gzip.compress(bomb))
    assert "[log-xes-too-large]" in refused(logs.told("log.xes.gz", SPAN, columns="{}"))
    (tmp_path / "cut.xes.gz").write_bytes(gzip.compress(XES.encode())[:-30])
    assert "[table-damaged]" in refused(logs.told("cut.xes.gz", SPAN, columns="{}"))
