"""Flushing to disk: what was acknowledged must be there after the power comes back."""

from __future__ import annotations

import os
from pathlib import Path


def flush_file(path: Path) -> None:
    _flush(path, os.O_RDONLY)


def flush_folder(path: Path) -> None:
    """A new name lasts only when its folder is flushed too."""
    _flush(path, os.O_RDONLY | os.O_DIRECTORY)


def flush_folders(path: Path, *, up_to: Path) -> None:
    """The folder and every one above it, the parent of `up_to` included."""
    for folder in (path, *path.parents):
        flush_folder(folder)
        if folder == up_to.parent:
            return


def _flush(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
