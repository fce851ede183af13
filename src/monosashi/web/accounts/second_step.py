"""Secrets of the second step, encrypted where they lie: a copy of the database alone opens nothing."""

from __future__ import annotations

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The key follows from the secret key of the installation, which does not lie in the database."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.pbkdf2_hmac("sha256", settings.SECRET_KEY.encode(), b"monosashi.second_step", 1)
    return Fernet(base64.urlsafe_b64encode(key))
