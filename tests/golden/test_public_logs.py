"""Two real procedure logs, through a mapping in the request only.

J.C.A.M. Buijs, Receipt phase of an environmental permit application process (2014),
https://doi.org/10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6; M. de Leoni and F. Mannhardt, Road Traffic
Fine Management Process (2015), https://doi.org/10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5 (a sample).
"""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import duckdb
import pytest

from log_command import told
from shared_data import shared

PERMITS = """\
log: {log}
columns: {{case: "case:concept:name", activity: "concept:name", at: "time:timestamp", channel: "case:channel",
  opened: "case:startdate", closed: "case:enddate", due: "case:deadline"}}
deduplicate: [case, activity, at]
measures:
  - {{id: throughput, statistic: duration, from: first, to: last, at: [0.5, 0.9]}}
  - {{id: processing, statistic: duration, from: opened, to: closed}}
  - {{id: completion, statistic: completion, end: closed}}
  - {{id: on_time, statistic: on_time}}
  - {{id: online, statistic: share, of: channel, favourable: [Internet]}}
  - {{id: variants, statistic: variants, top: 5}}
"""
FINES = """\
log: traffic_fines.csv
columns: {case: case_id, activity: activity, at: timestamp}
measures:
  - {id: first_payment, statistic: duration, from: first, to: {activity: Payment}}
  - {id: paid, statistic: completion, end: [Payment]}
"""


def asked(folder: Path, capsys: pytest.CaptureFixture[str], request: str) -> dict[str, dict[str, Any]]:
    code, out, err = told(folder, capsys, request)
    assert code == 0, err
    return {one["id"]: one for one in json.loads(out)["measures"]}


def as_parquet(source: Path, folder: Path) -> str:
    duckdb.connect().execute(
        f"COPY (FROM read_csv('{source}', all_varchar = true)) TO '{folder}/log.parquet'"
    )
    return "log.parquet"


def as_csv(source: Path, folder: Path) -> str:
    (folder / "log.csv").write_bytes(source.read_bytes())
    return "log.csv"


def as_xes(source: Path, folder: Path) -> str:
    """One trace a run of rows of the same case, as the original was."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?><log xmlns="http://www.xes-standard.org/">']
    last = None
    for row in csv.DictReader(source.read_text("utf-8").splitlines()):
        case = row["case:concept:name"]
        if case != last:
            parts += ["</trace>"] * (last is not None) + ["<trace>"]
            parts += [_string(name[5:], value) for name, value in row.items() if name.startswith("case:")]
        own = (_string(name, value) for name, value in row.items() if not name.startswith("case:"))
        parts += ["<event>", *own, "</event>"]
        last = case
    (folder / "log.xes.gz").write_bytes(gzip.compress("".join([*parts, "</trace></log>"]).encode()))
    return "log.xes.gz"


def _string(key: str, value: str) -> str:
    kind = "date" if "date" in key or "timestamp" in key else "string"
    return f"<{kind} key={quoteattr(key)} value={quoteattr(value)}/>"


@pytest.mark.real_data
@pytest.mark.parametrize("form", [as_csv, as_parquet, as_xes])
def test_permits(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: Any) -> None:
    log = form(shared("data", "event-log-wabo-receipt", "receipt.csv"), tmp_path)
    found = asked(tmp_path, capsys, PERMITS.format(log=log))
    throughput, processing = found["throughput"], found["processing"]
    assert throughput["n"] == 1434
    assert f"{throughput['value']:.4f} {throughput['mean']:.2f}" == "0.0332 5.41"
    assert f"{processing['value']:.2f}" == "50.64"
    assert processing["n"] + processing["quarantined"]["end_before_start"] == 1329
    assert processing["quarantined"] == {"end_before_start": 2}
    shares = {name: f"{100 * found[name]['value']:.2f}" for name in ("completion", "on_time", "online")}
    assert shares == {"completion": "92.68", "on_time": "71.63", "online": "87.17"}
    assert (found["completion"]["count"], found["variants"]["value"]) == (1329, 116)


@pytest.mark.real_data
def test_fines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = shared("data", "event-log-traffic-fines", "traffic_fines.csv")
    (tmp_path / "traffic_fines.csv").write_bytes(source.read_bytes())
    found = asked(tmp_path, capsys, FINES)
    payment = found["first_payment"]
    assert (payment["value"], found["paid"]["value"]) == (6.0, 0.4626)
    # fewer than half ever pay, so that no median time to payment can be told of all fines
    assert payment["censored_median"] is None
    assert "censoring_matters" in payment["flags"]
