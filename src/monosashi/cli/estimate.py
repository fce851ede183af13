"""`monosashi estimate REQUEST.yaml`: design-based estimates from any file, as JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("request", type=click.Path(path_type=Path))
def estimate(request: Path) -> None:
    """Estimates from a table file, by a REQUEST in YAML.

    The table's path is relative to the request. The result is JSON on standard output, numbers in full
    double precision. Exit code 2, and every mistake by its place, if something has to be corrected.
    """
    from monosashi.adapters.reducers import reducer_for
    from monosashi.adapters.table_files import load_table
    from monosashi.adapters.text_files import load_bytes
    from monosashi.measure.answer import answer_to
    from monosashi.measure.request import read_request
    from monosashi.web.config.environment import Environment

    asked = read_request(str(request), load_bytes(request))
    table = load_table(request.parent / asked.table, asked.table)
    reducer = reducer_for(table.source, len(asked.estimates), asked=Environment.of_process().reducer)
    result = answer_to(asked, table.source, reducer, sha256=table.sha256)
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
