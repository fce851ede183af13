"""`monosashi comments REQUEST.yaml`: what free-text answers say, as JSON on standard output."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from monosashi.cli.slow import said_when_slow


@click.command()
@click.argument("request", type=click.Path(path_type=Path))
@click.option("--guideline", help="A shipped guideline such as tokyo/1.1.0, or a folder.")
@click.option(
    "--sheet",
    "sheet_",
    type=click.Path(path_type=Path),
    help="Also write a sheet for coders to this .csv file: masked comments with suggestions.",
)
@click.option(
    "--sample", type=click.IntRange(min=1), default=100, show_default=True, help="Comments in the sheet."
)
@click.option("--seed", default="1", show_default=True, help="Another seed draws another sample.")
def comments(request: Path, *, guideline: str | None, sheet_: Path | None, sample: int, seed: str) -> None:
    """What free-text answers say together, by a REQUEST in YAML.

    Personal data are masked first. Then themes and polarity are suggested by a code frame, counted by
    respondents, with the words that caused them; where coders have been, their agreement and the quality of
    the suggestions. The table is a file of any form, relative to the request, or ``lake:comments``. The
    result is JSON on standard output.
    """
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.japanese import words
    from monosashi.adapters.named_rows import rows_named
    from monosashi.adapters.text_files import load_bytes, save_new
    from monosashi.gather.comments.reading import Reader
    from monosashi.measure.comments.answer import comments_answer
    from monosashi.measure.comments.comments import read_comments, with_coders
    from monosashi.measure.comments.request import read_comments_request
    from monosashi.measure.comments.sheet import HEADER, sheet
    from monosashi.publish import safe_csv

    read = read_comments_request(str(request), load_bytes(request))
    norm = load_guideline(guideline or os.environ.get("MONOSASHI_GUIDELINE") or "tokyo/1.1.0")
    frame, asked = read.frame_of(norm), read.asked
    with said_when_slow(f"opening {asked.table} …"):
        named = rows_named(request, asked.table, sheet=asked.sheet, encoding=asked.encoding)
    rows = with_coders(named.rows, frame) if named.version is not None else named.rows
    read.check_columns(rows.header)
    with said_when_slow(f"reading {len(rows):,} comments of {asked.table} …"):
        found = read_comments(asked, rows, Reader(frame, words), words)
    result = comments_answer(asked, found, norm, frame, digest=named.sha256)
    if named.version is not None:
        result["table"]["version"] = named.version
    if sheet_:
        save_new(sheet_, safe_csv.write(HEADER, sheet(found, sample, seed)))
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
