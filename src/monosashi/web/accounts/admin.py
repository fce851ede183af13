"""Django's admin: a last resort for superusers, reading only. Changes go through operations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from monosashi.web.accounts.models import Account, Membership, Organization


class ReadOnly(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(ReadOnly):
    list_display = ("code", "name_ja", "name_en", "path")


@admin.register(Account)
class AccountAdmin(ReadOnly):
    list_display = ("email", "name", "is_active", "is_superuser")
    exclude = ("password", "session_round")


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("account", "role", "organization")
