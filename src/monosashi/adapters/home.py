"""The home of an installation: where its lake, editions and small files lie."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monosashi import errors
from monosashi.define.text import Text
from monosashi.publish import safe_csv

_LABELS = ("dimension", "code", "ja", "en")


@dataclass(frozen=True)
class Home:
    """Named by MONOSASHI_HOME, ``./home`` by default."""

    path: Path

    @classmethod
    def of_environment(cls) -> Home:
        return cls(Path(os.environ.get("MONOSASHI_HOME") or "home"))

    @property
    def lake(self) -> Path:
        return self.path / "lake"

    @property
    def editions(self) -> Path:
        return self.path / "editions"

    @property
    def uploads(self) -> Path:
        """Files that were brought and are neither stored nor discarded yet."""
        return self.path / "uploads"

    @property
    def demo_marker(self) -> Path:
        """Names version and seed of a finished synthetic city. A home that has it holds synthetic data."""
        return self.path / "demo.json"

    @property
    def labels_file(self) -> Path:
        """What codes are called: ``dimension,code,ja,en``; an empty dimension names the dimensions."""
        return self.path / "labels.csv"

    def labels(self) -> dict[str, dict[str, Text]]:
        if not self.labels_file.is_file():
            return {}
        with self.labels_file.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if set(reader.fieldnames or ()) != set(_LABELS):
                raise errors.LABELS_COLUMNS(where=str(self.labels_file))
            found: dict[str, dict[str, Text]] = {}
            for row in reader:
                said = Text(ja=safe_csv.unguarded(row["ja"]), en=safe_csv.unguarded(row["en"]))
                found.setdefault(row["dimension"], {})[row["code"]] = said
        return found

    def write_labels(self, labels: Mapping[str, Mapping[str, Text]]) -> None:
        rows = (
            (dimension, code, text.ja, text.en)
            for dimension, codes in labels.items()
            for code, text in codes.items()
        )
        self.labels_file.write_bytes(safe_csv.write(_LABELS, rows))
