"""Markup that cannot be unsafe: every text and attribute is escaped on the way in.

Labels are hostile text (names, titles, free words of people). Geometry is given in percentages of the width,
so a chart fills its place without scaling its letters; colours are `currentColor` unless a class says more.
"""

from __future__ import annotations

import re
from html import escape

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Markup(str):
    """Text that is already markup. Only `element` and `join` make it; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def written(value: object) -> str:
    """Any value as text that is safe between tags and inside a quoted attribute."""
    return value if isinstance(value, Markup) else escape(_NOT_IN_XML.sub("\ufffd", str(value)), quote=True)


def element(name: str, *children: object, **attributes: object) -> Markup:
    """One element. `class_` is written class, `stroke_width` stroke-width; None leaves an attribute out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(written(child) for child in children)
    return Markup(f"<{name}{pairs}>{inside}</{name}>" if children else f"<{name}{pairs}/>")


def join(parts: list[Markup]) -> Markup:
    return Markup("".join(parts))


def picture(id: str, *marks: Markup, title: str, description: str, height: int, kind: str) -> Markup:
    """A whole figure of full width and fixed height with its accessible name and description."""
    return element(
        "svg",
        element("title", title, id=f"{id}-title"),
        element("desc", description, id=f"{id}-desc"),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart-{kind}",
        role="img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-desc",
        width="100%",
        height=height,
        overflow="visible",
        fill="currentColor",
        stroke="none",
    )


def line(x1: str, y1: float, x2: str, y2: float, class_: str, **more: object) -> Markup:
    width = more.pop("stroke_width", 1)
    return element(
        "line",
        x1=x1,
        y1=number(y1),
        x2=x2,
        y2=number(y2),
        class_=class_,
        stroke="currentColor",
        stroke_width=width,
        **more,
    )


def label(words: str, x: str, y: float, class_: str = "label", **more: object) -> Markup:
    return element("text", words, x=x, y=number(y), class_=class_, **more)


def folded(words: str, width: float) -> list[str]:
    """Words cut into lines of at most `width` em, since text in a picture does not wrap by itself.

    A Latin letter takes about 0.58 em, other letters 1. Lines break at blanks, or after any other letter
    but never before closing marks.
    """
    lines: list[str] = []
    line, room = "", width
    for piece in re.findall(r"[\x21-\x7e]+\s*|\s+|[^\x21-\x7e\s][、。）」〜ーっゃゅょ]*", words):
        size = sum(0.58 if ord(letter) < 0x250 else 1.0 for letter in piece.rstrip())
        if line and size > room:
            lines, line, room = [*lines, line.rstrip()], "", width
        line, room = line + piece, room - size
    return [*lines, line.rstrip()]


def paragraph(words: str, x: str, y: float, width: float, class_: str, **more: object) -> Markup:
    """Text of several lines, 18 apart, the first at `y`."""
    lines = folded(words, width)
    if len(lines) == 1:
        return label(words, x, y, class_, **more)
    spans = [element("tspan", line, x=x, dy=18 if index else None) for index, line in enumerate(lines)]
    return element("text", *spans, x=x, y=number(y), class_=class_, **more)


def number(value: float) -> str:
    """A coordinate with at most two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
