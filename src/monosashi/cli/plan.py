"""`monosashi plan REQUEST.yaml`: sample sizes and quotas, as JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("request", type=click.Path(path_type=Path))
def plan(request: Path) -> None:
    """How many answers are needed, by a REQUEST in YAML.

    For every domain: answers, invitations, the width of the interval and the smallest change that will be
    seen. Exit code 2, and every mistake by its line, if something has to be corrected.
    """
    from monosashi.adapters.text_files import load_bytes
    from monosashi.measure.planning.plan import plan_of
    from monosashi.measure.planning.request import read_plan

    result = plan_of(read_plan(str(request), load_bytes(request)))
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))
