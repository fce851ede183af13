"""Files that were made to do harm, or only broken: refused with words, whatever they unfold to."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats import FORMS, as_ods, as_sav, as_xlsx, packed, repacked
from monosashi.adapters import workbook
from monosashi.adapters.confined import confined
from monosashi.adapters.opened_file import open_file
from monosashi.errors import Problem
from monosashi.gather import limits
from monosashi.gather.mapping import FileFormat

TABLE = [("id", "text", ["a", "b"]), ("n", "number", [1, 2.5])]
SHEET = "xl/worksheets/sheet1.xml"


def refused(content):
    with pytest.raises(Problem) as problem:
        open_file(content, FileFormat(), None, "file")
    return problem.value


def with_parts(content, more):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()} | more)


def test_a_bomb_is_not_unpacked():
    """20 MB of zeros packed into 20 kB: a thousand times itself."""
    bomb = with_parts(as_xlsx(TABLE), {"xl/media/zeros.bin": bytes(20_000_000)})
    problem = refused(bomb)
    assert (problem.kind.code, problem.details["what_en"]) == (
        "container-too-large",
        "bytes unpacked, by ratio",
    )


def test_too_much_is_too_much_whatever_the_ratio(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 2_000)
    assert refused(as_xlsx(TABLE)).details["what_en"] == "bytes unpacked"


def test_too_many_parts():
    many = with_parts(as_xlsx(TABLE), {f"xl/media/{number}": b"" for number in range(limits.ENTRIES)})
    problem = refused(many)
    assert problem.details["what_en"] == "parts"
    assert str(limits.ENTRIES) in str(problem)


def declaring(content, size):
    """The same container whose directory says that every part holds `size` bytes unpacked."""
    data, at = bytearray(content), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", data, at + 24, size)
        at += 4
    return bytes(data)


def test_a_directory_that_lies_about_sizes_is_found_out():
    assert refused(declaring(as_xlsx(TABLE), 1)).kind.code == "table-damaged"
    assert refused(declaring(as_xlsx(TABLE), 4_000_000_000)).kind.code == "container-too-large"


def test_a_part_that_is_there_twice():
    stream = io.BytesIO(as_xlsx(TABLE))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert refused(stream.getvalue()).kind.code == "table-damaged"


def test_an_encrypted_part():
    data = bytearray(as_xlsx(TABLE))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)).kind.code == "file-encrypted"


LAUGHS = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le"])
def test_xml_that_declares_entities(codec):
    declared = LAUGHS.decode().encode(codec)
    for part in ("xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"):
        problem = refused(repacked(as_xlsx(TABLE), **{part: lambda content: declared + content}))
        assert (problem.kind.code, problem.details["part"]) == ("container-xml", part)
    assert refused(as_ods(TABLE, head=LAUGHS.decode())).kind.code == "container-xml"


def test_a_declaration_is_found_across_pieces(monkeypatch):
    monkeypatch.setattr("monosashi.adapters.container._CHUNK", 16)
    assert refused(as_ods(TABLE, head=" " * 41 + LAUGHS.decode())).kind.code == "container-xml"


def test_a_sheet_that_says_it_is_very_large(monkeypatch):
    """Two cells, far apart: what lies between would be made of nothing."""

    def far(book, page):
        page.write_number(999, 400, 1)

    monkeypatch.setattr(limits, "CELLS", 400_000)
    problem = refused(as_xlsx(TABLE, more=far))
    assert (problem.kind.code, problem.details["what_en"]) == ("container-too-large", "cells")


def test_a_sheet_that_needs_more_memory_than_there_is_stops_the_child_only():
    def farthest(book, page):
        page.write_number(1_048_575, 16_383, 1)

    with pytest.raises(Problem) as problem:
        confined(open_file, as_xlsx(TABLE, more=farthest), FileFormat(), None, "file")
    assert problem.value.kind.code in {"import-stopped", "import-refused"}


def test_columns_beyond_the_limit_and_rows_beyond_it(monkeypatch):
    def wide(book, page):
        page.write_number(0, limits.COLUMNS, 1)

    (finding,) = refused(as_xlsx(TABLE, more=wide)).findings
    assert finding.kind.code == "columns-too-many"
    monkeypatch.setattr(limits, "ROWS", 1)
    for form in FORMS:
        assert {each.kind.code for each in refused(FORMS[form](TABLE)).findings} == {"rows-too-many"}


def test_a_statistics_file_that_says_it_is_very_large(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 3)
    assert refused(as_sav(TABLE)).details["what_en"] == "cells"


def test_macros_are_not_looked_at():
    content = with_parts(as_xlsx(TABLE), {"xl/vbaProject.bin": b"Sub AutoOpen()"})
    assert open_file(content, FileFormat(), None, "file").form == "xlsx"


def test_a_cell_beyond_the_limit_names_its_cell():
    (finding,) = refused(as_ods([("id", "text", ["a" * (limits.CELL_BYTES + 1)])])).findings
    assert (finding.kind.code, finding.row) == ("cell-too-large", 2)


def test_a_formula_as_text_stays_text():
    content = as_xlsx([("id", "text", ['=HYPERLINK("x")'])])
    assert open_file(content, FileFormat(), None, "file").rows.column("id") == ('=HYPERLINK("x")',)


class Stumbles:
    """A reader in which something written in another language gives up."""

    class PanicException(BaseException):
        pass

    @classmethod
    def from_filelike(cls, _):
        raise cls.PanicException("index out of bounds")


def test_a_reader_that_gives_up_is_a_damaged_file(monkeypatch):
    monkeypatch.setattr(workbook, "CalamineWorkbook", Stumbles)
    assert refused(as_xlsx(TABLE)).kind.code == "table-damaged"


SOUND = {form: write(TABLE) for form, write in FORMS.items()}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([*SOUND]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1, max_size=4),
    st.floats(0.2, 1),
)
def test_a_damaged_file_is_read_or_refused(form, changes, kept):
    """Bytes overwritten anywhere, and the end perhaps lost: rows, or a Problem, and nothing else."""
    data = bytearray(SOUND[form])
    for place, written in changes:
        at = int(place * len(data))
        data[at : at + len(written)] = written
    try:
        rows = open_file(bytes(data[: int(kept * len(data)) + 1]), FileFormat(), None, "file").rows
    except Problem:
        return
    assert {len(cells) for cells in rows.columns} == {len(rows)}
    assert all(type(cell) is str for cells in rows.columns for cell in cells)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"]), st.data())
def test_a_damaged_part_of_a_workbook_is_read_or_refused(part, data):
    """As above, with the check sums right."""

    def change(content):
        at = data.draw(st.integers(0, len(content)))
        return content[:at] + data.draw(st.binary(max_size=8)) + content[at + data.draw(st.integers(0, 8)) :]

    with contextlib.suppress(Problem):
        open_file(repacked(SOUND["xlsx"], **{part: change}), FileFormat(), None, "file")
