"""A document → one concept of the guideline, or findings that an official can act on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monosashi import errors
from monosashi.define.document import Document, Path
from monosashi.define.text import LANGUAGES
from monosashi.errors import Finding, Kind

M = TypeVar("M", bound=BaseModel)

# what pydantic calls an error → what an official should write instead
_EXPECTED = {
    "string_type": ("文字（数字だけの値は引用符で囲む）", "a text (put quotes around a bare number)"),
    "int_type": ("整数", "a whole number"),
    "int_parsing": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "float_type": ("数", "a number"),
    "float_parsing": ("数", "a number"),
    "bool_type": ("true か false", "true or false"),
    "bool_parsing": ("true か false", "true or false"),
    "date_from_datetime_parsing": ("2022-03-31 のような日付", "a date like 2022-03-31"),
    "date_parsing": ("2022-03-31 のような日付", "a date like 2022-03-31"),
    "date_from_datetime_inexact": ("2022-03-31 のような日付", "a date like 2022-03-31"),
    "date_type": ("2022-03-31 のような日付", "a date like 2022-03-31"),
    "too_short": ("{min_length}個以上", "at least {min_length}"),
    "less_than": ("{lt}より小さい数", "a number below {lt}"),
    "less_than_equal": ("{le}以下の数", "a number up to {le}"),
    "greater_than": ("{gt}より大きい数", "a number above {gt}"),
    "greater_than_equal": ("{ge}以上の数", "a number from {ge}"),
    "tuple_type": ("「- 」で始まる箇条", "a list, each entry starting with '- '"),
    "dict_type": ("「名前: 値」の組", "pairs of 'name: value'"),
    "model_type": ("「名前: 値」の組", "pairs of 'name: value'"),
    "log_end": (
        "first、last、opened、closed、due か {{activity: 名前}}",
        "first, last, opened, closed, due or {{activity: NAME}}",
    ),
    "log_hours": ("08:30 のような時刻", "a time like 08:30"),
    "log_calendar": (
        '{{name: branch, hours: ["08:30", "17:15"], closed: [2026-12-28]}} のような営業時間'
        "（名前は elapsed 以外）",
        'office hours like {{name: branch, hours: ["08:30", "17:15"], closed: [2026-12-28]}}, '
        "with a name other than elapsed",
    ),
    "gap_promised": ("value、values、column のどれか一つ", "one of value, values and column"),
    "gap_domain": (
        "両方にある列の名前、{{survey: 列, log: 列}}、{{survey: 列, at: opened}} のどれか",
        "a column that both have, {{survey: COLUMN, log: COLUMN}} or {{survey: COLUMN, at: opened}}",
    ),
    "gap_periods": ("at のある区分は一つまで", "one domain with 'at' at most"),
    "log_offset": ("+09:00 のような時差", "an offset like +09:00"),
    "log_moment": (
        "2026-03-31T23:59:59+09:00 のような時刻",
        "a time like 2026-03-31T23:59:59+09:00",
    ),
    "model_attributes_type": ("「名前: 値」の組", "pairs of 'name: value'"),
}


@dataclass(frozen=True)
class Placed(Generic[M]):
    """One concept together with the place where it is written, for checks that look across files."""

    value: M
    document: Document

    def found(self, kind: Kind, *path: str | int, **details: Any) -> Finding:
        return kind.found(file=self.document.file, row=self.document.line(path), **details)

    @property
    def place(self) -> str:
        return f"{self.document.file}:{self.document.line(())}"


def fit(model: type[M], document: Document, findings: list[Finding]) -> Placed[M] | None:
    """The document as `model`; what does not fit is added to `findings`."""
    before = len(findings)
    findings.extend(_silences(document))
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        said = {(finding.row, finding.details.get("key")) for finding in findings[before:]}
        for each in error.errors(include_url=False):
            told = _told(each, model, document)
            if (told.row, told.details.get("key")) not in said:
                findings.append(told)
                said.add((told.row, told.details.get("key")))  # a value that may be many things is told once
        return None
    return Placed(value, document) if len(findings) == before else None


def nearest(name: object, known: Iterable[object]) -> str:
    """The known names closest to one that is not known, for a message."""
    names = [str(each) for each in known]
    return ", ".join(difflib.get_close_matches(str(name), names, n=3, cutoff=0.4) or names[:5]) or "—"


def _silences(document: Document) -> Iterator[Finding]:
    """Texts that say nothing in one of the languages."""
    for path, value in _walk(document.value, ()):
        if isinstance(value, dict) and value and set(value) <= {*LANGUAGES, "simple"}:
            for language in LANGUAGES:
                if not str(value.get(language) or "").strip():
                    yield errors.GUIDELINE_ONE_LANGUAGE.found(
                        file=document.file, row=document.line(path), key=_name(path), language=language
                    )


def _walk(value: Any, at: Path) -> Iterator[tuple[Path, Any]]:
    yield at, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from _walk(child, (*at, key))


def _name(path: Path) -> str:
    """kpis 2 title, as an official would count: from 1."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in path) or "—"


def _told(error: ErrorDetails, model: type[BaseModel], document: Document) -> Finding:
    path = _known_part(error["loc"], document.value)
    place: dict[str, Any] = {"file": document.file, "row": document.line(error["loc"])}
    if error["type"] == "missing":
        return _missing(error["loc"], place)
    if _is_no_reference(error):
        return errors.GUIDELINE_UNREFERENCED.found(**place, key=_name(path[: path.index("reference")]))
    if error["type"] == "extra_forbidden":
        fields = _fields(model, error["loc"][:-1])
        return errors.GUIDELINE_KEY_UNKNOWN.found(
            **place, key=error["loc"][-1], nearest=nearest(error["loc"][-1], fields)
        )
    branches = [step for step in error["loc"][len(path) :] if isinstance(step, str) and step != "[key]"]
    expected_ja, expected_en = ("数か文字", "a number or a text") if branches else _expected(error)
    return errors.GUIDELINE_VALUE.found(
        **place, key=_name(path), value=error["input"], expected_ja=expected_ja, expected_en=expected_en
    )


def _missing(path: Path, place: dict[str, Any]) -> Finding:
    if path[-1] in LANGUAGES:
        return errors.GUIDELINE_ONE_LANGUAGE.found(**place, key=_name(path[:-1]), language=path[-1])
    if path[-1] in {"reference", "source"}:
        around = path[:-1] if path[-1] == "reference" else path[:-2]
        return errors.GUIDELINE_UNREFERENCED.found(**place, key=_name(around))
    return errors.GUIDELINE_KEY_MISSING.found(**place, key=path[-1])


def _is_no_reference(error: ErrorDetails) -> bool:
    """`reference:` with nothing behind it, or with a blank source."""
    empty = error["input"] is None or not str(error["input"]).strip()
    return empty and "reference" in error["loc"][-2:] and error["loc"][-1] in ("reference", "source")


def _known_part(path: Path, value: Any) -> Path:
    """The steps of a pydantic path that are really in the file (it also names branches of a union)."""
    known: list[str | int] = []
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        known.append(step)
    return tuple(known)


def _expected(error: ErrorDetails) -> tuple[str, str]:
    if error["type"] == "string_pattern_mismatch":
        return "半角の英小文字、数字、- と _ だけの名前", "a name of small letters, digits, - and _ only"
    if error.get("ctx", {}).get("class_name") == "Text":
        return "「ja: 日本語の文」と「en: 英語の文」の組", "a pair of 'ja: …' and 'en: …'"
    if error["type"] == "literal_error":
        choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f"{choices} のどれか", f"one of {choices}"
    ja, en = _EXPECTED.get(error["type"], (f"この場所に合う値（{error['msg']}）", error["msg"]))
    bounds = error.get("ctx") or {}
    return (ja.format(**bounds), en.format(**bounds)) if error["type"] in _EXPECTED else (ja, en)


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The fields that may stand at a path of a model."""
    for step in path:
        if isinstance(step, int):
            continue
        named = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        inner = _model_in(named.get(step))
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(each) for each in getattr(annotation, "__args__", ()))
    return next((each for each in found if each), None)
