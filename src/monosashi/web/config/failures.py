"""What is answered when something cannot be answered: what happened, whether anything was lost, what to do.

These pages need neither the database nor a session, since either may be what failed.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.utils import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from monosashi.define.text import Text
from monosashi.web.config.language import in_language, language_of, tag_of


@dataclass(frozen=True)
class Failure:
    status: int
    code: str
    title: Text
    what: Text
    do: Text
    retry_after: int | None = None  # seconds


BAD_REQUEST = Failure(
    400,
    "bad-request",
    Text(ja="送られた内容を読み取れません", en="This request cannot be read"),
    Text(ja="何も保存していません。", en="Nothing was stored."),
    Text(ja="前のページに戻り、もう一度お試しください。", en="Go back to the page before and try again."),
)
FORBIDDEN = Failure(
    403,
    "forbidden",
    Text(ja="このページを開く権限がありません", en="You may not open this page"),
    Text(
        ja="サインインしている役割では、このページを使えません。",
        en="The role you are signed in with does not include it.",
    ),
    Text(
        ja="必要なときは、管理者に役割を頼んでください。",
        en="If you need it, ask your administrator for the role.",
    ),
)
STALE_FORM = Failure(
    403,
    "stale-form",
    Text(ja="送信を確認できませんでした", en="This form could not be verified"),
    Text(
        ja="何も保存していません。ページを開いてから時間がたったか、クッキーが使えなくなっています。",
        en="Nothing was stored. The page was open for a long time, or cookies are off.",
    ),
    Text(
        ja="前のページを開き直して、もう一度送ってください。",
        en="Open the page before again and send it once more.",
    ),
)
NOT_FOUND = Failure(
    404,
    "not-found",
    Text(ja="ページが見つかりません", en="There is no such page"),
    Text(ja="アドレスが違うか、ページがなくなりました。", en="The address is wrong, or the page is gone."),
    Text(
        ja="アドレスを確かめるか、最初のページからお探しください。",
        en="Check the address, or start from the front page.",
    ),
)
BUSY = Failure(
    503,
    "busy",
    Text(ja="ただいま混み合っています", en="Busy just now"),
    Text(ja="何も保存していません。", en="Nothing was stored."),
    Text(ja="数秒待って、もう一度お試しください。", en="Wait a few seconds and try again."),
    retry_after=5,
)
TOO_MANY = Failure(
    429,
    "posts-too-many",
    Text(ja="少し待ってから送ってください", en="Please wait a moment, then send again"),
    Text(
        ja="同じところから、短い間にたくさん届いています。今回の答えは、まだ保存していません。",
        en="Many answers are arriving from the same place. These ones are not stored yet.",
    ),
    Text(ja="1分ほど待って、もう一度送ってください。", en="Wait a minute and send them again."),
    retry_after=60,
)
UNAVAILABLE = Failure(
    503,
    "unavailable",
    Text(ja="データベースを開けません", en="The database cannot be opened"),
    Text(
        ja="何も保存していません。公開ページはそのまま読めます。",
        en="Nothing was stored. The public pages can be read as before.",
    ),
    Text(
        ja="運用の担当者は、`monosashi check` で原因を確かめてください。",
        en="Whoever runs this site will find the cause with `monosashi check`.",
    ),
    retry_after=60,
)
FULL = Failure(
    507,
    "full",
    Text(ja="保存する場所がいっぱいです", en="The storage is full"),
    Text(ja="何も保存していません。", en="Nothing was stored."),
    Text(
        ja="運用の担当者が空きを作るまで、お待ちください。",
        en="Please wait until whoever runs this site has made room.",
    ),
    retry_after=600,
)
DEFECT = Failure(
    500,
    "defect",
    Text(ja="この画面に不具合があります", en="This page has a defect"),
    Text(ja="送られた内容は保存されていないかもしれません。", en="What you sent may not have been stored."),
    Text(
        ja="もう一度お試しください。続くときは、いつ何をしたかを運用の担当者に知らせてください。",
        en="Try again. If it goes on, tell whoever runs this site what you did, and when.",
    ),
)


def page_of(failure: Failure, request: HttpRequest) -> HttpResponse:
    """A page for people; for programs, whose addresses begin with /api/, the same as problem+json."""
    if request.path_info.startswith("/api/"):
        return _for_programs(failure)
    language = tag_of(language_of(request.path_info))
    addresses = {f"url_{one}": in_language(request.path_info, one) for one in ("ja", "en")}
    shown = {"failure": failure, "language": language, "kept": _typed(request), "here": request.path}
    body = render_to_string("failure.html", {**shown, **addresses})
    response = HttpResponse(body, status=failure.status)
    if failure.retry_after is not None:
        response.headers["Retry-After"] = str(failure.retry_after)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody who answers had typed, to be sent again; elsewhere forms carry tokens that go stale."""
    plain = in_language(request.path_info, "ja")
    if request.method != "POST" or not plain.startswith(("/s/", "/r/", "/withdraw/")):
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() for value in map(str, values)]
    except Exception:  # what could not be read cannot be kept either
        return []


def _for_programs(failure: Failure) -> HttpResponse:
    said = {
        "type": "about:blank",
        "status": failure.status,
        "code": failure.code,
        "title": failure.title.ja,
        "title_en": failure.title.en,
        "detail": f"{failure.what.ja}{failure.do.ja}",
        "detail_en": f"{failure.what.en} {failure.do.en}",
        "errors": [],
        "request_id": uuid.uuid4().hex,
    }
    response = HttpResponse(
        json.dumps(said, ensure_ascii=False), status=failure.status, content_type="application/problem+json"
    )
    if failure.retry_after is not None:
        response.headers["Retry-After"] = str(failure.retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page_of(BAD_REQUEST, request)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page_of(FORBIDDEN, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page_of(NOT_FOUND, request)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page_of(STALE_FORM, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """The one place where a locked, full or missing storage becomes 503 or 507; anything else is a defect."""
    return page_of(failure_of(sys.exc_info()[1]), request)


def failure_of(error: BaseException | None) -> Failure:
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return FULL
        if isinstance(one, sqlite3.Error):
            return _of_sqlite(one)
        if getattr(one, "sqlstate", None) in ("53100", "25006"):  # disk_full, read_only_sql_transaction
            return FULL
        if getattr(one, "sqlstate", None) in ("55P03", "40P01", "53300", "57014"):  # locks, connections
            return BUSY
    return UNAVAILABLE if isinstance(error, OperationalError | InterfaceError) else DEFECT


def _of_sqlite(error: sqlite3.Error) -> Failure:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BUSY
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
        return FULL
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return UNAVAILABLE
    return DEFECT


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (error.__context__ if isinstance(error, DatabaseError) else None)
