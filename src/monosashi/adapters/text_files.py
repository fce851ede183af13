"""Files that somebody brings, read whole up to the limit."""

from __future__ import annotations

from pathlib import Path

from monosashi import errors
from monosashi.gather.limits import FILE_BYTES


def load_bytes(path: Path, *, limit: int = FILE_BYTES) -> bytes:
    """The content of a file. Its size is looked at before it is read, and again while reading."""
    if not path.exists():
        raise errors.FILE_MISSING(where=str(path))
    try:
        size = path.stat().st_size
        if size <= limit:
            with path.open("rb") as file:
                content = file.read(limit + 1)
            size = len(content)
    except OSError as error:
        raise errors.FILE_UNREADABLE(where=str(path), detail=error.strerror or type(error).__name__) from None
    if size > limit:
        raise errors.FILE_TOO_LARGE(where=str(path), size=size, limit=limit)
    return content
