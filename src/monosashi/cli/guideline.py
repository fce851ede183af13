"""`monosashi guideline`: the norm as data. Check it, show it, say what a version changed."""

from __future__ import annotations

import json
from typing import Any

import click

_NORM = "A shipped guideline such as tokyo/1.1.0 or 1.1.0, or a folder."


@click.group()
def guideline() -> None:
    """Validate, show and compare guidelines."""


@guideline.command()
@click.argument("folder", metavar="DIR")
def validate(folder: str) -> None:
    """Check every file of the guideline in DIR (or a shipped one) and name all that is to correct."""
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.define.show import counts

    found = load_guideline(folder)
    _say({"id": found.id, "version": found.version, "valid": True, **counts(found)})


@guideline.command()
@click.option("--version", "version", help=f"{_NORM} The newest of Tokyo by default.")
@click.option("--format", "format_", type=click.Choice(["json"]), default="json", show_default=True)
def show(version: str | None, format_: str) -> None:
    """Show a guideline whole: principles, KPIs, roadmap, indicators and facts.

    A text is {"ja", "en"}. What the guideline does not say is null or empty; what it marks with a dash is
    named in not_applicable. A department is its official name; department_name has the translation.
    """
    from monosashi.adapters.guideline_files import load_guideline, newest
    from monosashi.define.show import shape

    _say(shape(load_guideline(version or newest("tokyo"))))


@guideline.command()
@click.argument("before", metavar="V1")
@click.argument("after", metavar="V2")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(before: str, after: str, format_: str) -> None:
    """Say what V2 added to V1, changed in it and retired from it.

    V1 and V2 are shipped guidelines (1.0.0, tokyo/1.1.0) or folders.
    """
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.cli import language
    from monosashi.define.brief import brief
    from monosashi.define.compare import compare

    comparison = compare(load_guideline(before), load_guideline(after))
    if format_ == "json":
        _say(comparison.as_json())
    else:
        click.echo("\n".join(brief(comparison, language())))


def _say(result: dict[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
