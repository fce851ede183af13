"""Coverage: one line of small squares, filled by state, with counts beside them."""

from __future__ import annotations

from collections.abc import Sequence

from monosashi.publish.charts.svg import Markup, element, line, number, picture

SQUARES = 20
_SIZE, _STEP = 9.0, 12.0
_FILLED = frozenset({"value", "answered", "stayed", "joined"})


def allotted(counts: Sequence[int], squares: int = SQUARES) -> list[int]:
    """Squares for each count by largest remainder; nothing that exists goes without a square.

    (388, 12) of 400 in 20 squares → (19, 1); (1, 399) → (1, 19); up to 20 things have a square each.
    """
    total = sum(counts)
    if total <= squares:
        return list(counts)
    exact = [squares * count / total for count in counts]
    given = [max(int(share), 1 if count else 0) for share, count in zip(exact, counts, strict=True)]
    while sum(given) != squares:
        step = 1 if sum(given) < squares else -1
        gaps = [step * (share - have) for share, have in zip(exact, given, strict=True)]
        order = sorted(range(len(counts)), key=lambda i: -gaps[i])
        chosen = next(i for i in order if counts[i] and given[i] + step >= 1)
        given[chosen] += step
    return given


def coverage(id: str, states: Sequence[tuple[str, int, str]], *, title: str, description: str) -> Markup:
    """`states` are (state, count, name), in the order in which they are drawn."""
    marks: list[Markup] = []
    given = allotted([count for _, count, _ in states])
    place = 0
    for (state, count, name), squares in zip(states, given, strict=True):
        marks += [_square(state, (place + i) * _STEP) for i in range(squares)]
        if squares:
            marks[-1] = element("g", marks[-1], data_label=name, data_value=f"{count:,}")
        place += squares
    return picture(id, *marks, title=title, description=description, height=12, kind="coverage")


def _square(state: str, x: float) -> Markup:
    box = element(
        "rect",
        x=number(x + 1),
        y=1.5,
        width=number(_SIZE),
        height=number(_SIZE),
        class_=f"state-{state}",
        fill="currentColor" if state in _FILLED else "none",
        stroke="currentColor",
        stroke_width=1,
    )
    left, right = number(x + 1), number(x + 1 + _SIZE)
    if state == "suppressed":
        return element("g", box, line(left, 1.5 + _SIZE, right, 1.5, "state-line", stroke_width=1.5))
    if state == "unreliable":
        half = element(
            "rect", x=left, y=number(1.5 + _SIZE / 2), width=number(_SIZE), height=number(_SIZE / 2)
        )
        return element("g", box, half)
    if state == "not_applicable":
        return element(
            "g", line(left, 1.5 + _SIZE / 2, right, 1.5 + _SIZE / 2, "state-line", stroke_width=1.5)
        )
    return box
