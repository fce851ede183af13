"""Who was erased from the lake, without saying who: one empty file for each person, named by a salted digest.

    lake/_erased/salt           32 random bytes, made once, readable by its owner only
    lake/_erased/<digest>       HMAC-SHA256 of a response's id with the salt

Whoever has the salt can ask whether an id that they already know was erased. Nothing can be read back.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path
from uuid import uuid4

from monosashi.adapters.flush import flush_file, flush_folder, flush_folders

_SALT = "salt"


class Erased:
    def __init__(self, lake: Path) -> None:
        self.folder = lake.absolute() / "_erased"

    def digests(self) -> set[str]:
        return {path.name for path in self.folder.glob("*") if len(path.name) == 64}

    def digest(self, id: str) -> str:
        return hmac.new((self.folder / _SALT).read_bytes(), id.encode(), "sha256").hexdigest()

    def add(self, id: str) -> str:
        """Flushed before it returns; the same id again is the same file. Returns the digest."""
        self._prepare()
        digest = self.digest(id)
        (self.folder / digest).touch()
        flush_folder(self.folder)
        return digest

    def _prepare(self) -> None:
        """The first salt stays, whoever else makes one at the same moment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if (self.folder / _SALT).exists():
            return
        staged = self.folder / f".{uuid4().hex}"
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
        flush_file(staged)
        try:
            os.link(staged, self.folder / _SALT)
        except FileExistsError:
            pass
        finally:
            staged.unlink()
        flush_folders(self.folder, up_to=self.folder.parent)
