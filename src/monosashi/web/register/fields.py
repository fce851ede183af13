"""A column that holds words: a tuple in Python, a text with one word on each line in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Base = models.TextField[tuple[str, ...], tuple[str, ...]]
else:
    _Base = models.TextField


class WordsField(_Base):
    """Every word stands between two line breaks, so that one can be asked for by `contains=line(word)`."""

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        return words(value or "")

    def to_python(self, value: Any) -> tuple[str, ...]:
        return value if isinstance(value, tuple) else words(value or "")

    def get_prep_value(self, value: Any) -> Any:
        return text(value) if isinstance(value, tuple | list) else value


def words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("\n")))


def text(words: tuple[str, ...] | list[str]) -> str:
    return "\n".join(("", *words, "")) if words else ""


def line(word: str) -> str:
    return f"\n{word}\n"
