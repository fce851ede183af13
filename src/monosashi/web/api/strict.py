"""Bodies of requests: JSON in UTF-8, of a bounded size, without names said twice and without NaN."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from monosashi import errors
from monosashi.gather.findings import shown

LARGEST = 1 << 20  # bytes


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises a `Problem` for whatever is not plain JSON."""
        if request.content_type != "application/json":
            raise errors.API_MEDIA_TYPE()
        if len(request.body) > LARGEST:
            raise errors.API_TOO_LARGE(limit=LARGEST)
        return parsed(request.body)


def parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise errors.API_BODY(detail=f"UTF-8, byte {error.start + 1}") from None
    except RecursionError:
        raise errors.API_BODY(detail="nesting") from None
    except ValueError as error:
        raise errors.API_BODY(detail=shown(str(error), 200)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{shown(twice)!r} twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
