"""How many posts one address may send in a minute, counted for all processes together, in the database.

A ward office is one address, so the limit is generous. No address is kept: the row of a minute is a digest
under the secret key, another one every minute, and goes within the hour.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from monosashi import errors
from monosashi.web.answer.models import Arrivals
from monosashi.web.config.environment import Environment

KEPT = timedelta(hours=1)


def admits(address: str, posts: int = 1) -> bool:
    """Counts these posts, within the transaction of the caller. An empty address is not counted."""
    limit = Environment.of_process().whole("MONOSASHI_POSTS_A_MINUTE", 0, 1_000_000)
    if not address or not limit:
        return True
    said = f"{int(time.time()) // 60} {address}"
    digest = salted_hmac("monosashi.arrivals", said, algorithm="sha256").hexdigest()
    if not Arrivals.objects.filter(address=digest).update(posts=F("posts") + posts):
        fresh = Arrivals(address=digest, posts=posts, since=timezone.now())
        Arrivals.objects.bulk_create([fresh], ignore_conflicts=True)
    return Arrivals.objects.values_list("posts", flat=True).get(address=digest) <= limit


def require(address: str) -> None:
    if not admits(address):
        raise errors.POSTS_TOO_MANY()
