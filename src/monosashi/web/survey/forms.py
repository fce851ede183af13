"""The form of a new wave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from monosashi.define.questionnaire.form import Questionnaire
from monosashi.define.text import Text
from monosashi.web.config.fields import ChoiceField, DayField, WordField, WorkspaceForm, spoken
from monosashi.web.survey.models import Basis

_BASES = {
    Basis.OPT_IN: Text(ja="だれでも（公開の調査、レビュー）", en="Anybody who comes (open surveys, reviews)"),
    Basis.QUOTA_PANEL: Text(ja="割当てをしたモニター", en="A panel with quotas"),
    Basis.PROBABILITY: Text(ja="無作為に選んだ人", en="People drawn at random"),
    Basis.CENSUS: Text(ja="対象の全員", en="Everybody concerned"),
}


class WaveForm(WorkspaceForm):
    """A questionnaire of the guideline, put to people from a day to a day."""

    questionnaire = ChoiceField(Text(ja="調査票", en="Questionnaire"), ())
    survey = WordField(
        Text(ja="調査のコード", en="Code of the survey"),
        Text(
            ja="アドレスになります（/s/コード/）。続けている調査なら、前の回と同じコード。",
            en="Part of its address (/s/code/). For a survey that goes on, the code of the waves before.",
        ),
        max_length=40,
    )
    code = WordField(
        Text(ja="この回のコード", en="Code of this wave"),
        Text(ja="例: 2026-q3", en="Such as 2026-q3"),
        max_length=40,
    )
    period = WordField(
        Text(ja="期間", en="Period"),
        Text(ja="例: FY2026、2026-Q3", en="Such as FY2026 or 2026-Q3"),
        max_length=20,
    )
    basis = ChoiceField(
        Text(ja="だれが答えるか", en="Who answers"),
        [(basis.value, spoken(said)) for basis, said in _BASES.items()],
    )
    opens_on = DayField(
        Text(ja="始める日（任意）", en="First day (optional)"),
        Text(ja="書かなければ、開いたときから", en="Without it, from when it is opened"),
        required=False,
    )
    closes_on = DayField(Text(ja="終わりの日（任意）", en="Last day (optional)"), required=False)

    def __init__(self, questionnaires: Iterable[Questionnaire], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["questionnaire"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{spoken(one.title)} ({one.id})") for one in questionnaires
        ]

    @property
    def times(self) -> tuple[datetime | None, datetime | None]:
        """From the beginning of the first day to the end of the last one, in Japan."""
        first, last = self.cleaned_data["opens_on"], self.cleaned_data["closes_on"]
        zone = timezone.get_current_timezone()
        opens = None if first is None else datetime.combine(first, time(), zone)
        closes = None if last is None else datetime.combine(last + timedelta(days=1), time(), zone)
        return opens, closes
