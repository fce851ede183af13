"""`monosashi import`: bring a file in. Preview first, then all or nothing, and never twice."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monosashi import errors
from monosashi.adapters.home import Home
from monosashi.cli.register import KINDS as REGISTER
from monosashi.cli.register import import_register
from monosashi.cli.slow import said_when_slow

if TYPE_CHECKING:
    from monosashi.define.guideline import Guideline
    from monosashi.gather.mapping import MappingFile

KINDS = ("responses", "volumes", "practices", "events")
LATER = ("populations",)


@click.command("import")
@click.argument("kind", type=click.Choice([*KINDS, *REGISTER, *LATER]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help="Which column is which field. Not needed where the columns are called as the fields are, as in a"
    " template (monosashi template).",
)
@click.option(
    "--instrument", help="The questionnaire, where the mapping names no table (resident, staff, …)."
)
@click.option("--dry-run", is_flag=True, help="Show what would be stored; store nothing.")
@click.option("--encoding", help="Read the file with this encoding instead of the one detected.")
@click.option("--guideline", help="A shipped guideline such as tokyo/1.1.0, or a folder.")
@click.option("--home", type=click.Path(path_type=Path), help="The installation; MONOSASHI_HOME by default.")
def import_(
    kind: str,
    file: Path,
    *,
    mapping: Path | None,
    instrument: str | None,
    dry_run: bool,
    encoding: str | None,
    guideline: str | None,
    home: Path | None,
) -> None:
    """Bring the records of FILE into the lake, by what the mapping says.

    FILE is CSV, TSV, a workbook (XLSX, XLSB, XLS, ODS), Parquet, SPSS, Stata, XES or JSON lines; what it is,
    its content tells. Organizations, services, procedures and tools go to the register of the installation
    instead: entries that are new are added, those that differ are changed and named.

    The receipt, or with --dry-run the preview with the figures that would result, is JSON on standard
    output. Exit code 2 where something has to be corrected; nothing is stored then.
    """
    if kind in LATER:
        raise errors.IMPORT_KIND_LATER(kind=kind, available=", ".join((*KINDS, *REGISTER)))
    from monosashi.adapters.brought import figures_brought
    from monosashi.adapters.confined import confined
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.japanese import words
    from monosashi.adapters.opened_file import open_file
    from monosashi.adapters.text_files import load_bytes
    from monosashi.gather.findings import shown
    from monosashi.pipeline import Delivery, import_delivery, read_delivery

    norm = load_guideline(guideline or os.environ.get("MONOSASHI_GUIDELINE") or "tokyo/1.1.0")
    name = shown(file.name, 200)  # a stranger's choice
    explained = _explained(mapping) if mapping else None
    content = load_bytes(file)
    with said_when_slow(f"reading {name} …"):
        if explained is None:
            explained = _as_called(content, name, norm, kind=kind, instrument=instrument, encoding=encoding)
    if kind in REGISTER:
        _say(import_register(kind, file, explained, dry_run=dry_run, encoding=encoding, home=home))
        return
    delivery = Delivery(kind, name, content, explained, instrument, encoding)
    with said_when_slow(f"reading {name} …"):
        seen = confined(read_delivery, delivery, norm, open_file)
    understood = seen.as_json()
    if dry_run:
        with said_when_slow(f"measuring what {name} would say …"):
            figures = figures_brought(delivery, seen, norm)
        _say({"stored": False, "table": delivery.table, **understood, "figures": figures})
        if seen.findings.count:
            raise seen.findings.problem(name)
        return
    from monosashi.adapters.lake import DeltaLake

    lake = DeltaLake(home / "lake" if home else Home.of_environment().lake)
    with said_when_slow(f"storing {len(seen.records):,} rows in {delivery.table} …"):
        receipt = import_delivery(delivery, seen, lake, guideline=norm, words=words)
    _say({"stored": True, **vars(receipt), "file": understood["file"]})


def _explained(path: Path) -> MappingFile:
    from monosashi.adapters.text_files import load_bytes
    from monosashi.gather.findings import shown
    from monosashi.gather.limits import MAPPING_BYTES
    from monosashi.gather.mapping import read_mapping

    return read_mapping(shown(str(path), 200), load_bytes(path, limit=MAPPING_BYTES))


def _as_called(
    content: bytes, name: str, norm: Guideline, *, kind: str, instrument: str | None, encoding: str | None
) -> MappingFile:
    """The mapping of a file whose columns are called as the fields are; else `mapping-needed`."""
    from monosashi.adapters.confined import confined
    from monosashi.adapters.opened_file import open_file
    from monosashi.gather.mapping import read_mapping
    from monosashi.pipeline import suggest_mapping

    suggested = confined(
        suggest_mapping,
        content,
        name,
        kind=kind,
        instrument=instrument,
        encoding=encoding,
        guideline=norm,
        opener=open_file,
    )
    if not suggested.complete:
        raise errors.MAPPING_NEEDED(where=name, suggestion=suggested.text)
    return read_mapping("mapping", suggested.text.encode())


def _say(result: dict[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
