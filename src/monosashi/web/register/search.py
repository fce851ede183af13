"""Search in the register: what is looked through, and how the index is asked, checked and built again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from monosashi.gather.register.normal import normalized
from monosashi.web.register.models import Owned, Procedure, Service

T = TypeVar("T", bound=Owned)
SEARCHED: Mapping[type[Any], tuple[str, ...]] = {
    Service: ("code", "name_ja", "name_en", "summary_ja", "summary_en", "life_events", "audience"),
    Procedure: ("code", "name_ja", "name_en", "kind", "law", "article", "systems", "life_events"),
}
_WORDS, _LONGEST = 8, 200
_INDEXED = 3  # characters from which the index of trigrams can help
_MATCH = "SELECT rowid FROM register_procedure_search WHERE register_procedure_search MATCH %s"
_COMMAND = "INSERT INTO register_procedure_search(register_procedure_search{columns}) VALUES ({values})"


def text_of(model: type[Any], values: Mapping[str, Any]) -> str:
    """The text that is searched: the columns above, made alike, one on each line."""
    parts = (values.get(name) or "" for name in SEARCHED[model])
    said = (" ".join(part) if isinstance(part, tuple) else str(part) for part in parts)
    return "\n".join(filter(None, map(normalized, said)))


def matching(found: QuerySet[T], asked: str) -> QuerySet[T]:
    """Rows in which every word that is asked for stands, in whatever width and case it was typed."""
    for word in normalized(asked[:_LONGEST]).split()[:_WORDS]:
        found = found.filter(search_text__contains=word)
        if found.model is Procedure and connection.vendor == "sqlite" and len(word) >= _INDEXED:
            found = found.filter(pk__in=RawSQL(_MATCH, [_trigrams(word)]))  # noqa: S611 - a parameter
    return found


def _trigrams(word: str) -> str:
    """What the index is asked: every run of three characters, quoted, in whatever order."""
    runs = dict.fromkeys(word[at : at + 3].replace('"', '""') for at in range(len(word) - 2))
    return " AND ".join(f'"{run}"' for run in runs)


@transaction.atomic
def rebuild() -> int:
    """Makes every search text and the index anew from the rows; returns how many texts were not right."""
    wrong = 0
    for model in SEARCHED:
        wrong += _rewritten(model)
    if connection.vendor == "sqlite":
        _command("'rebuild'")
    return wrong


def is_in_step() -> bool:
    """Whether every search text is that of its row, and the index that of the texts."""
    if any(True for model in SEARCHED for _ in _wrong(model)):
        return False
    try:
        if connection.vendor == "sqlite":
            with transaction.atomic():
                _command("'integrity-check', 1", ", rank")
    except DatabaseError:
        return False
    return True


def _wrong(model: type[Any]) -> Iterable[tuple[int, str]]:
    for pk, text, *cells in model.objects.values_list("pk", "search_text", *SEARCHED[model]):
        right = text_of(model, dict(zip(SEARCHED[model], cells, strict=True)))
        if text != right:
            yield pk, right


def _rewritten(model: type[Any]) -> int:
    wrong = list(_wrong(model))
    for pk, right in wrong:
        model.objects.filter(pk=pk).update(search_text=right)
    return len(wrong)


def _command(values: str, columns: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COMMAND.format(values=values, columns=columns))
