"""Keys of the API: 256 random bits, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets

from monosashi import errors
from monosashi.web.accounts.models import Organization
from monosashi.web.api.models import ApiKey

PREFIX = "mono_"
KINDS = ("responses", "events", "volumes", "practices")


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """A key has as many random bits as the digest, so that a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(authorization: str) -> ApiKey:
    """The key that a header names. Raises `key-unknown`, whatever is wrong with it."""
    scheme, _, secret = authorization.partition(" ")
    found = None
    if scheme.lower() == "bearer" and secret.startswith(PREFIX):
        found = (
            ApiKey.objects.select_related("organization")
            .filter(digest=digest_of(secret.strip()), revoked_at=None)
            .first()
        )
    if found is None:
        raise errors.KEY_UNKNOWN()
    return found


def reached(key: ApiKey) -> frozenset[str]:
    """The codes of the key's organization and of those beneath it."""
    beneath = Organization.objects.filter(path__startswith=key.organization.path)
    return frozenset(beneath.values_list("code", flat=True))
