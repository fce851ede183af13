"""The database itself refuses to change or remove an audit event."""

from typing import Any

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER audit_never_updated BEFORE UPDATE ON keep_auditevent
       BEGIN SELECT RAISE(ABORT, 'audit events never change'); END""",
    """CREATE TRIGGER audit_never_deleted BEFORE DELETE ON keep_auditevent
       BEGIN SELECT RAISE(ABORT, 'audit events are never removed'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'audit events never change'; END $$""",
    """CREATE TRIGGER audit_never_changed BEFORE UPDATE OR DELETE ON keep_auditevent
       FOR EACH ROW EXECUTE FUNCTION audit_refuses()""",
    """CREATE TRIGGER audit_never_truncated BEFORE TRUNCATE ON keep_auditevent
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()""",
)


def protect(apps: Any, schema_editor: Any) -> None:
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_never_changed ON keep_auditevent")
        schema_editor.execute("DROP TRIGGER audit_never_truncated ON keep_auditevent")
        schema_editor.execute("DROP FUNCTION audit_refuses()")
    else:
        schema_editor.execute("DROP TRIGGER audit_never_updated")
        schema_editor.execute("DROP TRIGGER audit_never_deleted")


class Migration(migrations.Migration):
    dependencies = [("keep", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
