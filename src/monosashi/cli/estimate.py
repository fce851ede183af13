"""`monosashi estimate REQUEST.yaml`: design-based estimates from any file, as JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import click

from monosashi.cli.slow import said_when_slow


@click.command()
@click.argument("request", type=click.Path(path_type=Path))
@click.option(
    "--weights",
    type=click.Path(path_type=Path),
    help="Also write the weight of every row, in the order of the table, to this .parquet or .csv file.",
)
def estimate(request: Path, weights: Path | None) -> None:
    """Estimates from a table file, by a REQUEST in YAML.

    The table's path is relative to the request; ``lake:responses/resident`` is a table of the lake. The
    result is JSON on standard output, numbers in full double precision. Exit code 2, and every mistake by
    its place, if something has to be corrected.
    """
    from monosashi.adapters.lake_tables import table_of
    from monosashi.adapters.reducers import reducer_for
    from monosashi.adapters.text_files import load_bytes
    from monosashi.adapters.weights_file import form_of, write_weights
    from monosashi.measure.answer import answer_of, answered
    from monosashi.measure.request import read_request
    from monosashi.web.config.environment import Environment

    asked = read_request(str(request), load_bytes(request))
    with said_when_slow(f"reading {asked.table} …"):
        table = table_of(request, asked.table, asked.sheet)
    reducer = reducer_for(table.source, asked=Environment.of_process().reducer)
    if weights:
        form_of(weights, str(weights))
    with said_when_slow(f"estimating from {asked.table} …"):
        found = answered(asked, table.source, reducer)
    result = answer_of(asked, found, sha256=table.sha256)
    if table.source.version is not None:
        result["table"]["version"] = table.source.version
    if weights:
        write_weights(weights, reducer.weights_of_rows(found.sample), str(weights))
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
