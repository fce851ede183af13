"""Any sound questionnaire, written as a workbook, reads back as the same questionnaire."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monosashi.adapters.xlsform_files import read_workbook, workbook
from monosashi.define.questionnaire.faults import faults
from monosashi.define.questionnaire.form import Choice, Group, Question, Questionnaire
from monosashi.define.text import Text

# what people write: no control characters, no blanks at the ends, no ${…} in a text
WORDS = (
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" \n　"), min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda word: word and "${" not in word and "_x" not in word)
)
TEXTS = st.builds(Text, ja=WORDS, en=WORDS, simple=st.none() | WORDS)
MAYBE = st.none() | TEXTS
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,5}", fullmatch=True)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
PROPERTIES = st.dictionaries(st.sampled_from(("ward", "Only_in", "x.y")), WORDS, max_size=2)
RULES = ("true()", "${%s} != ''", "selected(${%s}, 'a') or ${%s} > 3", "false()", "not(${%s} <= 2.5)")


@st.composite
def rules(draw, before):
    rule = draw(st.sampled_from(RULES))
    if "%s" in rule and not before:
        return None
    return draw(st.none() | st.just(rule.replace("%s", draw(st.sampled_from(before)) if before else "")))


@st.composite
def answers(draw):
    kind = draw(st.sampled_from(("one", "many")))
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique_by=str.lower))
    marked = st.lists(st.sampled_from(codes), unique=True)
    exclusive, missing = (sorted(draw(marked), key=codes.index) for _ in range(2))
    return {
        "kind": kind,
        "choices": tuple(Choice(code=code, label=draw(TEXTS), properties=draw(PROPERTIES)) for code in codes),
        "exclusive": tuple(exclusive) if kind == "many" else (),
        "missing": tuple(missing),
        "other": draw(st.none() | st.sampled_from(codes)),
    }


@st.composite
def questions(draw, name, group, before):
    kind = draw(st.sampled_from(("chosen", "text", "integer", "decimal", "date", "time", "note")))
    own = {
        "id": name,
        "label": draw(TEXTS),
        "hint": draw(MAYBE),
        "group": group,
        "relevant": draw(rules(before)),
    }
    if kind == "note":
        return Question(kind="note", **own)
    shape = draw(answers()) if kind == "chosen" else {"kind": kind}
    if kind == "text":
        shape["lines"] = draw(st.integers(1, 50))
    tied = {field: draw(st.none() | NAMES) for field in ("item", "scale", "wording_version")}
    said = {field: draw(MAYBE) for field in ("purpose", "required_message", "constraint_message")}
    constraint = draw(st.none() | st.sampled_from((". != 3", f"${{{name}}} = ''", "regex(., 'a+')")))
    filtered = {"choice_filter": "ward = 'x'"} if shape.get("choices") and draw(st.booleans()) else {}
    required = draw(rules(before))
    return Question(**own, **shape, **tied, **said, **filtered, constraint=constraint, required=required)


@st.composite
def forms(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    groups: list[Group] = []
    asked: list[Question] = []
    inside: list[str] = []
    for number, name in enumerate(names):
        before = [question.id for question in asked if question.is_asked]
        while inside and draw(st.booleans()):
            inside.pop()
        if draw(st.booleans()):
            parent = inside[-1] if inside else None
            inside.append(f"g{number}-group")
            groups.append(
                Group(id=inside[-1], label=draw(MAYBE), relevant=draw(rules(before)), parent=parent)
            )
        asked.append(draw(questions(name, inside[-1] if inside else None, before)))
    return Questionnaire(
        id=draw(NAMES),
        title=draw(TEXTS),
        about=draw(MAYBE),
        thanks=draw(MAYBE),
        groups=tuple(groups),
        questions=tuple(asked),
    )


@settings(max_examples=120, deadline=None)
@given(forms())
def test_what_is_written_reads_back(form):
    assume(not list(faults(form)))
    reading = read_workbook("round.xlsx", workbook(form))
    assert reading.questionnaire == form
    assert reading.questionnaire.version == form.version
