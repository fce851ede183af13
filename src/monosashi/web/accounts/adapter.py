"""What allauth asks: nobody signs up, and signing in and out is written down."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from monosashi.web.keep import audit

# what allauth would write a mail about → what the trail calls it
_NOTICES = {
    "account/email/password_changed": "account.password_changed",
    "mfa/email/totp_activated": "account.second_step_added",
    "mfa/email/totp_deactivated": "account.second_step_removed",
    "mfa/email/recovery_codes_generated": "account.recovery_codes_made",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        audit.record("account.signed_in", target=user, by=user)

    def logout(self, request: HttpRequest) -> None:
        account = request.user
        super().logout(request)
        if account.is_authenticated:
            audit.record("account.signed_out", target=account, by=account)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """What was typed stays out of the trail: it may be a password in the wrong box."""
        super().authentication_failed(request, **credentials)
        audit.record("account.sign_in_failed", target=None, by=None)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Mail is not sent yet; what it would tell stands in the trail."""
        if template_prefix in _NOTICES:
            audit.record(_NOTICES[template_prefix], target=user, by=user)
