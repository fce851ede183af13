"""The forms at the door."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm


class _Plain:
    """Without placeholders and help texts, one of which links to a reset by mail; mail is not sent yet."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_Plain, LoginForm):  # type: ignore[misc]
    pass


class NewPasswordForm(_Plain, ChangePasswordForm):  # type: ignore[misc]
    pass


class AgainForm(_Plain, ReauthenticateForm):  # type: ignore[misc]
    pass
