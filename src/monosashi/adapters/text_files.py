"""Files that somebody brings, read whole up to the limit."""

from __future__ import annotations

from pathlib import Path

from monosashi import errors
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
