"""The logic model of a principle: viewpoint → action → output KPI → outcome KPI, as ordered text.

It is HTML rather than a picture: four lists that stand beside each other where there is room and below each
other where there is not, readable by anyone in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.publish.charts.svg import Markup, element, join


@dataclass(frozen=True)
class Node:
    """One thing in the model. `value` is a live figure; `silence` says in words why there is none.
    Both are empty where nothing is counted (viewpoints and actions)."""

    title: str
    value: str = ""
    silence: str = ""


@dataclass(frozen=True)
class Stage:
    """One column. `empty` is said where the source leaves the stage empty."""

    kind: str  # viewpoint, action, output, outcome
    title: str
    help: str
    nodes: tuple[Node, ...]
    empty: str


def logic_model(stages: Sequence[Stage]) -> Markup:
    return element("ol", join([_stage(stage) for stage in stages]), class_="logic")


def _stage(stage: Stage) -> Markup:
    if stage.nodes:
        inside = element("ul", join([_node(node) for node in stage.nodes]))
    else:
        inside = element("p", stage.empty, class_="logic-empty")
    head = element("h3", stage.title)
    return element(
        "li", head, element("p", stage.help, class_="logic-help"), inside, class_=f"logic-{stage.kind}"
    )


def _node(node: Node) -> Markup:
    parts: list[object] = [element("span", node.title, class_="logic-name")]
    if node.value:
        parts.append(element("span", node.value, class_="logic-value"))
    elif node.silence:
        parts.append(element("span", node.silence, class_="logic-silence"))
    return element("li", *parts)
