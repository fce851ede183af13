"""Expressions of a questionnaire: XPath 1.0 with the functions of XForms, over the answers so far.

``${age} >= 18 and selected(${used}, 'tax')`` is checked when the questionnaire is read (:func:`fault`) and
evaluated while somebody answers (:func:`holds`). An empty answer is no number: it is neither at least 18 nor
below, as XPath has it (a comparison with NaN is false).
Source: XLSForm reference (form logic); ODK XForms specification (XPath functions); XPath 1.0, section 3.4.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree

from elementpath import ElementPathError, XPathContext, XPathToken
from elementpath.xpath1 import XPath1Parser

Function = Callable[..., object]

_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_SELECTED = re.compile(r"""selected\(\s*\$\{\s*([^}]*?)\s*\}\s*,\s*['"]([^'"]*)['"]\s*\)""")
_COMPARED = re.compile(
    r"""\$\{\s*([^}]*?)\s*\}\s*!?=\s*(?:['"]([^'"]*)['"]|([0-9]+)(?![0-9.]|\s*(?:[-+*]|div|mod)))"""
)
_BROKEN = (ElementPathError, ValueError, OverflowError, RecursionError, re.error)
_ROOT = "answers"
_TODAY = "today"  # a variable that is handed in: expressions have no clock of their own
_FIRST_DAY = date(1970, 1, 1)  # XForms counts days from here
# what walks a document; answers have no place in one
_WALKS = {"/", "//", "..", "@", "$", "|", "[", "::", "position", "last", "count", "sum", "id", "lang", "name"}
_WALKS |= {"local-name", "namespace-uri", "node", "text", "comment", "processing-instruction"}


class _Parser(XPath1Parser):
    """XPath 1.0 and the functions that XForms adds."""


def names(expression: str) -> tuple[str, ...]:
    """The questions that an expression refers to, in order, each once."""
    return tuple(dict.fromkeys(_REFERENCE.findall(expression)))


def fault(expression: str) -> str | None:
    """What is wrong with an expression, in the words of the parser; None where it can be evaluated."""
    try:
        _without_names(expression)
        token = _compiled(expression)
        token.evaluate(_context(dict.fromkeys(names(expression), ""), "", "2000-01-01", {}))
    except _BROKEN as error:
        return str(error)
    return None


def codes_named(expression: str) -> tuple[tuple[str, str], ...]:
    """(question, code) of ``selected(${question}, 'code')`` and ``${question} = 'code'``, as written.

    A code that the question does not offer makes an expression that never holds, or always does.
    """
    found = [(match[1], match[2]) for match in _SELECTED.finditer(expression)]
    for match in _COMPARED.finditer(expression):
        found.append((match[1], match[2] if match[2] is not None else match[3]))
    return tuple(dict.fromkeys((name, code) for name, code in found if code))


def strangers(expression: str) -> tuple[str, ...]:
    """What an expression names beside ``${questions}``: plain names (`ward`) and steps of a path (`/`, `..`).

    A choice filter may name the columns of its choices so; anything else would be empty for ever.
    """
    return tuple(dict.fromkeys(_stranger(token) for token in _tokens(expression) if _stranger(token)))


def looks_at_itself(expression: str) -> bool:
    """Whether ``.`` stands in an expression: the answer to the very question that it belongs to."""
    return any(token.symbol == "." for token in _tokens(expression))


def _stranger(token: XPathToken) -> str:
    if token.symbol == "(name)":
        return str(token.value)
    walks = token.symbol in _WALKS or (token.symbol == "*" and len(token) != 2)
    return str(token.symbol) if walks else ""


def _tokens(expression: str) -> Iterator[XPathToken]:
    try:
        yield from _without_names(expression).iter()
    except _BROKEN:
        return


def _without_names(expression: str) -> XPathToken:
    """The expression with a number in the place of every question: what is left to name is strange."""
    return _Parser().parse(_REFERENCE.sub(" 0 ", expression))


def holds(
    expression: str,
    answers: Mapping[str, str],
    *,
    today: str,
    itself: str = "",
    properties: Mapping[str, str] | None = None,
) -> bool:
    """Whether an expression is true for `answers` (id → answer as text; choices apart by spaces).

    `itself` is the answer that ``.`` stands for, `today` the date (YYYY-MM-DD) that ``today()`` gives,
    `properties` those of the choice that a choice filter looks at, by their plain names. What cannot be
    computed from such answers does not hold.
    """
    try:
        token = _compiled(expression)
        value = token.evaluate(_context(answers, itself, today, properties or {}))
        return bool(token.boolean_value(value))
    except _BROKEN:
        return False


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> XPathToken:
    return _Parser().parse(_REFERENCE.sub(rf"/{_ROOT}/\1", expression))


def _context(
    answers: Mapping[str, str], itself: str, today: str, properties: Mapping[str, str]
) -> XPathContext:
    root = ElementTree.Element(_ROOT)
    for name, answer in answers.items():
        ElementTree.SubElement(root, name).text = answer
    item = ElementTree.SubElement(root, "_itself")
    item.text = itself
    for name, value in properties.items():
        ElementTree.SubElement(item, name).text = value
    return XPathContext(root, item=item, variables={_TODAY: today})


# ---- values ---------------------------------------------------------------------------------------


def _text(token: XPathToken, index: int, context: XPathContext | None) -> str:
    value = token.get_argument(context, index=index)
    return "" if value is None else str(token.string_value(value))


def _number(token: XPathToken, index: int, context: XPathContext | None) -> float:
    value = token.get_argument(context, index=index)
    return _as_number(value if isinstance(value, int | float) else _text(token, index, context))


def _as_number(value: float | str) -> float:
    """A number; a date is its days since 1970-01-01; anything else, and nothing, is NaN."""
    try:
        return float(value)
    except ValueError:
        day = _as_day(str(value))
        return math.nan if day is None else float((day - _FIRST_DAY).days)


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# ---- operators: XPath 1.0 compares and calculates with NaN where the library raises ----------------


def _operator(symbol: str, result: Callable[[float, float], object]) -> None:
    """Numbers on both sides; with one side only it is a sign."""
    inherited = XPath1Parser.symbol_table[symbol].evaluate

    def evaluate(self: XPathToken, context: XPathContext | None = None) -> object:
        if self.symbol == "*" and len(self) != 2:  # every element, not a product
            return inherited(self, context)
        if len(self) == 1:
            return result(0.0, _number(self, 0, context))
        return result(_number(self, 0, context), _number(self, 1, context))

    _replace(symbol, evaluate)


def _equality(symbol: str, result: Callable[[object, object], bool]) -> None:
    """Truths where one side is a truth, numbers where one is one, else texts (XPath 1.0, section 3.4)."""

    def evaluate(self: XPathToken, context: XPathContext | None = None) -> bool:
        sides = [self.get_argument(copy(context), index=index) for index in (0, 1)]
        if any(isinstance(side, bool) for side in sides):
            return result(*(bool(self.boolean_value(side)) for side in sides))
        if any(isinstance(side, int | float | Decimal) for side in sides):
            return result(*(_number(self, index, context) for index in (0, 1)))
        return result(*(_text(self, index, context) for index in (0, 1)))

    _replace(symbol, evaluate)


def _replace(symbol: str, evaluate: Function) -> None:
    """Our own kind of a token: its grammar stays as it is, and so does the library's parser."""
    library = _Parser.symbol_table[symbol]
    _Parser.symbol_table[symbol] = type(library.__name__, (library,), {"evaluate": evaluate})


def _divided(one: float, other: float) -> float:
    return one / other if other else math.nan


def _remainder(one: float, other: float) -> float:
    return math.fmod(one, other) if other else math.nan


# ---- functions that XForms adds ---------------------------------------------------------------------


def _function(name: str, arguments: int | tuple[int, int | None], result: Function) -> None:
    """Registers a function of texts. An argument that is left out is not handed on."""

    def evaluate(self: XPathToken, context: XPathContext | None = None) -> object:
        return result(*(_text(self, index, context) for index in range(len(self))))

    _define(name, arguments, evaluate)


def _define(name: str, arguments: int | tuple[int, int | None], evaluate: Function) -> None:
    _Parser.symbol_table.pop(name, None)
    _Parser.function(name, nargs=arguments)
    _replace(name, evaluate)


def _choose(self: XPathToken, context: XPathContext | None = None) -> object:
    """``if(condition, then, else)``: only the branch that is taken is evaluated."""
    taken = 1 if self.boolean_value(self[0].evaluate(copy(context))) else 2
    return self[taken].evaluate(copy(context))


def _today(self: XPathToken, context: XPathContext | None = None) -> str:
    """``today()``: the day that whoever evaluates the expression was handed."""
    if context is None:
        raise self.missing_context()
    return str(context.variables[_TODAY])


def _selected_at(chosen: str, index: str) -> str:
    codes, at = chosen.split(), _as_number(index)
    return codes[int(at)] if 0 <= at < len(codes) else ""


def _is_match(text: str, pattern: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def _whole(text: str) -> float:
    number = _as_number(text)
    return math.trunc(number) if math.isfinite(number) else math.nan


def _joined(separator: str, *texts: str) -> str:
    return separator.join(texts)


for _symbol, _test in (("<", operator.lt), ("<=", operator.le), (">", operator.gt), (">=", operator.ge)):
    _operator(_symbol, _test)
for _symbol, _sum in (("+", operator.add), ("-", operator.sub), ("*", operator.mul)):
    _operator(_symbol, _sum)
_operator("div", _divided)
_operator("mod", _remainder)
_equality("=", operator.eq)
_equality("!=", operator.ne)
_function("selected", 2, lambda chosen, code: code in chosen.split())
_function("count-selected", 1, lambda chosen: len(chosen.split()))
_function("selected-at", 2, _selected_at)
_function("coalesce", 2, lambda one, other: one or other)
_function("regex", 2, _is_match)
_function("join", (1, None), _joined)
_function("int", 1, _whole)
_function("number", 1, _as_number)
_function("date", 1, lambda text: text if _as_day(text) else "")
_define("if", 3, _choose)
_define("today", 0, _today)
_Parser.build()
