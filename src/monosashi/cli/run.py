"""`monosashi init`, `serve`, `check` and `manage`: running a real installation."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monosashi import errors
from monosashi.adapters.home import Home
from monosashi.errors import Finding

if TYPE_CHECKING:
    from monosashi.adapters.lake_check import Examined

_TOP = "government"


@click.command()
@click.option(
    "--administrator", metavar="EMAIL", help="Make a first administrator; the password is asked for."
)
def init(administrator: str | None) -> None:
    """Prepare a new installation, or bring an existing one up to this version.

    Creates the home, its secret key and its database, and adds what a new version needs. Nothing that is
    there is removed. No other command creates a database.
    """
    home = Home.of_environment().path.absolute()
    prepare(home)
    if administrator:
        password: str = click.prompt("パスワード Password", hide_input=True, confirmation_prompt=True)
        _add_administrator(administrator, password)
    _say({"home": str(home), "ready": True, "administrators": _administrators()})


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port.")
def serve(host: str, port: int) -> None:
    """Serve an installation: the site by waitress, and a worker for background jobs beside it.

    MONOSASHI_WORKERS processes answer requests, two by default; one that dies is started again.
    """
    open_installation()
    click.echo(f"http://{host}:{port}/  (Ctrl+C)", err=True)
    serve_site(host=host, port=port, on_ready=lambda: None)


@click.command()
def check() -> None:
    """Check an installation: settings, database, audit trail, lake, every edition and their chain.

    Of the lake, every entry and file is read, and compared with the digest noted when it was written. The
    result is JSON on standard output, also where something is wrong; then the exit code is 2.
    """
    start_django()
    click.echo("lake …", err=True)
    lake = _examined_lake()
    parts: dict[str, Callable[[], Iterable[Finding]]] = {
        "settings": _settings_findings,
        "database": _database_findings,
        "register": _register_findings,
        "lake": lambda: [finding for table in lake for finding in table.findings],
        "editions": _edition_findings,
    }
    found: list[Finding] = []
    for name, findings in parts.items():
        click.echo(f"{name} …", err=True)
        found += findings()
    tables = [table.as_json() for table in lake]
    wrong = [finding.as_json() for finding in found]
    _say({"checked": list(parts), "problems": len(found), "findings": wrong, "lake": tables})
    if found:
        raise errors.CHECK_FAILED(findings=found, count=len(found))


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's management commands, for administrators. `work` runs the worker of background jobs."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["monosashi manage", *arguments])


# ---- what the commands (and the demo) are made of --------------------------------------------------------


def prepare(home: Path) -> None:
    """Home, secret key, database and its tables; each only where it is not there yet."""
    from monosashi.web.config.environment import DATABASE, SECRET

    os.environ["MONOSASHI_HOME"] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    _write_secret(home / SECRET)
    if not os.environ.get("MONOSASHI_DATABASE_URL"):
        sqlite3.connect(home / DATABASE).close()
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def open_installation() -> None:
    """Raises `check-failed` where the database is not there, or not of this version."""
    start_django()
    if findings := list(_database_findings()):
        raise errors.CHECK_FAILED(findings=findings, count=len(findings))


def add_accounts(organizations: Iterable[Any], people: Iterable[Any], *, password: str) -> None:
    """A tree of organizations (parents before children) and accounts with one role each."""
    from django.db import transaction

    from monosashi.web.accounts import operations
    from monosashi.web.accounts.roles import Role

    made: dict[str, Any] = {}
    with transaction.atomic():
        for one in organizations:
            parent = made[one.parent] if one.parent else None
            made[one.code] = operations.add_organization(code=one.code, name=one.name, parent=parent, by=None)
        for person in people:
            account = operations.add_account(
                email=person.email,
                name=person.name.ja,
                password=password,
                by=None,
                superuser=person.superuser,
            )
            where = made[person.organization]
            operations.give_role(account=account, role=Role(person.role), organization=where, by=None)


def add_register(entries: Iterable[Any], forms: Iterable[Any]) -> None:
    """Entries of the register in an order in which each finds what it names, and forms of procedures."""
    from django.db import transaction

    from monosashi.web.register import importing, operations
    from monosashi.web.register.models import Procedure

    with transaction.atomic():
        for some in entries:
            importing.import_entries(entries=some, where=some.kind, source={}, by=None)
        procedures = {one.code: one for one in Procedure.objects.all()}
        for form in forms:
            operations.add_form(
                procedure=procedures[form.procedure],
                name=form.name,
                in_force_from=form.in_force_from,
                fields_of=form.table,
                by=None,
            )


def serve_site(*, host: str, port: int, on_ready: Callable[[], None]) -> None:
    """Serves until Ctrl+C or SIGTERM. `on_ready` is called once connections are accepted."""
    start_django()
    from monosashi.cli.site import serve

    serve(host=host, port=port, on_ready=on_ready)


def start_django() -> None:
    """Settings and apps, ready to be used."""
    import django

    from monosashi.web.config.environment import Environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monosashi.web.config.settings")
    Environment.of_process().engine  # noqa: B018  (refused here rather than in the middle of a job)
    django.setup()


def _write_secret(path: Path) -> None:
    """Only its owner may read it; an existing one stays, since it signs sessions."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _add_administrator(email: str, password: str) -> None:
    from django.db import transaction

    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.web.accounts import operations
    from monosashi.web.accounts.models import Organization
    from monosashi.web.accounts.roles import Role
    from monosashi.web.config.environment import Environment

    name = load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE")).government
    with transaction.atomic():
        top = Organization.objects.filter(parent=None).first()
        top = top or operations.add_organization(code=_TOP, name=name, parent=None, by=None)
        account = operations.add_account(email=email, name=email, password=password, by=None, superuser=True)
        operations.give_role(account=account, role=Role.ADMINISTRATOR, organization=top, by=None)


def _administrators() -> int:
    from monosashi.web.accounts.queries import administrators

    return administrators()


# ---- what `check` looks at --------------------------------------------------------------------------------


def _settings_findings() -> Iterator[Finding]:
    from django.core.checks import WARNING, run_checks

    for message in run_checks(include_deployment_checks=True):
        if message.level >= WARNING and not message.is_silenced():
            yield errors.INSTALLATION_CHECK.found(id=message.id, what=message.msg, hint=message.hint or "—")


def _database_findings() -> Iterator[Finding]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from monosashi.web.config.environment import DATABASE

    path = Home.of_environment().path.absolute() / DATABASE
    if connection.vendor == "sqlite" and not path.is_file():
        yield errors.DATABASE_MISSING.found(place=str(path))
        return
    try:
        executor = MigrationExecutor(connection)
        lacking = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        yield errors.DATABASE_UNREACHABLE.found(detail=str(problem).strip().splitlines()[0])
        return
    if lacking:
        yield errors.DATABASE_BEHIND.found(count=len(lacking))
        return
    from monosashi.web.keep import audit

    if broken := list(audit.broken()):
        yield errors.AUDIT_BROKEN.found(count=len(broken), numbers=", ".join(map(str, broken[:10])))


def _register_findings() -> Iterator[Finding]:
    from monosashi.web.register import search

    if not any(_database_findings()) and not search.is_in_step():
        yield errors.SEARCH_STALE.found()


def _examined_lake() -> list[Examined]:
    from monosashi.adapters.lake import DeltaLake
    from monosashi.adapters.lake_check import examine

    return examine(
        DeltaLake(Home.of_environment().lake), report=lambda message: click.echo(message, err=True)
    )


def _edition_findings() -> Iterator[Finding]:
    from monosashi.adapters.editions import Editions

    editions = Editions(Home.of_environment().editions)
    for id in editions.ids():
        for finding in editions.verify(id):
            file = f"{id}/{finding.file}" if finding.file else id
            yield Finding(finding.kind, finding.row, finding.column, finding.details, file)


def _say(result: dict[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
