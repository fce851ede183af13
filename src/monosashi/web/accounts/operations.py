"""What changes people and organizations: one transaction and one audit event each."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from monosashi import errors
from monosashi.define.text import Text
from monosashi.web.accounts.models import Account, Membership, Organization
from monosashi.web.accounts.roles import Role
from monosashi.web.keep import audit


@transaction.atomic
def add_organization(
    *, code: str, name: Text, parent: Organization | None, by: Account | None
) -> Organization:
    """A new node of the tree. Raises `organization-code` where the code cannot be used or is taken."""
    if not _is_slug(code) or Organization.objects.filter(code=code).exists():
        raise errors.ORGANIZATION_CODE(code=code)
    made = Organization.objects.create(
        code=code,
        name_ja=name.ja,
        name_en=name.en,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
    )
    audit.record("organization.added", target=made, by=by, code=code, parent=parent.code if parent else None)
    return made


@transaction.atomic
def rename_organization(*, organization: Organization, name: Text, by: Account) -> Organization:
    before = organization.name
    organization.name_ja, organization.name_en = name.ja, name.en
    organization.save(update_fields=["name_ja", "name_en"])
    audit.record(
        "organization.renamed",
        target=organization,
        by=by,
        before=before.model_dump(),
        after=name.model_dump(),
    )
    return organization


@transaction.atomic
def add_account(
    *, email: str, name: str, password: str, by: Account | None, superuser: bool = False
) -> Account:
    """A new login. Raises `account-email` or `password-weak` with what to do."""
    email = email.strip().lower()
    if not _is_email(email) or Account.objects.filter(email__iexact=email).exists():
        raise errors.ACCOUNT_EMAIL(email=email)
    _check_password(password, Account(email=email, name=name))
    account = Account.objects.create_user(email, password, name=name.strip(), is_superuser=superuser)
    audit.record("account.added", target=account, by=by, superuser=superuser)
    return account


@transaction.atomic
def give_role(*, account: Account, role: Role, organization: Organization, by: Account | None) -> Membership:
    """Holding a role twice is holding it once. Sessions end, so that the new role counts at once."""
    held, is_new = Membership.objects.get_or_create(
        account=account, organization=organization, role=role.value
    )
    if is_new:
        _end_sessions(account)
        audit.record("role.given", target=account, by=by, role=role.value, organization=organization.code)
    return held


@transaction.atomic
def take_role(*, membership: Membership, by: Account) -> None:
    account, role, code = membership.account, membership.role, membership.organization.code
    _refuse_last_administrator(membership)
    membership.delete()
    _end_sessions(account)
    audit.record("role.taken", target=account, by=by, role=role, organization=code)


@transaction.atomic
def disable_account(*, account: Account, by: Account) -> None:
    """Ends the account's sessions and lets nobody sign in with it; what it did stays in the audit trail."""
    if account == by:
        raise errors.ACCOUNT_OWN()
    account.is_active = False
    account.save(update_fields=["is_active"])
    _end_sessions(account)
    audit.record("account.disabled", target=account, by=by)


@transaction.atomic
def enable_account(*, account: Account, by: Account) -> None:
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record("account.enabled", target=account, by=by)


@transaction.atomic
def renew_password(*, account: Account, password: str, by: Account) -> None:
    """For somebody who forgot theirs: handed over by the administrator, and every session ends."""
    _check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    _end_sessions(account)
    audit.record("account.password_renewed", target=account, by=by)


@transaction.atomic
def remove_second_step(*, account: Account, by: Account) -> None:
    """For somebody who lost the device: the password alone signs in again, until a new one is set up."""
    Authenticator.objects.filter(user=account).delete()
    _end_sessions(account)
    audit.record("account.second_step_removed", target=account, by=by)


def _end_sessions(account: Account) -> None:
    account.session_round += 1
    account.save(update_fields=["session_round"])


def _refuse_last_administrator(membership: Membership) -> None:
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, account__is_active=True).exclude(
        pk=membership.pk
    )
    if membership.role == Role.ADMINISTRATOR and not others.exists():
        raise errors.ADMINISTRATOR_LAST()


def _is_slug(code: str) -> bool:
    try:
        validate_slug(code)
    except ValidationError:
        return False
    return len(code) <= 60


def _is_email(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise errors.PASSWORD_WEAK(reason=" ".join(weak.messages)) from None
