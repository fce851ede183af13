"""What officials do with files: bring one, correct how it is read, store it, or throw it away."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from monosashi import errors
from monosashi.gather.findings import shown
from monosashi.gather.mapping import read_mapping
from monosashi.web.accounts.models import Account
from monosashi.web.gather import uploads
from monosashi.web.gather.models import Import, Mapping, State
from monosashi.web.keep import audit, jobs

LONGEST_NAME = 200


def bring(
    *,
    kind: str,
    instrument: str,
    name: str,
    chunks: Iterable[bytes],
    mapping: str,
    encoding: str,
    by: Account,
) -> Import:
    """Keeps the file and asks for it to be read. The file is on disk before anybody is told so."""
    _check_mapping(mapping)
    id = uuid.uuid4()
    size, sha256 = uploads.keep(id, chunks)
    try:
        with transaction.atomic():
            made = Import.objects.create(
                id=id,
                kind=kind,
                instrument=instrument,
                file_name=shown(name, LONGEST_NAME),
                size=size,
                sha256=sha256,
                encoding=encoding,
                mapping=mapping,
                brought_by=by,
                brought_at=timezone.now(),
            )
            audit.record("import.brought", target=made, by=by, kind=kind, sha256=sha256)
            _enqueue(made, "import.read", State.READING, by)
    except BaseException:
        uploads.drop(id)
        raise
    return made


@transaction.atomic
def read_again(*, id: uuid.UUID, mapping: str, encoding: str, remember: str, by: Account) -> Import:
    """With another mapping or encoding; remembers the mapping by a name where one is given."""
    _check_mapping(mapping)
    found = _open(id)
    if remember:
        _remember(remember, found.kind, mapping, by)
    found.mapping, found.encoding = mapping, encoding
    _enqueue(found, "import.read", State.READING, by)
    return found


@transaction.atomic
def store(*, id: uuid.UUID, by: Account) -> Import:
    """What was looked at goes into the lake: refused while there are findings."""
    found = _open(id)
    if found.state != State.READ or found.findings["count"]:
        raise errors.IMPORT_NOT_READY(name=found.file_name)
    _enqueue(found, "import.store", State.STORING, by)
    return found


@transaction.atomic
def discard(*, id: uuid.UUID, by: Account) -> None:
    found = _open(id)
    found.state, found.understood = State.DISCARDED, {}
    found.save(update_fields=["state", "understood"])
    audit.record("import.discarded", target=found, by=by)
    transaction.on_commit(lambda: uploads.drop(id))


def _open(id: uuid.UUID) -> Import:
    """Locked; refused once it is stored, discarded or in the hands of a job."""
    found = Import.objects.select_for_update().get(pk=id)
    if not found.is_open:
        raise errors.IMPORT_NOT_READY(name=found.file_name)
    return found


def _check_mapping(text: str) -> None:
    if text.strip():
        read_mapping("mapping", text.encode())


def _remember(name: str, kind: str, text: str, by: Account) -> None:
    values = {"kind": kind, "text": text, "saved_by": by, "saved_at": timezone.now()}
    saved, _ = Mapping.objects.update_or_create(name=name, defaults=values)
    audit.record("mapping.saved", target=saved, by=by, name=name)


def _enqueue(found: Import, kind: str, state: State, by: Account) -> None:
    found.state, found.problem_ja, found.problem_en = state, "", ""
    found.job = jobs.enqueue(kind, by=by, id=str(found.pk))
    found.save()
