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
    the suggestions. The table's path is relative to the request. The result is JSON on standard output.
    """
    from hashlib import sha256

    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.japanese import words
    from monosashi.adapters.text_files import load_bytes, save_new
    from monosashi.gather.comments.reading import Reader
    from monosashi.gather.csv_rows import read_rows
    from monosashi.gather.encoding import read_text
    from monosashi.measure.comments.answer import comments_answer
    from monosashi.measure.comments.comments import read_comments
    from monosashi.measure.comments.request import read_comments_request
    from monosashi.measure.comments.sheet import HEADER, sheet
    from monosashi.publish import safe_csv

    asked = read_comments_request(str(request), load_bytes(request))
    norm = load_guideline(guideline or os.environ.get("MONOSASHI_GUIDELINE") or "tokyo/1.1.0")
    frame = asked.frame_of(norm)
    content = load_bytes(request.parent / asked.asked.table)
    rows = read_rows(
        read_text(content, asked.asked.encoding, where=asked.asked.table).text, where=asked.asked.table
    )
    asked.check_columns(rows.header)
    with said_when_slow(f"reading {len(rows):,} comments of {asked.asked.table} …"):
        found = read_comments(asked.asked, rows, Reader(frame, words), words)
    digest = sha256(content).hexdigest()
    result = comments_answer(asked.asked, found, norm, frame, digest=digest)
    if sheet_:
        save_new(sheet_, safe_csv.write(HEADER, sheet(found, sample, seed)))
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
