"""Copies of the source in which a house rule is broken, and the real checkers run on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class House:
    """A copy of the source, without its tests. `source` is src/monosashi."""

    root: Path

    @classmethod
    def copied_to(cls, root: Path) -> House:
        skipped = shutil.ignore_patterns("__pycache__", "static", "vendor")
        for folder in ("src", "tools"):
            shutil.copytree(ROOT / folder, root / folder, ignore=skipped)
        shutil.copy(ROOT / "pyproject.toml", root)
        return cls(root)

    @property
    def source(self) -> Path:
        return self.root / "src" / "monosashi"

    def plant(self, module: str, code: str) -> None:
        """Adds code to a module (or makes it)."""
        path = self.source / module
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() and path.suffix == ".py":
            (path.parent / "__init__.py").touch()
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{code}\n")

    def imports_checked(self) -> subprocess.CompletedProcess[str]:
        return self._run(str(BIN / "lint-imports"), "--no-cache", "--no-logo")

    def rules_checked(self) -> subprocess.CompletedProcess[str]:
        return self._run(sys.executable, str(ROOT / "tools" / "house.py"), str(self.root))

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.root / "src")}
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
