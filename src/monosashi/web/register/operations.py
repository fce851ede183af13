"""What officials change in the register: one transaction and one audit event each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from monosashi import errors
from monosashi.gather.register.entries import entry_of
from monosashi.gather.register.form import LABEL
from monosashi.gather.register.form_table import read_form_text
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.keep import audit
from monosashi.web.register import search
from monosashi.web.register.models import (
    Entry,
    FormField,
    FormVersion,
    Owned,
    Procedure,
    Service,
    Tool,
    ToolUse,
)

E = TypeVar("E", bound=Entry)


@transaction.atomic
def add_service(*, code: str, organization: Organization, by: Account | None, **values: Any) -> Service:
    return _add(Service, "services", code, by, {**values, "organization": organization})


@transaction.atomic
def add_procedure(
    *,
    code: str,
    organization: Organization,
    by: Account | None,
    service: Service | None = None,
    **values: Any,
) -> Procedure:
    return _add(
        Procedure, "procedures", code, by, {**values, "organization": organization, "service": service}
    )


@transaction.atomic
def add_tool(*, code: str, by: Account | None, **values: Any) -> Tool:
    return _add(Tool, "tools", code, by, values)


@transaction.atomic
def edit_service(*, id: int, version: int, by: Account, **values: Any) -> Service:
    """Raises `register-stale` where somebody changed it since that version; then nothing is overwritten."""
    return _edit("services", _locked(Service, id), version, by, values)


@transaction.atomic
def edit_procedure(*, id: int, version: int, by: Account, **values: Any) -> Procedure:
    return _edit("procedures", _locked(Procedure, id), version, by, values)


@transaction.atomic
def set_use(*, service: Service, tool: Tool, state: str | None, by: Account | None) -> None:
    """The state in which a service uses a tool; None where it has nothing to do with it any more."""
    audit.one_writer()
    before = ToolUse.objects.filter(service=service, tool=tool).values_list("state", flat=True).first()
    if before == state:
        return
    if state is None:
        ToolUse.objects.filter(service=service, tool=tool).delete()
    else:
        ToolUse.objects.update_or_create(service=service, tool=tool, defaults={"state": state})
    audit.record("register.use_set", target=service, by=by, tool=tool.code, before=before, after=state)


@transaction.atomic
def add_form(
    *, procedure: Procedure, name: str, in_force_from: date, fields_of: str, by: Account | None
) -> FormVersion:
    """A new version of a form, from its JSON Schema or a table of its fields. Raises `register-taken`."""
    audit.one_writer()
    fields = read_form_text(fields_of, where=name)
    name = name.strip()
    for taken in ({"name": name}, {"in_force_from": in_force_from}):
        if FormVersion.objects.filter(procedure=procedure, **taken).exists():
            raise errors.REGISTER_TAKEN(value=str(next(iter(taken.values()))))
    made = FormVersion.objects.create(
        procedure=procedure, name=name, in_force_from=in_force_from, added_at=timezone.now()
    )
    FormField.objects.bulk_create(
        FormField(
            form=made,
            position=position,
            name=field.name,
            label=field.label,
            required=field.required,
            attachment=field.attachment,
            item=field.item[:LABEL],  # NFKC can make a text longer
        )
        for position, field in enumerate(fields, start=1)
    )
    audit.record("register.form_added", target=made, by=by, procedure=procedure.code, fields=len(fields))
    return made


def _add(model: type[E], kind: str, code: str, by: Account | None, values: Mapping[str, Any]) -> E:
    audit.one_writer()
    if model._default_manager.filter(code=code).exists():
        raise errors.REGISTER_TAKEN(value=code)
    links, plain = _parted(values)
    made = model(**links, **entry_of(kind, {"code": code, **plain}, code))
    return _saved(made, "register.added", by, kind=kind, code=code)


def _edit(kind: str, found: E, version: int, by: Account, values: Mapping[str, Any]) -> E:
    if found.version != version:
        raise errors.REGISTER_STALE(where=found.name_ja)
    links, plain = _parted(values)
    new = {**links, **entry_of(kind, plain, found.code)}
    before = {name: getattr(found, name) for name in new}
    changed = [name for name, value in new.items() if value != before[name]]
    if not changed:
        return found
    for name in changed:
        setattr(found, name, new[name])
    found.version += 1
    told = {name: [_told(before[name]), _told(new[name])] for name in changed}
    return _saved(found, "register.edited", by, kind=kind, code=found.code, changed=told)


def _locked(model: type[E], id: int) -> E:
    return model._default_manager.select_for_update().get(pk=id)


def _saved(entry: E, action: str, by: Account | None, **details: Any) -> E:
    entry.changed_at = timezone.now()
    if isinstance(entry, Owned):
        values = {name: getattr(entry, name) for name in search.SEARCHED[type(entry)]}
        entry.search_text = search.text_of(type(entry), values)
    entry.save()
    if action == "register.added":
        audit.record("register.added", target=entry, by=by, **details)
    else:
        audit.record("register.edited", target=entry, by=by, **details)
    return entry


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rows that it belongs to, and what it says itself."""
    links = {name: value for name, value in values.items() if name in ("organization", "service")}
    return links, {name: value for name, value in values.items() if name not in links}


def _told(value: Any) -> Any:
    if isinstance(value, Organization | Service):
        return value.code
    return value.isoformat() if isinstance(value, date) else value
