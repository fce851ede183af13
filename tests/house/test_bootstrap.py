"""Preparing .venv: what is found ready, what is made again, what the person is told."""

from __future__ import annotations

import sys

import pytest

import bootstrap


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout whose installation is a fake: an environment with a Python, and a count of installations."""
    (tmp_path / "requirements").mkdir()
    for name in ("bootstrap", "run", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    place(monkeypatch, tmp_path)
    monkeypatch.setattr(bootstrap, "installed", [], raising=False)
    monkeypatch.setattr(bootstrap, "install", bootstrap.installed.append)
    return tmp_path


def place(monkeypatch, root):
    venv = root / ".venv"
    places = {
        "ROOT": root,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "monosashi-setup.json",
        "UNFINISHED": venv / "unfinished",
        "LOCK": root / ".venv.lock",
    }
    for name, path in places.items():
        monkeypatch.setattr(bootstrap, name, path)


def test_the_first_setup_installs_and_the_second_does_nothing(checkout):
    assert bootstrap.main(["run"]) == 0
    assert bootstrap.main(["run"]) == 0
    assert bootstrap.installed == ["run"]


def test_an_environment_for_developers_is_enough_to_run(checkout):
    bootstrap.main(["dev"])
    bootstrap.main(["run"])
    assert bootstrap.installed == ["dev"]


def test_what_runs_is_not_enough_for_developers(checkout):
    bootstrap.main(["run"])
    bootstrap.main(["dev"])
    assert bootstrap.installed == ["run", "dev"]


def test_a_changed_lock_is_installed_into_the_same_environment(checkout):
    bootstrap.main(["run"])
    (bootstrap.VENV / "kept").touch()
    (checkout / "requirements" / "run.txt").write_text("run==2\n")
    bootstrap.main(["run"])
    assert bootstrap.installed == ["run", "run"]
    assert (bootstrap.VENV / "kept").exists()


def test_an_interrupted_setup_begins_with_a_clean_environment(checkout, monkeypatch):
    def interrupted(profile):
        (bootstrap.VENV / "half a package").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.main(["run"])
    assert bootstrap.main(["run"]) == 0
    assert not (bootstrap.VENV / "half a package").exists()
    assert not bootstrap.UNFINISHED.exists()


def test_a_moved_checkout_gets_an_environment_of_its_own(checkout, monkeypatch):
    bootstrap.main(["run"])
    (bootstrap.VENV / "of the old place").touch()
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    place(monkeypatch, moved)
    bootstrap.main(["run"])
    assert bootstrap.installed == ["run", "run"]
    assert not (bootstrap.VENV / "of the old place").exists()


def test_an_environment_whose_python_is_gone_is_made_again(checkout):
    bootstrap.main(["run"])
    bootstrap.PYTHON.unlink()
    bootstrap.PYTHON.symlink_to(checkout / "python-that-was-removed")
    assert bootstrap.main(["run"]) == 0
    assert bootstrap.installed == ["run", "run"]


def test_the_environment_is_made_without_ensurepip(checkout, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert bootstrap.main(["run"]) == 0
    assert not (bootstrap.VENV / "bin" / "pip").exists()


def test_an_old_python_is_told_what_is_needed(checkout, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    assert bootstrap.main(["run"]) == 2
    said = capsys.readouterr().err
    assert "Python 3.11" in said
    assert "3.9.2" in said
    assert "make PYTHON=" in said


def test_a_wheel_that_is_not_the_recorded_one_is_not_run(checkout, monkeypatch):
    wheel = checkout / "pip.whl"
    wheel.write_bytes(b"something else")
    monkeypatch.setattr(bootstrap, "PIP", wheel)
    with pytest.raises(bootstrap.SetupError, match="not the file that was recorded"):
        bootstrap.pip("-r", "requirements/run.txt")


def test_an_index_that_pip_knows_is_handed_on_to_uv(checkout, monkeypatch):
    bootstrap.main(["run"])
    for name in bootstrap.UV_INDEX_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    assert bootstrap.uv_environment()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://chosen.example/simple")
    assert bootstrap.uv_environment()["UV_DEFAULT_INDEX"] == "https://chosen.example/simple"
