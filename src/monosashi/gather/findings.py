"""What is wrong with a file, place by place: the first are listed, all are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from monosashi import errors
from monosashi.errors import Finding, Problem
from monosashi.gather.limits import LISTED


class Findings:
    """Collects findings from several columns, each in the order of rows, in bounded memory."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[Finding] = []

    def add(self, *findings: Finding) -> None:
        self.extend(findings)

    def extend(self, findings: Sequence[Finding]) -> None:
        self.count += len(findings)
        self._kept.extend(findings[:LISTED])

    def rows(self, wrong: Iterable[int], found: Callable[[int], Finding]) -> None:
        """One finding for each row, or place; only those that will be listed are made, in their order."""
        for number, row in enumerate(wrong):
            self.count += 1
            if number < LISTED:
                self._kept.append(found(row))

    def at(self, placed: Callable[[Finding], Finding]) -> Findings:
        """With the place of each that is kept said better."""
        self._kept = [placed(finding) for finding in self._kept]
        return self

    def listed(self) -> tuple[Finding, ...]:
        """The first by physical line; those without a line, about the file as a whole, lead."""
        return tuple(sorted(self._kept, key=lambda finding: finding.row or 0)[:LISTED])

    def problem(self, where: str) -> Problem:
        listed = self.listed()
        return errors.IMPORT_REFUSED(where=where, findings=listed, count=self.count, listed=len(listed))


def shown(text: str, longest: int = 40) -> str:
    """What a stranger wrote, fit for one line of a message: nothing invisible in it, and not too long."""
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in cut)


def at_lines(problem: Problem, lines: Sequence[int]) -> Problem:
    """A problem that speaks of records by their number (`index`), as one that names lines of the file."""
    placed = (
        replace(finding, row=lines[finding.details["index"]]) if "index" in finding.details else finding
        for finding in problem.findings
    )
    return Problem(problem.kind, problem.where, problem.details, tuple(placed))
