"""What pages ask about the versions of a procedure's form, and what they burden applicants with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from monosashi.gather.register import form as forms
from monosashi.measure.register.burden import Burden, Difference, burden, difference
from monosashi.web.register.models import FormField, FormVersion, Procedure, Service

_FORMER = 500  # forms asked for at once


@dataclass(frozen=True)
class Version:
    """One version of a form: its burden, and what changed from the one before."""

    form: FormVersion
    burden: Burden
    difference: Difference | None


def versions(procedure: Procedure, *, on: date) -> list[Version]:
    """The newest first. What other procedures ask is looked up in their forms in force on the day."""
    rows = list(procedure.forms.order_by("in_force_from").prefetch_related("fields"))
    fields = [[_field(row) for row in form.fields.all()] for form in rows]
    elsewhere = _elsewhere(procedure, {field.item for form in fields for field in form}, on)
    made = [
        Version(form, burden(now, elsewhere), difference(before, now) if before is not None else None)
        for form, now, before in zip(rows, fields, [None, *fields], strict=False)
    ]
    return made[::-1]


@dataclass(frozen=True)
class Asking:
    """A procedure of a service, and the burden of its form in force, where one is in the register."""

    procedure: Procedure
    burden: Burden | None


def of_service(service: Service, *, on: date) -> list[Asking]:
    """What is re-asked counts within each form only; between forms it stands on the procedure's own page."""
    begun = FormVersion.objects.filter(procedure__service=service, in_force_from__lte=on)
    newest = {form.procedure_id: form for form in begun.order_by("in_force_from").prefetch_related("fields")}
    return [Asking(one, _burden_of(newest.get(one.pk))) for one in service.procedures.all()]


def _burden_of(form: FormVersion | None) -> Burden | None:
    return None if form is None else burden([_field(row) for row in form.fields.all()], {})


def _field(row: FormField) -> forms.FormField:
    return forms.FormField(row.name, row.label, row.required, row.attachment)


def _elsewhere(procedure: Procedure, items: set[str], on: date) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    in_force = _forms_in_force(on)
    wanted = sorted(items)
    for start in range(0, len(wanted), _FORMER):
        part = wanted[start : start + _FORMER]
        rows = FormField.objects.filter(item__in=part).exclude(form__procedure=procedure)
        for item, form, code in rows.values_list("item", "form_id", "form__procedure__code"):
            if form in in_force:
                found[item].add(code)
    return found


def _forms_in_force(on: date) -> set[int]:
    """Of every procedure the newest version that has begun."""
    rows = FormVersion.objects.filter(in_force_from__lte=on).order_by("procedure_id", "in_force_from")
    return set(dict(rows.values_list("procedure_id", "pk")).values())
