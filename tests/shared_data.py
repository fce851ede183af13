"""Where real public data and R's results lie, when they are there; they are never part of this repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MONOSASHI_SHARED", Path(__file__).parents[2] / "shared"))


def shared(*parts: str) -> Path:
    """The path of a shared file, or a loud skip that says what is missing and how to provide it."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"not here: {'/'.join(parts)}; set MONOSASHI_SHARED to the folder that holds it")
    return path
