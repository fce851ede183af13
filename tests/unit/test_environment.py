"""Settings as they are read from the environment."""

from __future__ import annotations

import pytest

from monosashi.errors import Problem
from monosashi.web.config.environment import Environment


def of(**values: str) -> Environment:
    return Environment({f"MONOSASHI_{name}": value for name, value in values.items()})


def test_without_settings_an_installation_is_private_and_on_sqlite(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    environment = of()
    assert environment.hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert not environment.flag("MONOSASHI_HTTPS")
    assert environment.home.path == tmp_path / "home"
    there = tmp_path / "home" / "monosashi.sqlite3"
    assert environment.database["NAME"] == f"file:{there}?mode=rw"


def test_a_folder_with_strange_signs_is_still_one_folder():
    assert of(HOME="/srv/水 ?#&").database["NAME"].endswith("%20%3F%23%26/monosashi.sqlite3?mode=rw")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://ichiro:a%40b@db.example:5433/mono",
            {"USER": "ichiro", "PASSWORD": "a@b", "HOST": "db.example", "PORT": "5433", "NAME": "mono"},
        ),
        ("postgres://db/mono", {"USER": "", "PASSWORD": "", "HOST": "db", "PORT": "", "NAME": "mono"}),
        ("postgresql://ichiro@/mono?host=/run/pg", {"USER": "ichiro", "HOST": "/run/pg", "NAME": "mono"}),
    ],
)
def test_a_database_is_named_by_one_address(url, expected):
    found = of(DATABASE_URL=url).database
    assert {key: found[key] for key in expected} == expected
    assert "synchronous_commit=on" in found["OPTIONS"]["options"]


def test_a_certificate_asked_for_in_the_address_reaches_the_driver():
    found = of(DATABASE_URL="postgresql://db/mono?sslmode=verify-full").database
    assert found["OPTIONS"]["sslmode"] == "verify-full"


@pytest.mark.parametrize("url", ["mysql://db/mono", "postgresql://db", "postgresql://db:x/mono", "mono"])
def test_a_database_that_cannot_be_used_is_refused_without_telling_the_password(url):
    with pytest.raises(Problem) as refused:
        _ = of(DATABASE_URL=url.replace("//", "//ichiro:opensesame@")).database
    assert refused.value.kind.code == "setting-invalid"
    assert "opensesame" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "flag"), [("1", True), ("TRUE", True), ("0", False), ("", False), ("no", False)]
)
def test_a_flag_is_yes_or_no(value, flag):
    assert of(HTTPS=value).flag("MONOSASHI_HTTPS") is flag


@pytest.mark.parametrize("value", ["maybe", "2", "はい"])
def test_a_flag_that_is_neither_is_refused(value):
    with pytest.raises(Problem, match="MONOSASHI_HTTPS"):
        of(HTTPS=value).flag("MONOSASHI_HTTPS")


@pytest.mark.parametrize("value", ["0", "257", "-1", "eight", "８", "1.5"])
def test_a_number_out_of_range_is_refused(value):
    with pytest.raises(Problem, match="MONOSASHI_THREADS"):
        of(THREADS=value).whole("MONOSASHI_THREADS", 1, 256)


def test_an_engine_is_duckdb_or_a_spark_connect_server():
    assert of().engine == "duckdb"
    assert of(ENGINE="sc://spark:15002").engine == "sc://spark:15002"


def test_an_engine_that_this_version_lacks_is_refused_at_the_start():
    with pytest.raises(Problem, match="MONOSASHI_ENGINE"):
        _ = of(ENGINE="trino://trino:8080").engine
