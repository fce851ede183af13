"""`monosashi estimate` on a request and a table, as the shell would run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monosashi.cli import main


def run(
    folder: Path, capsys: pytest.CaptureFixture[str], request: str, answers: str | bytes, *more: str
) -> tuple[int, str, str]:
    """(exit code, standard output, standard error); the table is answers.csv."""
    content = answers.encode() if isinstance(answers, str) else answers
    (folder / "answers.csv").write_bytes(content)
    (folder / "request.yaml").write_text(request, encoding="utf-8")
    code = 0
    try:
        main(["estimate", str(folder / "request.yaml"), *more])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err
