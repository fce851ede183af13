"""The table of addresses. Japanese at /…, English at /en/…; each view declares who may open it."""

from __future__ import annotations

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from monosashi.web.accounts.policy import ANYONE, CLOSED, SIGNED_IN, SUPERUSER
from monosashi.web.api.doors import api
from monosashi.web.config.addresses import declared
from monosashi.web.config.health import health

_ACCOUNT = {
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    # accounts are made by an administrator, and mail is not sent yet
    "account_signup": CLOSED,
    "account_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_confirm_email": CLOSED,
    "account_set_password": CLOSED,
    "account_reset_password": CLOSED,
    "account_reset_password_done": CLOSED,
    "account_reset_password_from_key": CLOSED,
    "account_reset_password_from_key_done": CLOSED,
    "account_confirm_login_code": CLOSED,
}
_MFA = {
    "mfa_authenticate": ANYONE,  # between password and session: nobody is signed in yet
    "mfa_trust": ANYONE,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
}

urlpatterns = [
    path("healthz", health, name="health"),
    # the doors ask for a key of their own
    path("api/v1/", (declared(api.urls[0], {}, otherwise=ANYONE), "api", "api")),
    *i18n_patterns(
        path("accounts/", include(declared(account_urls.urlpatterns, _ACCOUNT))),
        path("accounts/2fa/", include(declared(mfa_urls.urlpatterns, _MFA))),
        path("admin/", (declared(admin.site.get_urls(), {}, otherwise=SUPERUSER), "admin", "admin")),
        path("manage/", include("monosashi.web.accounts.urls")),
        path("manage/", include("monosashi.web.api.urls")),
        path("manage/", include("monosashi.web.gather.urls")),
        path("manage/", include("monosashi.web.keep.urls")),
        path("manage/", include("monosashi.web.measure.urls")),
        path("manage/", include("monosashi.web.register.urls")),
        path("manage/", include("monosashi.web.survey.urls")),
        path("", include("monosashi.web.answer.urls")),
        path("", include("monosashi.web.publish.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "monosashi.web.config.failures.bad_request"
handler403 = "monosashi.web.config.failures.permission_denied"
handler404 = "monosashi.web.config.failures.not_found"
handler500 = "monosashi.web.config.failures.server_error"
