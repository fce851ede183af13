"""One small table as a file of every form, made here from the public descriptions of the forms.

A column is (name, kind, cells); the kinds are text, number, date and moment (of the clock on the wall).
"""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from datetime import date, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import xlsxwriter
import xlwt

Column = tuple[str, str, list[object]]


def _plain(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(columns):
    return list(zip(*(cells for _, _, cells in columns), strict=True))


def as_csv(columns, *, separator=",", encoding="utf-8", newline="\r\n"):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator=newline)
    writer.writerow([name for name, *_ in columns])
    writer.writerows([[_plain(value) for value in row] for row in _rows(columns)])
    return stream.getvalue().encode(encoding)


def as_tsv(columns):
    return as_csv(columns, separator="\t")


def as_jsonl(columns):
    names = [name for name, *_ in columns]
    lines = (
        dict(zip(names, (_plain(v) if isinstance(v, date) else v for v in row), strict=True))
        for row in _rows(columns)
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def as_xlsx(columns, *, sheet="回答", epoch=1900, more=None):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"date_1904": epoch == 1904})
    page = book.add_worksheet(sheet)
    styles = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss"}
    formats = {kind: book.add_format({"num_format": style}) for kind, style in styles.items()}
    for at, (name, kind, cells) in enumerate(columns):
        page.write_string(0, at, name)
        for row, value in enumerate(cells, start=1):
            if value is None:
                continue
            if kind == "text":
                page.write_string(row, at, value)
            elif kind == "number":
                page.write_number(row, at, value)
            else:
                page.write_datetime(row, at, value, formats[kind])
    if more:
        more(book, page)
    book.close()
    return stream.getvalue()


def as_xls(columns, *, epoch=1900):
    book, stream = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    book.dates_1904 = epoch == 1904
    page = book.add_sheet("回答")
    styles = {
        "date": xlwt.easyxf(num_format_str="yyyy-mm-dd"),
        "moment": xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss"),
    }
    for at, (name, kind, cells) in enumerate(columns):
        page.write(0, at, name)
        for row, value in enumerate(cells, start=1):
            if value is not None:
                page.write(row, at, value, styles.get(kind, xlwt.Style.default_style))
    book.save(stream)
    return stream.getvalue()


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="{}">'
)
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def _ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        typed = f'"date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        typed = '"string"'
    else:
        typed = f'"float" office:value="{value!r}"'
    said = f"<text:p>{escape(str(value))}</text:p>"
    return f"<table:table-cell office:value-type={typed}>{said}</table:table-cell>"


def as_ods(columns, *, sheet="回答", head=""):
    rows = [[name for name, *_ in columns], *_rows(columns)]
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest/>',
            "content.xml": (head + _ODS_HEAD.format(sheet) + body + _ODS_TAIL).encode(),
        }
    )


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(content, **changed):
    """The same container with some parts changed by functions."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changed.items():
        parts[name] = change(parts[name])
    return packed(parts)


def as_parquet(columns):
    types = {"text": "VARCHAR", "number": "DOUBLE", "date": "DATE", "moment": "TIMESTAMP"}
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        declared = ", ".join(f'"{name}" {types[kind]}' for name, kind, _ in columns)
        connection.execute(f"CREATE TABLE t ({declared})")
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO t VALUES ({marks})", [list(row) for row in _rows(columns)])
        path = Path(folder) / "t.parquet"
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


# ---- SPSS: a header, a dictionary of records, cases of eight bytes an element ----------------------------

_SPSS_ZERO, _SPSS_NONE = datetime.fromisoformat("1582-10-14"), -1.7976931348623157e308
_SPSS_FORMATS = {
    "number": (5 << 16) | (8 << 8) | 2,
    "date": (20 << 16) | (11 << 8),
    "moment": (22 << 16) | (20 << 8),
}


def _seconds(value, zero):
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value.isoformat())
    return (moment - zero).total_seconds()


def _spss_cell(value, kind, width):
    if kind == "text":
        return (value or "").encode().ljust(width)
    if value is None:
        return struct.pack("<d", _SPSS_NONE)
    return struct.pack("<d", value if kind == "number" else _seconds(value, _SPSS_ZERO))


def _spss_variable(short, kind, width, missing):
    form = _SPSS_FORMATS.get(kind, (1 << 16) | (width << 8))
    record = struct.pack("<6i8s", 2, width, 0, len(missing), form, form, short.ljust(8).encode())
    record += b"".join(struct.pack("<d", value) for value in missing)
    rest = struct.pack("<6i8s", 2, -1, 0, 0, form, form, b" " * 8)
    return record + rest * (max(1, (width + 7) // 8) - 1)


def _spss_more(subtype, text):
    return struct.pack("<4i", 7, subtype, 1, len(text)) + text


def _spss_labels(labels, place):
    record = struct.pack("<2i", 3, len(labels))
    for value, label in labels.items():
        said = label.encode()
        record += struct.pack("<d", value) + (bytes([len(said)]) + said).ljust((len(said) + 8) // 8 * 8)
    return record + struct.pack("<3i", 4, 1, place)


def as_sav(columns, *, labels=None, missing=None):
    labels, missing = labels or {}, missing or {}
    widths = [
        max([8, *(len((cell or "").encode()) for cell in cells)]) if kind == "text" else 0
        for _, kind, cells in columns
    ]
    widths = [(width + 7) // 8 * 8 for width in widths]
    rows = _rows(columns)
    elements = sum(max(1, width // 8) for width in widths)
    head = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60)
    head += struct.pack("<5id", 2, elements, 0, 0, len(rows), 100.0) + b"01 Apr 2409:00:00".ljust(17)
    head += b" " * 64 + b"\0" * 3
    shorts = [f"V{at}" for at in range(len(columns))]
    place, named = 1, b""
    for short, width, (name, kind, _) in zip(shorts, widths, columns, strict=True):
        head += _spss_variable(short, kind, width, missing.get(name, ()))
    for width, (name, *_) in zip(widths, columns, strict=True):
        named += _spss_labels(labels[name], place) if name in labels else b""
        place += max(1, width // 8)
    long = "\t".join(f"{short}={name}" for short, (name, *_) in zip(shorts, columns, strict=True))
    head += named + _spss_more(13, long.encode()) + _spss_more(20, b"UTF-8") + struct.pack("<2i", 999, 0)
    kinds = [kind for _, kind, _ in columns]
    cells = (_spss_cell(*each) for row in rows for each in zip(row, kinds, widths, strict=True))
    return head + b"".join(cells)


# ---- Stata 118: parts between tags, with a map of where each begins --------------------------------------

_STATA_ZERO = datetime.fromisoformat("1960-01-01")
_STATA_NONE = 0x7FE0000000000000
_STATA_FORMATS = {"number": "%10.0g", "date": "%td", "moment": "%tc"}


def _stata_missing(letter=""):
    """`.` or `.a` to `.z`, as the double that stands for it."""
    step = ord(letter) - ord("a") + 1 if letter else 0
    return struct.pack("<Q", _STATA_NONE + (step << 40))


def _stata_cell(value, kind, width):
    if kind == "text":
        return (value or "").encode().ljust(width, b"\0")
    if value is None:
        return _stata_missing()
    if isinstance(value, str):
        return _stata_missing(value[1])
    if kind == "number":
        return struct.pack("<d", value)
    seconds = _seconds(value, _STATA_ZERO)
    return struct.pack("<d", seconds / 86400 if kind == "date" else seconds * 1000)


def _stata_labels(name, labels):
    texts, offsets = b"", []
    for label in labels.values():
        offsets.append(len(texts))
        texts += label.encode() + b"\0"
    codes = [0x7FFFFFE6 + ord(code[1]) - ord("a") if isinstance(code, str) else int(code) for code in labels]
    many = len(codes)
    table = struct.pack(f"<2i{2 * many}i", many, len(texts), *offsets, *codes) + texts
    return (
        b"<lbl>"
        + struct.pack("<i", len(table))
        + name.encode().ljust(129, b"\0")
        + b"\0" * 3
        + table
        + b"</lbl>"
    )


def as_dta(columns, *, labels=None):
    """Numbers may be `.a` to `.z`; `labels` are of whole numbers and of these."""
    labels, rows = labels or {}, _rows(columns)
    kinds = [kind for _, kind, _ in columns]
    widths = [
        max([1, *(len((cell or "").encode()) for cell in cells)]) if kind == "text" else 65526
        for _, kind, cells in columns
    ]
    names = [name for name, *_ in columns]
    padded = lambda texts, width: b"".join(text.encode().ljust(width, b"\0") for text in texts)  # noqa: E731
    formats = [_STATA_FORMATS.get(kind, f"%{width}s") for kind, width in zip(kinds, widths, strict=True)]
    cells = (_stata_cell(*each) for row in rows for each in zip(row, kinds, widths, strict=True))
    parts = {
        "variable_types": struct.pack(f"<{len(widths)}H", *widths),
        "varnames": padded(names, 129),
        "sortlist": b"\0\0" * (len(names) + 1),
        "formats": padded(formats, 57),
        "value_label_names": padded([name if name in labels else "" for name in names], 129),
        "variable_labels": padded([""] * len(names), 321),
        "characteristics": b"",
        "data": b"".join(cells),
        "strls": b"",
        "value_labels": b"".join(_stata_labels(name, each) for name, each in labels.items()),
    }
    head = b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
    head += b"<K>" + struct.pack("<H", len(names)) + b"</K><N>" + struct.pack("<Q", len(rows)) + b"</N>"
    head += b"<label>\0\0</label><timestamp>\0</timestamp></header>"
    body, offsets = b"", [0, len(head)]
    start = len(head) + len("<map></map>") + 14 * 8
    for tag, content in parts.items():
        offsets.append(start + len(body))
        body += f"<{tag}>".encode() + content + f"</{tag}>".encode()
    end = start + len(body)
    offsets += [end, end + len("</stata_dta>")]
    return head + b"<map>" + struct.pack("<14Q", *offsets) + b"</map>" + body + b"</stata_dta>"


FORMS = {
    "csv": as_csv,
    "tsv": as_tsv,
    "jsonl": as_jsonl,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "parquet": as_parquet,
    "sav": as_sav,
    "dta": as_dta,
}
