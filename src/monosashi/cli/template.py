"""`monosashi template`: a workbook to fill in, which can be imported as it is."""

from __future__ import annotations

import os
from pathlib import Path

import click

KINDS = ("responses", "volumes", "practices", "events", "organizations", "services", "procedures", "tools")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The XLSX file to write."
)
@click.option("--instrument", help="The questionnaire, for responses (resident, staff, …).")
@click.option("--guideline", help="A shipped guideline such as tokyo/1.1.0, or a folder.")
def template(kind: str, output: Path, *, instrument: str | None, guideline: str | None) -> None:
    """Write a workbook for records of a KIND, with a check in every cell.

    Filled in, it is imported without a mapping: monosashi import KIND FILE.
    """
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.template import template_workbook
    from monosashi.adapters.text_files import save_new
    from monosashi.pipeline import template_of

    norm = load_guideline(guideline or os.environ.get("MONOSASHI_GUIDELINE") or "tokyo/1.1.0")
    columns = template_of(kind, instrument, norm)
    save_new(output, template_workbook(columns, kind))
    click.echo(f"{output}: {len(columns)} columns", err=True)
