"""What pages ask about people and organizations."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from monosashi.web.accounts.models import Account, Membership, Organization
from monosashi.web.accounts.roles import TABLE, Power, Role


def shown_name(account: Account) -> str:
    return account.name or account.email


def reach(account: Account, power: Power) -> QuerySet[Organization]:
    """The organizations in which an account has a power: those of its memberships and all beneath."""
    roles = [role.value for role, powers in TABLE.items() if power in powers]
    tops = account.memberships.filter(role__in=roles).values_list("organization__path", flat=True)
    within = Q(pk__in=[])
    for path in set(tops):
        within |= Q(path__startswith=path)
    return Organization.objects.filter(within)


def memberships(account: Account) -> Sequence[Membership]:
    return list(account.memberships.select_related("organization"))


def people(by: Account) -> QuerySet[Account]:
    """Accounts with a role in an organization that `by` manages, and those that hold none yet."""
    managed = reach(by, Power.MANAGE_PEOPLE)
    held = Prefetch("memberships", Membership.objects.select_related("organization"))
    found = Account.objects.filter(Q(memberships__organization__in=managed) | Q(memberships=None))
    return found.distinct().prefetch_related(held)


def person(by: Account, id: int) -> Account:
    found = people(by).filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def has_second_step(account: Account) -> bool:
    found: bool = Authenticator.objects.filter(user=account).exists()
    return found


def membership(by: Account, id: int) -> Membership:
    """A membership in an organization that `by` manages; any other does not exist for them."""
    managed = reach(by, Power.MANAGE_PEOPLE)
    found = Membership.objects.select_related("account", "organization").filter(
        pk=id, organization__in=managed
    )
    one = found.first()
    if one is None:
        raise Http404
    return one


def organization(code: str) -> Organization:
    found = Organization.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def beneath(organization: Organization) -> Sequence[Organization]:
    return list(organization.children.all())


def members(organization: Organization) -> Sequence[Membership]:
    """Who holds a role here or above, the nearest last."""
    above = [organization.path[: end + 1] for end, sign in enumerate(organization.path) if sign == "/"]
    return list(
        Membership.objects.select_related("account", "organization").filter(
            organization__path__in=above, account__is_active=True
        )
    )


def administrators() -> int:
    return Membership.objects.filter(role=Role.ADMINISTRATOR, account__is_active=True).count()
