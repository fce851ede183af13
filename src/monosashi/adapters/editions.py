"""The folder of editions: written beside, flushed, renamed; drafts apart; what is published never changes.

    editions/FY2025/            published: what public pages, API and files read
    editions/.drafts/FY2026/    built, not visible to anyone until it is published

Publishing is one rename, so that a reader sees a whole edition or none, whatever happens in between.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from monosashi import errors
from monosashi.define.period import Period
from monosashi.errors import Finding
from monosashi.publish.edition import Edition
from monosashi.publish.edition_files import MANIFEST, SUMS, sha256
from monosashi.publish.edition_reader import digest_findings, read_edition

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Editions:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._drafts = root / ".drafts"

    @staticmethod
    def checked_name(id: str) -> str:
        """The name, where an edition may have it; else `edition-name`."""
        if not _NAME.fullmatch(id):
            raise errors.EDITION_NAME(id=id)
        return id

    def ids(self) -> list[str]:
        """Published editions in the order of their periods; corrections after what they correct."""
        return sorted(_complete(self.root), key=lambda id: _order(self.root / id))

    def drafts(self) -> list[str]:
        return sorted(_complete(self._drafts), key=lambda id: _order(self._drafts / id))

    def get(self, id: str) -> Edition | None:
        """A published edition, checked against its digests; None where there is none of that name."""
        return _read(self.root / id) if _is_edition(self.root / id) else None

    def draft(self, id: str) -> Edition | None:
        return _read(self._drafts / id) if _is_edition(self._drafts / id) else None

    def built_on(self, table: str) -> dict[str, int]:
        """On which version of a table each edition was built, drafts included."""
        folders = [self.root / id for id in _complete(self.root)]
        folders += [self._drafts / id for id in _complete(self._drafts)]
        named = {folder.name: json.loads((folder / MANIFEST).read_bytes())["tables"] for folder in folders}
        return {id: tables[table] for id, tables in named.items() if table in tables}

    def latest(self) -> Edition | None:
        """The edition of the latest period (by its end); of several, the last correction."""
        ids = self.ids()
        return self.get(ids[-1]) if ids else None

    def write(self, id: str, files: Mapping[str, bytes]) -> Path:
        """A draft, replacing an earlier draft of that name. A published edition is never overwritten."""
        self.checked_name(id)
        self._refuse_published(id)
        self._drafts.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=self._drafts))
        for name, content in files.items():
            _write_flushed(beside / name, content)
        _flush_folder(beside)
        final = self._drafts / id
        if final.exists():
            shutil.rmtree(final)
        beside.chmod(0o755)
        beside.rename(final)
        _flush_folder(self._drafts)
        return final

    def publish(self, id: str) -> Edition:
        """Makes a draft visible, after checking every byte of it and that it continues the latest edition."""
        self.checked_name(id)
        self._refuse_published(id)
        edition = self.draft(id)
        if edition is None:
            raise errors.EDITION_UNKNOWN(id=id)
        if broken := self._chain(edition):
            raise errors.EDITION_DAMAGED(where=id, findings=broken)
        (self._drafts / id).rename(self.root / id)
        _flush_folder(self.root)
        return edition

    def files(self, id: str) -> dict[str, bytes]:
        if not _is_edition(self.root / id):
            raise errors.EDITION_UNKNOWN(id=id)
        return _files(self.root / id)

    def verify(self, id: str) -> list[Finding]:
        """Re-hashes every file of an edition and walks the chain back to the first one."""
        files = self.files(id)
        manifest = json.loads(files[MANIFEST])
        findings = digest_findings(files, manifest) + _sums_findings(files)
        return findings or self._chain(read_edition(files))

    def _chain(self, edition: Edition) -> list[Finding]:
        """Whether each previous edition is still the one that its successor named."""
        previous, digest = edition.previous, edition.previous_digest
        while previous is not None:
            path = self.root / previous / MANIFEST
            content = path.read_bytes() if path.is_file() else b""
            if sha256(content) != digest:
                return [errors.EDITION_CHAIN_BROKEN.found(previous=previous)]
            manifest = json.loads(content)
            previous, digest = manifest["previous"], manifest["previous_digest"]
        return []

    def _refuse_published(self, id: str) -> None:
        if (self.root / id).exists():
            raise errors.EDITION_EXISTS(id=id)


def _is_edition(folder: Path) -> bool:
    return bool(_NAME.fullmatch(folder.name)) and (folder / MANIFEST).is_file()


def _complete(root: Path) -> list[str]:
    return [folder.name for folder in root.iterdir() if _is_edition(folder)] if root.is_dir() else []


def _order(folder: Path) -> tuple[str, str, str]:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    return Period.named(manifest["period"]).end.isoformat(), manifest["built_on"], folder.name


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _read(folder: Path) -> Edition:
    """Read once while nothing in the folder is touched: an edition never changes."""
    stamp = tuple(
        (path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.iterdir())
    )
    return _read_stamped(folder.resolve(), stamp)


@lru_cache(maxsize=16)
def _read_stamped(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> Edition:
    return read_edition(_files(folder))


def _sums_findings(files: Mapping[str, bytes]) -> list[Finding]:
    """`SHA256SUMS` must name exactly the other files, with their digests."""
    lines = [f"{sha256(files[name])}  {name}" for name in sorted(files) if name != SUMS]
    if files.get(SUMS, b"").decode(errors="replace").splitlines() == lines:
        return []
    return [errors.EDITION_FILE_CHANGED.found(file=SUMS)]


def _write_flushed(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o444)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
