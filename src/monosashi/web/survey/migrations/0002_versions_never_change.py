"""The database itself refuses to change or remove a version of a questionnaire: answers point at it."""

from typing import Any

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER version_never_updated BEFORE UPDATE ON survey_questionnaireversion
       BEGIN SELECT RAISE(ABORT, 'versions of questionnaires never change'); END""",
    """CREATE TRIGGER version_never_deleted BEFORE DELETE ON survey_questionnaireversion
       BEGIN SELECT RAISE(ABORT, 'versions of questionnaires are never removed'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION version_refuses() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'versions of questionnaires never change'; END $$""",
    """CREATE TRIGGER version_never_changed BEFORE UPDATE OR DELETE ON survey_questionnaireversion
       FOR EACH ROW EXECUTE FUNCTION version_refuses()""",
)


def protect(apps: Any, schema_editor: Any) -> None:
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER version_never_changed ON survey_questionnaireversion")
        schema_editor.execute("DROP FUNCTION version_refuses()")
    else:
        schema_editor.execute("DROP TRIGGER version_never_updated")
        schema_editor.execute("DROP TRIGGER version_never_deleted")


class Migration(migrations.Migration):
    dependencies = [("survey", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
