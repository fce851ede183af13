"""How a generated page of docs/reference looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

GENERATED = "<!-- made by `make docs`; edit the code, not this page -->"


def page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", GENERATED, "", *lines]).rstrip("\n") + "\n"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    header = list(header)
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""
