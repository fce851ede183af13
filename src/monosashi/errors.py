"""Every error once: a code, what happened, and what to do, in Japanese and English.

A `Problem` stops the work; a `Finding` is one entry of a list that is collected before stopping.
Both are made from a `Kind`, so that a message is written in one place and documented by the suite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One kind of error. `what` and `do` are templates filled with the details of the case."""

    code: str
    what_ja: str
    what_en: str
    do_ja: str
    do_en: str

    def __call__(self, where: str = "", findings: Sequence[Finding] = (), **details: Any) -> Problem:
        return Problem(self, where, details, tuple(findings))

    def found(
        self, *, row: int | None = None, column: str | None = None, file: str | None = None, **details: Any
    ) -> Finding:
        return Finding(self, row, column, details, file)

    def say(self, language: str, details: dict[str, Any]) -> tuple[str, str]:
        """(what, what to do) in `ja` or `en`."""
        what, do = (self.what_ja, self.do_ja) if language == "ja" else (self.what_en, self.do_en)
        return what.format(**details), do.format(**details)


@dataclass(frozen=True)
class Finding:
    """One thing wrong at one place. `row` is the physical line of the file, counted from 1."""

    kind: Kind
    row: int | None = None
    column: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    file: str | None = None  # where one check reads many files

    def as_text(self, language: str) -> str:
        what, do = self.kind.say(language, {"row": self.row, "column": self.column, **self.details})
        if language == "ja":
            place = "、".join(p for p in (self.file, f"{self.row}行目" if self.row else "", f"列「{self.column}」" if self.column else "") if p)
        else:
            place = ", ".join(p for p in (self.file, f"line {self.row}" if self.row else "", f'column "{self.column}"' if self.column else "") if p)
        return f"{place}: {what} {do}".strip(": ").strip()

    def as_json(self) -> dict[str, Any]:
        what_ja, do_ja = self.kind.say("ja", {"row": self.row, "column": self.column, **self.details})
        what_en, do_en = self.kind.say("en", {"row": self.row, "column": self.column, **self.details})
        return {
            "code": self.kind.code,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "what": {"ja": what_ja, "en": what_en},
            "do": {"ja": do_ja, "en": do_en},
        }


class Problem(Exception):
    """Something the person can fix: what, where, what to do, and every finding behind it."""

    FIRST = 100  # findings shown; the total is always named

    def __init__(self, kind: Kind, where: str, details: dict[str, Any], findings: tuple[Finding, ...]) -> None:
        self.kind, self.where, self.details, self.findings = kind, where, details, findings
        super().__init__(self.as_text("en"))

    def as_text(self, language: str) -> str:
        what, do = self.kind.say(language, self.details)
        lines = [f"{self.where}: {what}" if self.where else what, do]
        lines += [f"  - {finding.as_text(language)}" for finding in self.findings[: self.FIRST]]
        if len(self.findings) > self.FIRST:
            rest = len(self.findings) - self.FIRST
            lines.append(f"  … ほか{rest}件" if language == "ja" else f"  … and {rest} more")
        lines.append(f"[{self.kind.code}]")
        return "\n".join(line for line in lines if line)

    def __str__(self) -> str:
        return self.as_text("en")


def kinds() -> dict[str, Kind]:
    """Every kind declared in this module, by code (the reference page is generated from it)."""
    return {kind.code: kind for kind in globals().values() if isinstance(kind, Kind)}


# ---- the kinds, in the order of the rooms that raise them -------------------------------------------

FILE_MISSING = Kind(
    "file-missing",
    "ファイルが見つかりません。",
    "There is no such file.",
    "パスを確かめてください。相対パスは依頼ファイルのある場所から数えます。",
    "Check the path; a relative path counts from the folder of the request file.",
)
SETTING_INVALID = Kind(
    "setting-invalid",
    "設定 {name} の値「{value}」は使えません。",
    "The setting {name} has a value that cannot be used: {value!r}.",
    "{expected}",
    "{expected}",
)
PERIOD_UNKNOWN = Kind(
    "period-unknown",
    "期間「{name}」を読み取れません。",
    "The period {name!r} cannot be read.",
    "FY2025、2025H2、2025-Q3、2025-11 のように書いてください。",
    "Write it like FY2025, 2025H2, 2025-Q3 or 2025-11.",
)
