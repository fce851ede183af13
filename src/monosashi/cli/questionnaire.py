"""`monosashi questionnaire`: what is asked. Check it, show it, write it as a spreadsheet."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monosashi import errors

if TYPE_CHECKING:
    from monosashi.gather.xlsform.reader import Reading

_NORM = "The guideline whose questionnaires are meant: a shipped one such as tokyo/1.1.0, or a folder."
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
_guideline = click.option("--guideline", help=_NORM)
_what = click.argument("what", metavar="FILE|ID")


@click.group()
def questionnaire() -> None:
    """Check, show and write questionnaires: of the guideline, or in a spreadsheet (XLSForm)."""


@questionnaire.command()
@_what
@_guideline
def check(what: str, *, guideline: str | None) -> None:
    """Check the questionnaire in FILE (XLSForm), or ID of the guideline, and name all that is to correct.

    What was read and is not used is listed in remarks, by sheet and row.
    """
    from monosashi.define.questionnaire.show import counts

    found = _read(what, guideline)
    _say(
        {
            "id": found.questionnaire.id,
            "version": found.questionnaire.version,
            "valid": True,
            **counts(found.questionnaire),
            "remarks": [remark.as_json() for remark in found.remarks],
        }
    )


@questionnaire.command("list")
@_guideline
def list_(*, guideline: str | None) -> None:
    """List the questionnaires of the guideline."""
    from monosashi.define.questionnaire.built import questionnaires
    from monosashi.define.questionnaire.show import counts

    shown = [
        {"id": form.id, "version": form.version, "title": form.title.model_dump(), **counts(form)}
        for form in questionnaires(_norm(guideline))
    ]
    _say({"questionnaires": shown})


@questionnaire.command()
@_what
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--language", type=click.Choice(["ja", "en", "simple"]), help="Of the text; that of messages by default."
)
@_guideline
def show(what: str, *, format_: str, language: str | None, guideline: str | None) -> None:
    """Show a questionnaire as it is asked: every question, its choices, and when it comes."""
    from monosashi import cli
    from monosashi.define.questionnaire.show import lines, shape

    form = _read(what, guideline).questionnaire
    if format_ == "json":
        _say(shape(form))
    else:
        click.echo("\n".join(lines(form, language or cli.language())))


@questionnaire.command()
@_what
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The .xlsx to write.")
@_guideline
def export(what: str, *, output: Path, guideline: str | None) -> None:
    """Write a questionnaire as a spreadsheet in XLSForm, which reads back as the same questionnaire."""
    from monosashi.adapters.xlsform_files import save_xlsform

    form = _read(what, guideline).questionnaire
    save_xlsform(output, form)
    _say({"id": form.id, "version": form.version, "file": str(output)})


def _read(what: str, guideline: str | None) -> Reading:
    """The questionnaire in a file, or of the guideline."""
    from monosashi.adapters.xlsform_files import load_xlsform
    from monosashi.define.questionnaire.built import questionnaires
    from monosashi.gather.xlsform.reader import Reading

    if what.lower().endswith(_ENDINGS):
        return load_xlsform(Path(what))
    known = {form.id: form for form in questionnaires(_norm(guideline))}
    if what not in known:
        raise errors.QUESTIONNAIRE_UNKNOWN(ref=what, known=", ".join(known) or "—")
    return Reading(known[what], ())


def _norm(guideline: str | None) -> Any:
    from monosashi.adapters.guideline_files import load_guideline

    return load_guideline(guideline or os.environ.get("MONOSASHI_GUIDELINE") or "tokyo/1.1.0")


def _say(result: dict[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
