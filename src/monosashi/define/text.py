"""Words for people, in every language the project speaks."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

LANGUAGES = ("ja", "en")


class Text(BaseModel):
    """One thing said to people: Japanese first, English complete, やさしい日本語 where residents read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ja: str
    en: str
    simple: str | None = None

    def said_in(self, language: str) -> str:
        if language == "en":
            return self.en
        return self.simple if language == "simple" and self.simple else self.ja
