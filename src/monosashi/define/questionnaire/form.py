"""A questionnaire as people wrote it: questions in order, each with its words, its choices and its rules.

Rules are expressions of XPath 1.0 over the other answers, as XLSForm writes them: ``${age} >= 18``.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field, field_validator

from monosashi.define.guideline import Id, Model, PropertyName
from monosashi.define.text import Text

Kind = Literal["one", "many", "text", "integer", "decimal", "date", "time", "note"]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
NUMBERS: frozenset[Kind] = frozenset({"integer", "decimal"})
CHOSEN: frozenset[Kind] = frozenset({"one", "many"})


class Choice(Model):
    """One answer that is offered. `properties` are further columns that a choice filter may name."""

    code: Code
    label: Text
    properties: dict[PropertyName, str] = Field(default_factory=dict)

    @field_validator("properties")
    @classmethod
    def _without_empty(cls, given: dict[str, str]) -> dict[str, str]:
        """An empty property is none: a choice filter sees the same in both."""
        return {name: value for name, value in given.items() if value}


class Question(Model):
    """One question. Its id is the column its answers are stored in.

    `exclusive` choices go with no other ("none of these"); a choice that is `other` opens a line of text,
    stored as ``<id>_other``. `item`, `scale` and `wording_version` tie the question to the bank, so that its
    figures can be set beside those of every other questionnaire that asks the same.
    """

    id: Id
    kind: Kind
    label: Text
    hint: Text | None = None
    purpose: Text | None = None  # why it is asked: shown to whoever answers
    group: str | None = None
    choices: tuple[Choice, ...] = ()
    choice_filter: str | None = None
    exclusive: tuple[Code, ...] = ()
    other: Code | None = None
    missing: tuple[Code, ...] = ()  # choices that are no answer: "I do not know", "I'd rather not say"
    required: str | None = None  # an expression; ``true()`` asks always
    required_message: Text | None = None
    relevant: str | None = None  # asked only where it holds
    constraint: str | None = None  # an answer must fulfil it; ``.`` is the answer
    constraint_message: Text | None = None
    lines: int = 1  # of a text: more than one is a box
    item: str | None = None
    scale: str | None = None
    wording_version: str | None = None

    @property
    def is_asked(self) -> bool:
        """A note is read, not answered."""
        return self.kind != "note"

    @property
    def other_id(self) -> str:
        return f"{self.id}_other"

    def column_of(self, code: str) -> str:
        """used + tax → used_tax: the column that says whether a choice of many was taken."""
        return f"{self.id}_{code.lower()}"

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


class Group(Model):
    """Questions that belong together, under a heading; skipped together where `relevant` does not hold."""

    id: Id
    label: Text | None = None
    relevant: str | None = None
    parent: str | None = None


class Questionnaire(Model):
    """Everything that is asked in one sitting. `version` is its content: other words, another version."""

    id: Id
    title: Text
    about: Text | None = None  # read before the first question: who asks, why, how long it takes
    thanks: Text | None = None  # what happens next
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1)

    @property
    def version(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of its content."""
        content = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @property
    def languages(self) -> tuple[str, ...]:
        """ja and en always; simple where every question is written in やさしい日本語."""
        simple = all(question.label.simple for question in self.questions)
        return ("ja", "simple", "en") if simple else ("ja", "en")

    def question(self, id: str) -> Question:
        return next(question for question in self.questions if question.id == id)

    def group(self, id: str) -> Group:
        return next(group for group in self.groups if group.id == id)
