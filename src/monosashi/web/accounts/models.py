"""Rows of people: organizations as a tree, accounts, and the role an account holds in an organization."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from monosashi.define.text import Text
from monosashi.web.accounts.roles import TITLES, Power, Role, may


class Organization(models.Model):
    """One node of the tree. `path` holds the codes from the top, each with a slash: ``city/water/``."""

    code = models.SlugField(max_length=60, unique=True)
    name_ja = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    kana = models.CharField(max_length=200, blank=True, default="", db_default="")
    local_code = models.CharField(
        max_length=6, blank=True, default="", db_default=""
    )  # of a local government, with its check digit
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=500, unique=True, editable=False)

    class Meta:
        ordering: ClassVar = ["path"]
        verbose_name = "組織"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["local_code"],
                condition=~models.Q(local_code=""),
                name="one_local_government_for_a_code",
            )
        ]

    def __str__(self) -> str:
        return self.name_ja

    @property
    def name(self) -> Text:
        return Text(ja=self.name_ja, en=self.name_en)

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1


class AccountManager(BaseUserManager["Account"]):
    """What Django's own commands (createsuperuser) and allauth ask for."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A login of one official. Roles are held in organizations; a superuser administers the installation."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    session_round = models.PositiveIntegerField(default=0, editable=False)  # +1 ends every session

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = AccountManager()

    class Meta:
        ordering: ClassVar = ["email"]
        verbose_name = "アカウント"
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_for_an_email")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    def roles(self, *, at: str | None = None) -> frozenset[Role]:
        """Roles held anywhere, or those that reach the organization of this code."""
        held = self.memberships.select_related("organization")
        if at is None:
            return frozenset(Role(one.role) for one in held)
        path = Organization.objects.filter(code=at).values_list("path", flat=True).first()
        if path is None:
            return frozenset()
        return frozenset(Role(one.role) for one in held if path.startswith(one.organization.path))

    def may(self, power: Power, *, at: str | None = None) -> bool:
        return may(self.roles(at=at), power)

    def get_session_auth_hash(self) -> str:
        """Changes with the password and whenever the sessions of the account have to end."""
        said = f"{self.password}|{self.session_round}|{self.is_active}"
        return salted_hmac("monosashi.session", said, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> list[str]:
        return []  # an earlier secret key opens nothing


class Membership(models.Model):
    """An account's role in an organization."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, TITLES[role].ja) for role in Role])

    class Meta:
        ordering: ClassVar = ["organization__path", "role"]
        verbose_name = "役割"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "organization", "role"], name="a_role_is_held_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="a_role_of_the_table"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.role} · {self.organization}"

    @property
    def title(self) -> Text:
        return TITLES[Role(self.role)]
