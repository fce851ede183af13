"""The weight of every row, written for other programs to weigh the same rows."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from monosashi import errors
from monosashi.adapters.connections import fresh
from monosashi.adapters.flush import flush_file, flush_folder
from monosashi.adapters.sql_parts import string
from monosashi.measure.cells import Floats

FORMATS = {".parquet": "FORMAT parquet", ".csv": "FORMAT csv, HEADER true"}


def write_weights(path: Path, weights: Floats, said: str) -> None:
    """One column, ``weight``, in the order of the table's rows; empty where a row has no weight.

    The file appears whole and flushed, or not at all. An earlier one of that name is replaced.
    """
    form = form_of(path, said)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".weights-") as folder:
            written = Path(folder) / "weights"
            _copy(weights, written, form)
            flush_file(written)
            os.replace(written, path)
        flush_folder(path.parent)
    except OSError as error:
        raise errors.FILE_UNWRITABLE(where=said, detail=error.strerror or type(error).__name__) from None


def form_of(path: Path, said: str) -> str:
    """The format that the ending of a name asks for; `weights-format` where it is none of them."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise errors.WEIGHTS_FORMAT(where=said, suffix=path.suffix or "?")
    return form


def _copy(weights: Floats, path: Path, form: str) -> None:
    with fresh() as connection:
        connection.register("rows", {"weight": weights})
        target = string(path).sql(dialect="duckdb")
        chosen = "CASE WHEN isnan(weight) THEN NULL ELSE weight END AS weight"
        try:
            connection.execute(f"COPY (SELECT {chosen} FROM rows) TO {target} ({form})")  # noqa: S608 - quoted
        except duckdb.IOException as error:
            raise OSError(str(error).splitlines()[0]) from None
