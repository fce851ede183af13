"""Opens surveys of the guideline's questionnaires: for the demo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def open_surveys(fieldings: Iterable[Any], *, period: str, guideline: Any) -> list[str]:
    """Opens a wave of each whose questionnaire the guideline has; gives their codes."""
    from monosashi.define.questionnaire.built import questionnaire
    from monosashi.web.survey import operations
    from monosashi.web.survey.models import Basis

    known = {outline.id for outline in guideline.questionnaires}
    opened = []
    for one in fieldings:
        if one.questionnaire not in known:
            continue
        form = questionnaire(guideline, one.questionnaire)
        survey = operations.add_survey(
            code=one.code,
            title=form.title,
            instrument=form.id,
            basis=Basis(one.basis),
            population=one.population,
            by=None,
        )
        wave = operations.add_wave(
            survey=survey, code=period.lower(), period=period, questionnaire=form, by=None
        )
        operations.open_wave(wave=wave, by=None)
        opened.append(one.code)
    return opened
