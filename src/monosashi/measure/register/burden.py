"""Input burden: what a form asks of an applicant, and what a new version of it spares them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monosashi.gather.register.form import FormField

Elsewhere = Mapping[str, Collection[str]]  # item → other procedures whose form in force asks for it


@dataclass(frozen=True)
class ReAsked:
    """A field that asks for what is asked already: in this very form, or in those of other procedures."""

    field: FormField
    here: bool
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Burden:
    """Counts of one version: fields to fill in, those required, attachments, and what is re-asked."""

    fields: int
    required: int
    attachments: int
    re_asked: tuple[ReAsked, ...]


def burden(form: Sequence[FormField], elsewhere: Elsewhere) -> Burden:
    """Attachments are counted apart from fields; an attachment can be required and re-asked as well.

    fields = |{not attachments}|, required = |{required, attachments too}|, attachments = |{attachments}|,
    re-asked = fields and attachments whose item came earlier in the form or is asked elsewhere.
    """
    return Burden(
        fields=sum(not one.attachment for one in form),
        required=sum(one.required for one in form),
        attachments=sum(one.attachment for one in form),
        re_asked=tuple(_re_asked(form, elsewhere)),
    )


def _re_asked(form: Sequence[FormField], elsewhere: Elsewhere) -> Iterable[ReAsked]:
    seen: set[str] = set()
    for field in form:
        item, here = field.item, field.item in seen
        others = tuple(sorted(elsewhere.get(item, ())))
        if here or others:
            yield ReAsked(field, here, others)
        seen.add(item)


@dataclass(frozen=True)
class Difference:
    """From one version to the next, field by field (a field is the same where its name is).

    `spared` = fields before − fields after: 利用者の入力項目削減数, below 0 where the form grew.
    """

    added: tuple[FormField, ...]
    removed: tuple[FormField, ...]
    became_required: tuple[FormField, ...]
    became_optional: tuple[FormField, ...]
    spared: int
    spared_required: int
    spared_attachments: int


def difference(before: Sequence[FormField], after: Sequence[FormField]) -> Difference:
    old, new = ({field.name: field for field in form} for form in (before, after))
    then, now = burden(before, {}), burden(after, {})
    both = [(old[name], field) for name, field in new.items() if name in old]
    return Difference(
        added=tuple(field for name, field in new.items() if name not in old),
        removed=tuple(field for name, field in old.items() if name not in new),
        became_required=tuple(field for was, field in both if field.required and not was.required),
        became_optional=tuple(field for was, field in both if was.required and not field.required),
        spared=then.fields - now.fields,
        spared_required=then.required - now.required,
        spared_attachments=then.attachments - now.attachments,
    )
