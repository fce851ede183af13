"""A form as a table of its fields, or refused cell by cell."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monosashi.errors import Problem
from monosashi.gather.register.form import FIELDS, FormField
from monosashi.gather.register.form_table import read_form_table, read_form_text


def refused(text: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Problem) as problem:
        read_form_table(text)
    found = problem.value.findings or [problem.value.kind.found()]
    return [(each.kind.code, each.row, each.column) for each in found]


def test_one_row_is_one_field() -> None:
    text = "name,label,required,attachment\n,氏　名,必須,\nproof,住民票,○,1\nfax,ＦＡＸ,任意,×\n"
    assert read_form_table(text) == (
        FormField("氏 名", "氏 名", required=True),
        FormField("proof", "住民票", required=True, attachment=True),
        FormField("fax", "ＦＡＸ"),
    )


def test_a_text_that_begins_like_a_schema_is_read_as_one() -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string", "title": "氏名"}}}
    assert read_form_text(f"\n {json.dumps(schema)}") == (FormField("name", "氏名"),)
    assert read_form_text("label\n氏名\n") == (FormField("氏名", "氏名"),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name,required\na,1\n", ["form-header"]),
        ("label,needed\na,1\n", ["form-header"]),
        ("label,required\n,1\nb,1\n", ["form-label"]),
        ("label,required\na,maybe\n", ["form-answer"]),
        ("label\na\nb\na\n", ["form-twice"]),
        ("label\n" + "a" * 501 + "\n", ["register-too-long", "register-too-long"]),  # it is the name as well
        ("label\n" + "".join(f"f{n}\n" for n in range(FIELDS + 1)), ["form-fields"]),
    ],
)
def test_what_is_no_form_is_refused(text: str, found: list[str]) -> None:
    assert [code for code, _, _ in refused(text)] == found


def test_every_cell_that_is_wrong_is_named() -> None:
    text = "label,required,attachment\na,?,!\nb,1,\na,1,\n"
    assert refused(text) == [
        ("form-answer", 2, "required"),
        ("form-answer", 2, "attachment"),
        ("form-twice", 4, "name"),
    ]


LABELS = st.text("abcあい漢字", min_size=1, max_size=5)


@given(st.lists(st.tuples(LABELS, st.booleans(), st.booleans()), min_size=1, unique_by=lambda row: row[0]))
def test_what_was_written_is_read(rows) -> None:
    lines = [f"{label},{int(required)},{int(attachment)}" for label, required, attachment in rows]
    fields = read_form_table("\n".join(("label,required,attachment", *lines)))
    assert [(field.label, field.required, field.attachment) for field in fields] == rows
