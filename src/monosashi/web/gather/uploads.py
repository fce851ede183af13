"""Uploaded files, kept in the home of the installation until they are stored or discarded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from monosashi import errors
from monosashi.adapters.flush import flush_folder
from monosashi.adapters.home import Home
from monosashi.gather.limits import FILE_BYTES


def keep(id: UUID, chunks: Iterable[bytes]) -> tuple[int, str]:
    """(bytes, sha256), once the file is flushed. Raises `file-too-large`, and then nothing is kept."""
    path = path_of(id)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with partial.open("wb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > FILE_BYTES:
                    raise errors.FILE_TOO_LARGE(size=size, limit=FILE_BYTES)
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    flush_folder(path.parent)
    return size, digest.hexdigest()


def content(id: UUID) -> bytes:
    return path_of(id).read_bytes()


def drop(id: UUID) -> None:
    path_of(id).unlink(missing_ok=True)


def path_of(id: UUID) -> Path:
    return Home.of_environment().uploads / str(id)
