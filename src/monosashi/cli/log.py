"""`monosashi log REQUEST.yaml`: what a procedure log says, as JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import click

from monosashi.cli.slow import said_when_slow


@click.command()
@click.argument("request", type=click.Path(path_type=Path))
def log(request: Path) -> None:
    """What a procedure log says, by a REQUEST in YAML.

    Times (elapsed or in office hours), completion, on-time, channels, variants, funnels and rework from a
    CSV, Parquet or XES file, whose path is relative to the request, or
    from the lake (``log: lake:events``). The result is JSON on standard output.
    Exit code 2, and every mistake by its place, if something has to be corrected.
    """
    from monosashi.adapters.event_files import open_log
    from monosashi.adapters.holidays import public_holidays
    from monosashi.adapters.text_files import load_bytes
    from monosashi.measure.log.answer import log_answer
    from monosashi.measure.log.request import read_log_request

    asked = read_log_request(str(request), load_bytes(request))
    with said_when_slow(f"reading {asked.log} …"):
        opened = open_log(request.parent / asked.log, asked)
    with said_when_slow(f"counting the cases of {asked.log} …"):
        result = log_answer(asked, opened.log, public_holidays, sha256=opened.sha256)
    if opened.version is not None:
        result["log"]["version"] = opened.version
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
