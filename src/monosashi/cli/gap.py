"""`monosashi gap REQUEST.yaml`: what people felt beside what happened, as JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import click

from monosashi.cli.slow import said_when_slow


@click.command()
@click.argument("request", type=click.Path(path_type=Path))
def gap(request: Path) -> None:
    """What people felt beside what happened and what was promised, by a REQUEST in YAML.

    For each service and period: the survey's time, the log's time, their difference with its interval, the
    promised standard and whether the time was found reasonable. Paths are relative to the request;
    ``lake:responses/resident`` and ``lake:events`` are tables of the lake. Exit code 2, and every mistake
    by its place, if something has to be corrected.
    """
    from monosashi.adapters.event_files import open_log
    from monosashi.adapters.holidays import public_holidays
    from monosashi.adapters.lake_tables import table_of
    from monosashi.adapters.reducers import reducer_for
    from monosashi.adapters.text_files import load_bytes
    from monosashi.measure.perceived.answer import Inputs, gap_answer
    from monosashi.measure.perceived.request import read_gap_request
    from monosashi.web.config.environment import Environment

    asked = read_gap_request(str(request), load_bytes(request))
    survey, log = asked.asked.survey.table, asked.log.log
    with said_when_slow(f"reading {survey} and {log} …"):
        table = table_of(request, survey)
        opened = open_log(request.parent / log, asked.log)
    reducer = reducer_for(table.source, asked=Environment.of_process().reducer)
    inputs = Inputs(table.source, reducer, opened.log, public_holidays, (table.sha256, opened.sha256))
    with said_when_slow(f"comparing {survey} with {log} …"):
        result = gap_answer(asked, inputs)
    for part, version in (("survey", table.source.version), ("log", opened.version)):
        if version is not None:
            result[part]["version"] = version
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
