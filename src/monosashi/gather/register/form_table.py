"""The form of a procedure as a table: one row a field, for forms that have no schema."""

from __future__ import annotations

from collections.abc import Iterator

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather.csv_rows import Rows, read_rows
from monosashi.gather.findings import Findings, shown
from monosashi.gather.register.form import FIELDS, LABEL, NAME, FormField, read_form
from monosashi.gather.register.normal import normalized

COLUMNS = ("name", "label", "required", "attachment")
_YES = frozenset({"1", "true", "yes", "○", "〇", "◯", "はい", "必須", "x"})
_NO = frozenset({"", "0", "false", "no", "×", "いいえ", "任意", "-"})
_LONGEST = {"name": NAME, "label": LABEL}


def read_form_text(text: str, *, where: str = "") -> tuple[FormField, ...]:
    """A JSON Schema where the text begins like one, otherwise a table. Raises what either raises."""
    return read_form(text) if text.lstrip().startswith("{") else read_form_table(text, where=where)


def read_form_table(text: str, *, where: str = "") -> tuple[FormField, ...]:
    """The fields in the order of the rows. `label` is needed; without a `name` the label is the name.

    `required` and `attachment` are yes (1, true, yes, ○, 必須) or no (empty, 0, false, no, ×, 任意).
    Raises `form-header` for another header and `import-refused` with every cell that cannot be read.
    """
    rows = read_rows(text, where=where)
    if "label" not in rows.header or set(rows.header) - set(COLUMNS):
        raise errors.FORM_HEADER(where=where, columns=shown(", ".join(rows.header), 200))
    findings = Findings()
    findings.extend([*_wrong(rows)])
    if findings.count:
        raise findings.problem(where)
    return tuple(
        FormField(name, label, required in _YES, attachment in _YES)
        for name, label, required, attachment in _cells(rows)
    )


def _cells(rows: Rows) -> Iterator[tuple[str, str, str, str]]:
    nothing = [""] * len(rows)
    columns = [rows.column(name) if name in rows.header else nothing for name in COLUMNS]
    for name, label, required, attachment in zip(*columns, strict=True):
        plain = " ".join(label.split())
        yield name.strip() or plain, plain, normalized(required), normalized(attachment)


def _wrong(rows: Rows) -> Iterator[Finding]:
    seen: set[str] = set()
    for (name, label, *answers), line in zip(_cells(rows), rows.lines, strict=True):
        if not label:
            yield errors.FORM_LABEL.found(row=line, column="label")
        for column, text in (("name", name), ("label", label)):
            if len(text) > _LONGEST[column]:
                yield errors.REGISTER_TOO_LONG.found(row=line, column=column, limit=_LONGEST[column])
        for column, answer in zip(COLUMNS[2:], answers, strict=True):
            if answer not in _YES | _NO:
                yield errors.FORM_ANSWER.found(row=line, column=column, value=shown(answer))
        if name in seen:
            yield errors.FORM_TWICE.found(row=line, column="name", name=shown(name))
        seen.add(name)
    if len(rows) > FIELDS:
        yield errors.FORM_FIELDS.found(limit=FIELDS, count=len(rows))
