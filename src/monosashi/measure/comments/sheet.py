"""A sheet for people who code: masked comments, what is suggested and why, and a column for each coder."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from monosashi.measure.comments.comments import Comment

HEADER = ("id", "text", "suggested", "because", "coder_1", "coder_2")


def sheet(comments: Sequence[Comment], size: int, seed: str) -> list[tuple[str, ...]]:
    """At most `size` comments that say something, each as likely as any other; the same seed, the same ones.

    In the order of the sample, so that whoever codes only the beginning has coded a sample too.
    """
    speaking = [one for one in comments if one.speaks and one.masked]
    drawn = sorted(speaking, key=lambda one: sha256(f"{seed}\0{one.id}".encode()).digest())[:size]
    return [
        (one.id, one.masked.text, " ".join(one.reading.themes), _because(one), "", "")
        for one in drawn
        if one.masked
    ]


def _because(comment: Comment) -> str:
    """findability: 見つかる; time: 待つ"""
    return "; ".join(
        f"{one.theme}: {', '.join(dict.fromkeys(cause.said for cause in one.causes))}"
        for one in comment.reading.suggestions
    )
