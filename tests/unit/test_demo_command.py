"""The command that creates the city and opens the site; server and database are stood in for."""

from __future__ import annotations

import socket
import sys
import types

import pytest
from click.testing import CliRunner

import monosashi.cli
from monosashi.adapters.home import Home
from monosashi.cli import demo as command
from monosashi.cli import surveys
from monosashi.demo import build, people


@pytest.fixture
def calls(monkeypatch):
    """Records what the command asks of the others, in order."""
    made: list[str] = []
    run = types.ModuleType("monosashi.cli.run")
    run.prepare = lambda home: made.append("prepare")
    run.add_accounts = lambda organizations, people, password: made.append(f"{len(people)} accounts")
    run.add_register = lambda entries, forms: made.append(f"{sum(map(len, entries))} entries")
    run.serve_site = lambda host, port, on_ready: made.append(f"serve {host}:{port}")
    monkeypatch.setitem(sys.modules, "monosashi.cli.run", run)
    monkeypatch.setattr(surveys, "open_surveys", _opened)
    monkeypatch.setattr(monosashi.cli, "run", run, raising=False)
    monkeypatch.setattr(build, "builder_of", lambda home: None)
    monkeypatch.setattr(build, "fill", lambda builder, report: made.append("fill"))
    monkeypatch.setenv("MONOSASHI_HOME", "")
    monkeypatch.setenv("MONOSASHI_GUIDELINE", "tokyo/1.1.0")
    return made


def _opened(fieldings, period, guideline):
    """Only those that the guideline has a questionnaire for."""
    return [one.code for one in fieldings if one.questionnaire in {o.id for o in guideline.questionnaires}]


def start(*arguments):
    return CliRunner().invoke(command.demo, [str(argument) for argument in arguments])


def test_the_first_start_creates_and_the_second_only_serves(calls, tmp_path):
    port = command.free_port(20000)
    assert start("--home", tmp_path / "home", "--port", port).exit_code == 0
    assert calls == ["prepare", "8 accounts", "526 entries", "fill", f"serve 127.0.0.1:{port}"]
    calls.clear()
    start("--home", tmp_path / "home", "--no-serve")
    assert calls == []


def test_an_interrupted_start_is_built_again(calls, tmp_path, monkeypatch):
    def dies(builder, report):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(build, "fill", dies)
        assert start("--home", tmp_path / "home", "--no-serve").exit_code != 0
    assert not build.is_finished(Home(tmp_path / "home"))
    start("--home", tmp_path / "home", "--no-serve")
    assert build.is_finished(Home(tmp_path / "home"))


def test_it_says_where_to_go_and_how_to_sign_in(calls, tmp_path):
    shown = start("--home", tmp_path / "home", "--port", 20000).stdout
    assert "http://127.0.0.1:" in shown
    assert people.PASSWORD in shown
    assert all(person.email in shown for person in people.people())
    assert "synthetic" in shown


def test_a_taken_port_gives_way_to_the_next_free_one(calls, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        shown = start("--home", tmp_path / "home", "--port", port).stdout
    assert f"Port {port} is taken" in shown
    assert f"serve 127.0.0.1:{port}" not in calls


def test_every_role_can_sign_in_and_two_bureaus_have_a_service_owner():
    everybody = people.people()
    assert len({person.email for person in everybody}) == len(everybody)
    assert len({person.organization for person in everybody if person.role == "service_owner"}) == 2
    codes = {organization.code for organization in people.organizations()}
    assert {person.organization for person in everybody} <= codes
    assert len(codes) == 21
