"""The sheet `survey`: rows → groups and questions, each with the row it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.questionnaire.faults import wrong
from monosashi.define.questionnaire.form import CHOSEN, Choice, Group, Question
from monosashi.define.text import Text
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.gather.record import RESPONSE, is_column
from monosashi.gather.xlsform.cells import required, span, truth, within
from monosashi.gather.xlsform.choices import NO_WORDS, Choices
from monosashi.gather.xlsform.headings import UNSUPPORTED_SURVEY
from monosashi.gather.xlsform.refusals import instead_of
from monosashi.gather.xlsform.sheets import Row, Sheet
from monosashi.gather.xlsform.types import KNOWN, Type, type_of

_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_OTHER = Choice(code="other", label=Text(ja="その他", en="Other", simple="ほか"))
_BOX = 5  # lines of a text that is to be written in a box and does not say how many
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
# what a row of each role has a use for; a filled cell in another column is told of
_EVERYWHERE = {"type", "name", "disabled", "appearance"}
_USED: Mapping[str, set[str]] = {
    "begin": {*_EVERYWHERE, "label", "relevant"},
    "end": {*_EVERYWHERE, "label"},
    "calculation": {*_EVERYWHERE, "label", "hint", "calculation"},
    "note": {*_EVERYWHERE, "label", "hint", "relevant", "read_only"},
    "question": {
        *_EVERYWHERE, "label", "hint", "purpose", "relevant", "required", "required_message", "constraint",
        "constraint_message", "item", "scale", "wording_version", "read_only",
    },
    "text": {"rows"},
    "chosen": {"choice_filter"},
    "range": {"parameters"},
}  # fmt: skip


@dataclass
class Survey:
    """What the rows say. `remarks` tell what was read and is not used: nothing is passed over in silence."""

    sheet: Sheet
    lists: Mapping[str, Choices]
    groups: list[tuple[Group, Row]] = field(default_factory=list)
    questions: list[tuple[Question, Row]] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    used_lists: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)  # names of rows whose type is none
    _open: list[tuple[str, Row]] = field(default_factory=list)
    _calculated: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        for row in self.sheet.rows:
            if truth(row.get("disabled")):
                self._remark(row, "disabled", "この行は使いません。", "This row is switched off.")
            else:
                self._row(row)
        for name, row in self._open:
            self._found(row, errors.XLSFORM_GROUP_OPEN, "type", group=name)

    def _row(self, row: Row) -> None:
        written = row.get("type")
        kind = type_of(written)
        if kind is None:
            self.unread.add(row.get("name"))
            self._no_type(row, written)
            return
        self._without_use(row, kind)
        if kind.role == "end":
            self._end(row)
        elif not row.get("name"):
            self._found(row, errors.XLSFORM_CELL_LACKING, "name", field="name")
        elif kind.role == "begin":
            self._begin(row)
        elif kind.role == "calculation":
            self._calculation(row)
        elif self._is_named_well(row, stored=kind.kind != "note"):
            self._question(row, kind)

    def _no_type(self, row: Row, written: str) -> None:
        instead = instead_of(written)
        if not written:
            self._found(row, errors.XLSFORM_CELL_LACKING, "type", field="type")
        elif instead is not None:
            details = {"type": shown(written), "do_ja": instead.ja, "do_en": instead.en}
            self._found(row, errors.XLSFORM_TYPE_REFUSED, "type", **details)
        else:
            near = nearest(written, KNOWN)
            self._found(row, errors.XLSFORM_TYPE, "type", type=shown(written), nearest=near)

    def _without_use(self, row: Row, kind: Type) -> None:
        """Cells that would do nothing for a row of this type."""
        role = "note" if kind.role == "question" and kind.kind == "note" else kind.role
        used = set(_USED[role])
        used |= _USED["text"] if kind.kind == "text" else set()
        used |= _USED["chosen"] if kind.kind in CHOSEN else set()
        used |= _USED["range"] if kind.is_range else set()
        for name in row.headings:
            if name not in used and name not in UNSUPPORTED_SURVEY:
                if name == "parameters" and kind.role == "question":
                    self._found(row, errors.XLSFORM_PARAMETERS, name, value=shown(row.get(name)))
                elif not (name in ("required", "read_only") and truth(row.get(name)) is False):
                    self._found(row, errors.XLSFORM_NO_USE, name, type=shown(row.get("type")))
        if row.get("read_only") and kind.kind != "note" and truth(row.get("read_only")) is not False:
            self._found(row, errors.XLSFORM_READ_ONLY, "read_only")
        self._appearance(row, kind)

    def _appearance(self, row: Row, kind: Type) -> None:
        look = row.get("appearance")
        if "(" in look:
            self._found(row, errors.XLSFORM_APPEARANCE, "appearance", value=shown(look))
        elif rest := [each for each in look.split() if not (each == "multiline" and kind.kind == "text")]:
            self._remark(
                row,
                "appearance",
                f"見た目の指定（{shown(' '.join(rest))}）は使いません。"
                "どの質問も同じ形で、1ページに一つ出ます。",
                f"The look {shown(' '.join(rest))!r} is not used: every question is shown alike, one a page.",
            )

    # ---- groups -------------------------------------------------------------------------------

    def _begin(self, row: Row) -> None:
        name = row.get("name")
        parent = self._open[-1][0] if self._open else None
        self._open.append((name, row))
        if not _ID.fullmatch(name):
            self._found(row, errors.XLSFORM_NAME, "name", name=shown(name), example=_example(name))
            return
        label = self.sheet.text(row, "label")
        group = Group(id=name, label=label, relevant=self._rule(row, "relevant"), parent=parent)
        self.groups.append((group, row))

    def _end(self, row: Row) -> None:
        if not self._open:
            self._found(row, errors.XLSFORM_GROUP_END, "type")
            return
        name, _ = self._open.pop()
        if row.get("name") not in ("", name):
            self._found(row, errors.XLSFORM_GROUP_CROSSED, "name", group=name, other=shown(row.get("name")))

    # ---- questions ----------------------------------------------------------------------------

    def _is_named_well(self, row: Row, *, stored: bool) -> bool:
        name = row.get("name")
        if not (is_column(name) if stored else _ID.fullmatch(name)):
            self._found(row, errors.XLSFORM_NAME, "name", name=shown(name), example=_example(name))
        elif stored and name in RESPONSE.columns:
            self._found(row, errors.XLSFORM_NAME_RESERVED, "name", name=name)
        elif name in self._calculated:
            self._found(row, errors.QUESTION_TWICE, "name", id=name, first=name)
        else:
            return True
        return False

    def _question(self, row: Row, kind: Type) -> None:
        label = self.sheet.text(row, "label")
        if "label" not in row.said:
            self._found(row, errors.XLSFORM_CELL_LACKING, "label", field="label")
        answers = self._answers(row, kind)
        constraint = self._constraint(row, kind)
        said = {
            name: self.sheet.text(row, name)
            for name in ("hint", "purpose", "required_message", "constraint_message")
        }
        question = Question(
            id=row.get("name"),
            kind=kind.kind,
            label=label or NO_WORDS,  # whoever names the question shall not be told that it is missing
            group=self._open[-1][0] if self._open else None,
            **said,
            **answers,
            required=self._required(row),
            relevant=self._rule(row, "relevant"),
            choice_filter=self._rule(row, "choice_filter") if kind.kind in CHOSEN else None,
            constraint=constraint,
            lines=self._lines(row),
            **{name: row.get(name) or None for name in ("item", "scale", "wording_version")},
        )
        self.questions.append((question, row))

    def _answers(self, row: Row, kind: Type) -> dict[str, Any]:
        """choices, exclusive, missing and other of a question."""
        if kind.kind not in CHOSEN:
            return {}
        if kind.list_name not in self.lists:
            near = nearest(kind.list_name, self.lists)
            self._found(row, errors.XLSFORM_LIST, "type", name=shown(kind.list_name) or "—", nearest=near)
            return {"choices": (_OTHER,)}
        self.used_lists.add(kind.list_name)
        found = self.lists[kind.list_name]
        choices, other = list(found.choices), found.other
        if kind.or_other:
            if other is not None or "other" in (choice.code for choice in choices):
                self._found(row, errors.XLSFORM_OTHER_TAKEN, "type", name=kind.list_name)
            else:
                choices.append(_OTHER)
                other = _OTHER.code
        return {
            "choices": tuple(choices),
            "exclusive": tuple(found.exclusive) if kind.kind == "many" else (),
            "missing": tuple(found.missing),
            "other": other,
        }

    def _lines(self, row: Row) -> int:
        given = row.get("rows")
        if not given:
            return _BOX if "multiline" in row.get("appearance").split() else 1
        if not given.isdecimal() or not 1 <= int(given) <= 50:
            self._found(row, errors.XLSFORM_ROWS, "rows", value=shown(given))
            return 1
        return int(given)

    # ---- expressions --------------------------------------------------------------------------

    def _required(self, row: Row) -> str | None:
        found = required(row.get("required"))
        return None if found is None else self._with_calculated(found)

    def _constraint(self, row: Row, kind: Type) -> str | None:
        own = self._rule(row, "constraint")
        if not kind.is_range:
            return own
        bounds = span(row.get("parameters"))
        if bounds is None:
            self._found(row, errors.XLSFORM_RANGE, "parameters", value=shown(row.get("parameters")))
            return own
        return within(*bounds) if own is None else f"({within(*bounds)}) and ({own})"

    def _rule(self, row: Row, name: str) -> str | None:
        return self._with_calculated(row.get(name)) or None

    def _with_calculated(self, expression: str) -> str:
        """Calculations are not stored; where an expression names one, it stands there itself."""
        known = self._calculated

        def put(reference: re.Match[str]) -> str:
            return f"({known[reference[1]]})" if reference[1] in known else reference[0]

        return _REFERENCE.sub(put, expression)

    def _calculation(self, row: Row) -> None:
        name, written = row.get("name"), row.get("calculation")
        if not written:
            self._found(row, errors.XLSFORM_CELL_LACKING, "calculation", field="calculation")
            return
        if not _ID.fullmatch(name) or name in self._calculated or name in self._ids():
            self._found(row, errors.XLSFORM_NAME, "name", name=shown(name), example=_example(name))
            return
        expression = self._with_calculated(written)
        known = self._ids()
        told = list(wrong(expression, known, known, (), itself=False))
        for kind, details in told:
            self._found(row, kind, "calculation", **details)
        self._calculated[name] = "0" if told else expression
        self._remark(
            row,
            "calculation",
            f"計算「{name}」は、式の中で使うだけで、回答には残りません。",
            f"The calculation {name!r} is used within expressions and not stored with the answers.",
        )

    def _ids(self) -> list[str]:
        return [question.id for question, _ in self.questions if question.is_asked]

    # ---- findings -----------------------------------------------------------------------------

    def _found(self, row: Row, kind: errors.Kind, column: str, /, **details: Any) -> None:
        self.sheet.findings.append(row.found(kind, column, **details))

    def _remark(self, row: Row, name: str, ja: str, en: str) -> None:
        self.remarks.append(row.found(errors.XLSFORM_NOT_USED, name, told_ja=ja, told_en=en))


def _example(name: str) -> str:
    """Q1 Name → q1_name"""
    tidy = re.sub(r"[^a-z0-9_-]+", "_", name.lower()).strip("_-")
    return tidy if is_column(tidy) else f"q_{tidy}".rstrip("_")[:63] if tidy else "q1"


def rows_of(parts: Iterable[tuple[object, Row]]) -> list[Row]:
    return [row for _, row in parts]
