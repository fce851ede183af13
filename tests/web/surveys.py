"""Questionnaires and open waves for the tests: a review of three questions and a survey with every kind."""

from __future__ import annotations

from monosashi.define.questionnaire.form import Choice, Group, Question, Questionnaire
from monosashi.define.text import Text

SCALE = (("5", "満足", "Satisfied"), ("3", "どちらでもない", "Neither"), ("1", "不満", "Dissatisfied"))


def said(ja: str, en: str, simple: str | None = None) -> Text:
    return Text(ja=ja, en=en, simple=simple or ja)


def chosen(*codes: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, label=said(ja, en)) for code, ja, en in codes)


OVERALL = Question(
    id="overall",
    kind="one",
    label=said(
        "このサービスに、全体としてどのくらい満足していますか。",
        "Overall, how satisfied are you with this service?",
        "この サービスは 全体（ぜんたい）として よかったですか。",
    ),
    purpose=said("サービスを直す順番を決めるため", "To decide what to improve first"),
    choices=chosen(*SCALE),
    required="true()",
    item="overall",
)
COMMENT = Question(
    id="comment",
    kind="text",
    label=said("良かった点や困った点を教えてください。", "Tell us what was good or difficult."),
    lines=4,
)
REVIEW = Questionnaire(
    id="review",
    title=said("サービスのレビュー", "Review of a service"),
    thanks=said("毎月、担当の職員が読みます。", "Officials read it every month."),
    questions=(
        OVERALL,
        Question(
            id="done",
            kind="one",
            label=said("やりたいことは、できましたか。", "Could you do what you came for?"),
            choices=chosen(("yes", "できた", "Yes"), ("no", "できなかった", "No")),
        ),
        COMMENT,
    ),
)
CITY = Questionnaire(
    id="city",
    title=said("まちの調査", "Survey of the city", "町（まち）の アンケート"),
    about=said("市が、暮らしのために聞きます。5分で終わります。", "The city asks. It takes 5 minutes."),
    groups=(Group(id="online", relevant="selected(${used}, 'tax') or selected(${used}, 'else')"),),
    questions=(
        OVERALL,
        Question(
            id="used",
            kind="many",
            label=said("使った手続を選んでください。", "Which procedures did you use?"),
            hint=said("あてはまるものすべて", "All that apply"),
            choices=chosen(
                ("tax", "税", "Tax"), ("else", "その他", "Other"), ("none", "使っていない", "None of these")
            ),
            exclusive=("none",),
            other="else",
            required="true()",
        ),
        Question(id="now", kind="note", label=said("ここからは手続の話です。", "Now about procedures.")),
        Question(
            id="minutes",
            kind="integer",
            label=said("何分かかりましたか。", "How many minutes did it take?"),
            constraint=". >= 1 and . <= 600",
            constraint_message=said("1から600までの数で書いてください。", "Write a number from 1 to 600."),
            group="online",
        ),
        Question(
            id="recommend",
            kind="one",
            label=said("この手続を人にすすめますか。", "Would you recommend it?"),
            choices=chosen(
                ("0", "0 まったくすすめない", "0 Not at all"),
                *((str(n), str(n), str(n)) for n in range(1, 10)),
                ("10", "10 ぜひすすめる", "10 Very much"),
            ),
            group="online",
        ),
        Question(id="day", kind="date", label=said("手続をした日はいつですか。", "On which day?")),
        COMMENT,
    ),
)


def open_wave(questionnaire: Questionnaire, *, code: str = "", **more):
    """A survey of this questionnaire with one open wave."""
    from monosashi.web.survey import operations
    from monosashi.web.survey.models import Basis

    survey = operations.add_survey(
        code=code or questionnaire.id,
        title=questionnaire.title,
        instrument=questionnaire.id,
        basis=Basis.OPT_IN,
        is_anonymous=more.pop("is_anonymous", False),
        by=None,
    )
    wave = operations.add_wave(
        survey=survey, code="w1", period="2026-Q3", questionnaire=questionnaire, by=None, **more
    )
    return operations.open_wave(wave=wave, by=None)


def add_service(code: str = "tax-1"):
    from monosashi.web.accounts.operations import add_organization
    from monosashi.web.register import operations

    tax = add_organization(code="tax", name=Text(ja="税務局", en="Tax Bureau"), parent=None, by=None)
    names = {"name_ja": "税の申告", "name_en": "Tax returns"}
    return operations.add_service(code=code, organization=tax, by=None, **names)
