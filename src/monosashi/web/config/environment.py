"""Every setting of an installation, once: its name, what it means, and how it is read.

Settings come from the environment; nothing else configures an installation. A value that cannot be used
raises `setting-invalid` with its name.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from monosashi import errors
from monosashi.adapters.engines import engine_named
from monosashi.adapters.home import Home
from monosashi.define.text import Text

DATABASE = "monosashi.sqlite3"
SECRET = "secret.key"  # noqa: S105 - the name of the file
_YES, _NO = ("1", "true", "yes"), ("", "0", "false", "no")


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    about: Text


SETTINGS = (
    Setting(
        "MONOSASHI_HOME",
        "./home",
        Text(
            ja="データベース、レイク、版、秘密の鍵を置くフォルダ。",
            en="The folder of the database, the lake, the editions and the secret key.",
        ),
    ),
    Setting(
        "MONOSASHI_DATABASE_URL",
        "",
        Text(
            ja="postgresql://利用者:合言葉@ホスト/名前。書かなければホームの中の SQLite を使う。",
            en="postgresql://user:password@host/name; without it, SQLite in the home.",
        ),
    ),
    Setting(
        "MONOSASHI_GUIDELINE",
        "tokyo/1.1.0",
        Text(
            ja="従う行動指針。同梱のものの名前か、フォルダ。",
            en="The guideline to follow: a shipped one, or a folder.",
        ),
    ),
    Setting(
        "MONOSASHI_ENGINE",
        "duckdb",
        Text(
            ja="記録をセルにまとめるエンジン。duckdb か、Spark Connect の sc://ホスト:ポート。",
            en="The engine that reduces records to cells: duckdb, or Spark Connect at sc://host:port.",
        ),
    ),
    Setting(
        "MONOSASHI_REDUCER",
        "",
        Text(
            ja="`monosashi estimate` が回答を集計する方法（duckdb か numpy）。"
            "書かなければ行の数で選ぶ。結果は同じ。",
            en="How `monosashi estimate` adds up answers, duckdb or numpy; without it, chosen by the number "
            "of rows. The results are the same.",
        ),
    ),
    Setting(
        "MONOSASHI_HOSTS",
        "localhost,127.0.0.1,[::1]",
        Text(
            ja="答えてよいホスト名。コンマで区切る。",
            en="Host names that may be answered to, separated by commas.",
        ),
    ),
    Setting(
        "MONOSASHI_HTTPS",
        "0",
        Text(
            ja="HTTPS で公開しているなら 1。クッキーを HTTPS に限り、HSTS を付ける。"
            "前に置くサーバーは X-Forwarded-Proto を渡す。",
            en="1 where the site is served over HTTPS: cookies only over HTTPS, and HSTS. "
            "The server in front passes X-Forwarded-Proto.",
        ),
    ),
    Setting(
        "MONOSASHI_PROXY",
        "127.0.0.1",
        Text(
            ja="MONOSASHI_HTTPS=1 のとき、X-Forwarded-* を信じてよい、前に置くサーバーのアドレス。",
            en="With MONOSASHI_HTTPS=1, the address of the server in front; its X-Forwarded-* are believed.",
        ),
    ),
    Setting(
        "MONOSASHI_SECRET_KEY",
        "",
        Text(
            ja="署名と二段階の確認に使う秘密の鍵（50字以上）。書かなければ `init` がホームに作るものを使う。"
            "変えると、サインインと二段階の確認はやり直しになる。",
            en="The secret key of signatures and second steps, 50 characters or more; without it, the one "
            "that `init` writes into the home. A new one ends sessions and second steps.",
        ),
    ),
    Setting(
        "MONOSASHI_LANGUAGE",
        "",
        Text(
            ja="コマンドの知らせの言語（ja か en）。書かなければロケールに従う。",
            en="The language of the command line, ja or en; without it, that of the locale.",
        ),
    ),
    Setting(
        "MONOSASHI_WORKERS",
        "2",
        Text(ja="要求に答えるプロセスの数。", en="How many processes answer requests."),
    ),
    Setting(
        "MONOSASHI_THREADS",
        "8",
        Text(ja="一つのプロセスで同時に答えるスレッドの数。", en="How many threads of each of them."),
    ),
    Setting(
        "MONOSASHI_POSTS_A_MINUTE",
        "600",
        Text(
            ja="一つのアドレスから1分に受け付ける回答の送信の数。区役所は全体で一つのアドレスなので、"
            "120より小さくしない。0 なら限らない。",
            en="How many posts of answers one address may send in a minute. A ward office is one address: "
            "no fewer than 120. 0 sets no limit.",
        ),
    ),
    Setting(
        "MONOSASHI_EDITION_READER",
        "monosashi.adapters.editions.Editions",
        Text(
            ja="公開ページが版を読むクラス（Django の設定。環境変数ではない）。",
            en="The class that reads editions for public pages (a Django setting, not of the environment).",
        ),
    ),
)
_DEFAULTS = {one.name: one.default for one in SETTINGS}


@dataclass(frozen=True)
class Environment:
    """The settings as the web shell uses them, read from `values` (the environment of the process)."""

    values: Mapping[str, str]

    @classmethod
    def of_process(cls) -> Environment:
        return cls(os.environ)

    def text(self, name: str) -> str:
        return self.values.get(name) or _DEFAULTS[name]

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in (*_YES, *_NO):
            raise errors.SETTING_INVALID(name=name, value=value, expected="0 / 1")
        return value in _YES

    def whole(self, name: str, low: int, high: int) -> int:
        value = self.text(name)
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise errors.SETTING_INVALID(name=name, value=value, expected=f"{low} – {high}")
        return int(value)

    @property
    def home(self) -> Home:
        return Home(Path(self.text("MONOSASHI_HOME")).absolute())

    @property
    def hosts(self) -> list[str]:
        return [host.strip() for host in self.text("MONOSASHI_HOSTS").split(",") if host.strip()]

    @property
    def engine(self) -> str:
        return engine_named(self.text("MONOSASHI_ENGINE"))

    @property
    def reducer(self) -> str:
        value = self.text("MONOSASHI_REDUCER")
        if value not in ("", "duckdb", "numpy"):
            raise errors.SETTING_INVALID(name="MONOSASHI_REDUCER", value=value, expected="duckdb / numpy")
        return value

    @property
    def secret_key(self) -> str:
        """The key of the environment or of the home. Before `init` a key that lasts for this process only."""
        named = self.values.get("MONOSASHI_SECRET_KEY", "")
        if named and len(named) < 50:
            raise errors.SETTING_INVALID(name="MONOSASHI_SECRET_KEY", value="…", expected="≥ 50")
        kept = self.home.path / SECRET
        return named or (kept.read_text("ascii").strip() if kept.is_file() else secrets.token_urlsafe(48))

    @property
    def database(self) -> dict[str, Any]:
        """Django's DATABASES entry: SQLite with WAL, IMMEDIATE, FULL and 5 s of patience; or PostgreSQL."""
        url = self.values.get("MONOSASHI_DATABASE_URL", "")
        return _postgresql(url) if url else _sqlite(self.home.path / DATABASE)


def _sqlite(path: Path) -> dict[str, Any]:
    """`mode=rw`: a database that is not there is an error, never a fresh one. Only `init` creates it."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{quote(str(path))}?mode=rw",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    name = "MONOSASHI_DATABASE_URL"
    expected = "postgresql://user:password@host:5432/name"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise errors.SETTING_INVALID(name=name, value="…", expected=expected) from None
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise errors.SETTING_INVALID(name=name, value=f"{parts.scheme}://…", expected=expected)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "options": "-c synchronous_commit=on -c lock_timeout=5s"},
    }
