"""Nothing here is edited by hand; a superuser may look."""

from django.contrib import admin

from monosashi.web.accounts.admin import ReadOnly
from monosashi.web.keep.models import AuditEvent, Job


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("number", "at", "by", "action", "target_kind", "target_id")


@admin.register(Job)
class JobAdmin(ReadOnly):
    list_display = ("id", "kind", "state", "requested_by", "requested_at", "finished_at")
