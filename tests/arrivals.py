"""Files as somebody brings them, small enough to check by hand, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.define.guideline import Item, Scale
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.mapping import read_mapping
from monosashi.pipeline import Delivery, read_delivery


def said(ja: str, en: str | None = None, simple: str | None = None) -> Text:
    return Text(ja=ja, en=en or ja, simple=simple)


SCALES = (
    Scale(
        id="satisfaction",
        title=said("満足度"),
        codes={
            5: said("満足", "Satisfied", "とても いい"),
            4: said("やや満足", "Rather satisfied"),
            1: said("不満", "Dissatisfied"),
            9: said("わからない", "Don't know"),
        },
    ),
    Scale(id="yes_no", title=said("はい・いいえ"), codes={1: said("はい", "Yes"), 0: said("いいえ", "No")}),
    Scale(id="three", title=said("三つ"), kind="many", codes={1: said("一"), 2: said("二"), 3: said("三")}),
    Scale(id="free_text", title=said("自由記述"), kind="text", codes={}),
    Scale(id="minutes", title=said("分"), kind="integer", codes={}, lowest=0, highest=600),
    Scale(id="wards", title=said("区"), codes={"north": said("北"), "south": said("南")}),
)
ASKED = {"overall": "satisfaction", "used": "yes_no", "knows": "three", "comment": "free_text"}
ASKED |= {"minutes": "minutes", "ward": "wards"}
ITEMS = tuple(
    Item(
        id=id,
        wording_version="1",
        text=said("文"),
        scale=scale,
        purpose=said("理由"),
        asked_in=("resident",),
    )
    for id, scale in ASKED.items()
)


@dataclass(frozen=True)
class Norm:
    """As much of a guideline as reading a file needs."""

    id: str = "test"
    version: str = "1"
    items: tuple[Item, ...] = ITEMS
    scales: tuple[Scale, ...] = SCALES


def mapped(fields: str, **more: str):
    """A mapping of the table ``responses/resident``, or another; `fields` are lines of YAML."""
    table = more.pop("table", "responses/resident")
    lines = [f"table: {table}", *(f"{name}: {value}" for name, value in more.items()), "fields:"]
    lines += [f"  {line.strip()}" for line in fields.strip().splitlines()]
    return read_mapping("mapping.yaml", "\n".join(lines).encode())


def delivery(content, fields, *, kind="responses", encoding=None, **more) -> Delivery:
    data = content.encode() if isinstance(content, str) else content
    return Delivery(kind, "file.csv", data, mapped(fields, **more), None, encoding)


def seen(content, fields, **more):
    """The preview of a file."""
    return read_delivery(delivery(content, fields, **more), Norm())


def values(content, fields, **more):
    """The typed values by field, of a file without findings."""
    preview = seen(content, fields, **more)
    assert [each.as_text("en") for each in preview.findings.listed()] == []
    return {name: list(cells) for name, cells in preview.records.fields.items()}


def found(content, fields, **more) -> list[tuple[str, int | None, str | None]]:
    """(code, physical line, column) of every finding, whether or not there are records."""
    try:
        findings = seen(content, fields, **more).findings
    except Problem as problem:
        return places(problem)
    assert findings.count == len(findings.listed())
    return [(each.kind.code, each.row, each.column) for each in findings.listed()]


def places(problem: Problem) -> list[tuple[str, int | None, str | None]]:
    return [(each.kind.code, each.row, each.column) for each in problem.findings]


def volumes(content, fields=None, **more):
    """A file of counts with the columns of the table."""
    columns = ("subject", "measure", "period", "channel", "status", "quantity")
    return found(content, fields or "\n".join(f"{name}: {name}" for name in columns), **counts(more))


def counts(more):
    return {"kind": "volumes", "table": "volumes", **more}
