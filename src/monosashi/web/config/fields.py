"""Form fields whose labels and hints speak the language of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import get_language

from monosashi.define.text import Text
from monosashi.errors import Problem


class _Spoken:
    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text.said_in(get_language() or "ja")


def spoken(text: Text) -> Any:
    """A label that is said when it is shown, not when the form is defined."""
    return lazystr(_Spoken(text))


class WorkspaceForm(forms.Form):
    """No browser bubbles (`novalidate` in the template), errors beside the field and at the top."""

    use_required_attribute = False
    error_css_class = "wrong"

    def add_problem(self, field: str | None, problem: Problem) -> None:
        self.add_error(field, self.said(problem))

    @staticmethod
    def said(problem: Problem) -> str:
        """The problem on one line, without the code that is meant for operators."""
        lines = problem.as_text(get_language() or "ja").splitlines()
        return " ".join(line for line in lines if not line.startswith("["))


def WordField(label: Text, hint: Text | None = None, **options: Any) -> forms.CharField:  # noqa: N802
    return forms.CharField(label=spoken(label), help_text=spoken(hint) if hint else "", **options)


def DayField(label: Text, hint: Text | None = None, **options: Any) -> forms.DateField:  # noqa: N802
    options.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d"])
    return forms.DateField(label=spoken(label), help_text=spoken(hint) if hint else "", **options)


def ChoiceField(label: Text, choices: Any, hint: Text | None = None, **options: Any) -> forms.ChoiceField:  # noqa: N802
    return forms.ChoiceField(
        label=spoken(label), choices=choices, help_text=spoken(hint) if hint else "", **options
    )
