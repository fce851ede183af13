"""`monosashi import` of organizations, services, procedures and tools: into the register, not the lake."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from monosashi.cli.slow import said_when_slow
from monosashi.gather.mapping import MappingFile

KINDS = ("organizations", "services", "procedures", "tools")


def import_register(
    kind: str,
    path: Path,
    mapping: MappingFile,
    *,
    dry_run: bool,
    encoding: str | None,
    home: Path | None,
) -> dict[str, Any]:
    """The receipt, or of a dry run what it would be, with the preview of the file."""
    from monosashi.adapters.confined import confined
    from monosashi.adapters.opened_file import open_file
    from monosashi.adapters.text_files import load_bytes
    from monosashi.cli import run
    from monosashi.gather.findings import shown
    from monosashi.gather.register.read import read_register

    name = shown(path.name, 200)
    content = load_bytes(path)
    with said_when_slow(f"reading {name} …"):
        reading = confined(
            read_register, kind, content, mapping, encoding=encoding, where=name, opener=open_file
        )
    understood = reading.preview.as_json()
    if reading.preview.findings.count and not dry_run:
        raise reading.preview.findings.problem(name)
    if reading.preview.findings.count:
        return {"kind": kind, "stored": False, **understood}
    if home:
        os.environ["MONOSASHI_HOME"] = str(home)
    run.open_installation()
    from monosashi.web.register.importing import import_entries

    source = {"source": name, "sha256": sha256(content).hexdigest()}
    with said_when_slow(f"comparing {len(reading.entries):,} rows with the register …"):
        receipt = import_entries(
            entries=reading.entries, where=name, source=source, by=None, dry_run=dry_run
        ).as_json()
    return {**receipt, **understood} if dry_run else {**receipt, "file": understood["file"]}
