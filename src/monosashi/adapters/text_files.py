"""Files that somebody brings, read whole up to the limit; and files made for somebody."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from monosashi import errors
from monosashi.adapters.flush import flush_file, flush_folder
from monosashi.gather.findings import shown
from monosashi.gather.limits import FILE_BYTES


def load_bytes(path: Path, *, limit: int = FILE_BYTES) -> bytes:
    """The content of a file. Its size is looked at before it is read, and again while reading."""
    where = shown(str(path), 200)
    try:
        size = path.stat().st_size
        if size <= limit:
            with path.open("rb") as file:
                content = file.read(limit + 1)
            size = len(content)
    except FileNotFoundError:
        raise errors.FILE_MISSING(where=where) from None
    except (OSError, ValueError) as error:  # a name too long, or one that no file can have
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise errors.FILE_UNREADABLE(where=where, detail=detail) from None
    if size > limit:
        raise errors.FILE_TOO_LARGE(where=where, size=size, limit=limit)
    return content


def save_new(path: Path, content: bytes) -> None:
    """A file that was not there: whole and flushed, or not at all. Somebody's work is never overwritten."""
    where = shown(str(path), 200)
    staged = path.with_name(f".{uuid4().hex}")
    try:
        staged.write_bytes(content)
        flush_file(staged)
        os.link(staged, path)
        flush_folder(path.parent)
    except FileExistsError:
        raise errors.FILE_THERE(where=where) from None
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise errors.FILE_UNWRITABLE(where=where, detail=detail) from None
    finally:
        with suppress(OSError, ValueError):
            staged.unlink(missing_ok=True)
