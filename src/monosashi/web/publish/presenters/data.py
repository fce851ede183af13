"""The files of an edition, and the figures of one indicator as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monosashi.define.text import Text
from monosashi.publish import safe_csv
from monosashi.publish.edition import Edition

_WHAT = {
    "edition.json": Text(
        ja="この版の目録。すべてのファイルのハッシュ値",
        en="the inventory of this edition, with a digest of every file",
    ),
    "estimates.csv": Text(ja="すべての数値", en="every figure"),
    "changes.csv": Text(ja="版と版の間の変化の検定", en="tested changes between periods"),
    "composition.csv": Text(
        ja="件数の変化の内訳（数を出さなくなったものを含む）",
        en="who is in a change of counts, silence included",
    ),
    "coverage.csv": Text(ja="調べた範囲", en="coverage"),
    "roadmap.csv": Text(ja="ロードマップの状況", en="progress of the roadmap"),
    "codebook.csv": Text(ja="列とコードの説明", en="what columns and codes mean"),
    "guideline.json": Text(ja="この版が従った指針", en="the guideline this edition followed"),
    "SHA256SUMS": Text(ja="検算用のハッシュ値", en="checksums for verification"),
    "README.md": Text(ja="読み方", en="how to read the files"),
}
_FIRST = ("estimates.csv", "edition.json", "SHA256SUMS")


@dataclass(frozen=True)
class File:
    name: str
    what: str
    kind: str
    size: str
    sha256: str


def files(edition: Edition, sizes: Mapping[str, str], language: str) -> list[File]:
    """The most wanted first, then by name. `sizes` are written as people read them."""
    order = sorted(
        edition.files, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
    )
    return [
        File(
            name,
            _WHAT[name].said_in(language) if name in _WHAT else "",
            name.rpartition(".")[2].upper() if "." in name else "TEXT",
            sizes.get(name, ""),
            edition.files[name],
        )
        for name in order
    ]


def indicator_csv(edition: Edition, indicator: str) -> bytes:
    """Every published figure of an indicator, one row each, in the columns of `estimates.csv`."""
    rows = [row for row in edition.estimates if row.indicator == indicator]
    dimensions = sorted({name for row in rows for name in row.domain})
    header = [
        *("edition", "indicator", "measure", "period", "definition_version"),
        *dimensions,
        *(
            "status",
            "reason",
            "value",
            "lower",
            "upper",
            "level",
            "interval_method",
            "n",
            "n_effective",
            "deff",
            "basis",
            "flags",
        ),
    ]
    return safe_csv.write(
        header,
        (
            [
                *(edition.id, row.indicator, row.measure, row.period, row.definition_version),
                *(row.domain.get(name, "_T") for name in dimensions),
                *(
                    row.status.value,
                    row.reason,
                    row.value,
                    row.lower,
                    row.upper,
                    row.level,
                    row.interval_method,
                ),
                *(row.n, row.n_effective, row.deff, row.basis, " ".join(row.flags)),
            ]
            for row in rows
        ),
    )
