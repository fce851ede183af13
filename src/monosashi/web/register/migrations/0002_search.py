"""Search over the procedures: an index of trigrams that the database itself keeps in step with the rows.

SQLite: FTS5 over `search_text`, without a copy of it and without places within a text: it says which rows
hold all trigrams of a word, and LIKE looks at those. A later migration that makes the table of procedures
anew (any AlterField does, on SQLite) loses the triggers and has to run `keep_in_step` again.
PostgreSQL: pg_trgm where it is there and may be used; without it the same questions read the whole column.
"""

from typing import Any

from django.db import ProgrammingError, migrations, transaction

SQLITE = (
    """CREATE VIRTUAL TABLE register_procedure_search USING fts5(
       search_text, content='register_procedure', content_rowid='id', tokenize='trigram',
       detail=none, columnsize=0)""",
    """CREATE TRIGGER register_procedure_added AFTER INSERT ON register_procedure BEGIN
       INSERT INTO register_procedure_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER register_procedure_removed AFTER DELETE ON register_procedure BEGIN
       INSERT INTO register_procedure_search(register_procedure_search, rowid, search_text)
       VALUES ('delete', old.id, old.search_text); END""",
    """CREATE TRIGGER register_procedure_changed AFTER UPDATE OF search_text ON register_procedure
       WHEN old.search_text IS NOT new.search_text BEGIN
       INSERT INTO register_procedure_search(register_procedure_search, rowid, search_text)
       VALUES ('delete', old.id, old.search_text);
       INSERT INTO register_procedure_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    "INSERT INTO register_procedure_search(register_procedure_search) VALUES ('rebuild')",
)
POSTGRESQL = """CREATE INDEX register_procedure_search ON register_procedure
                USING gin (search_text gin_trgm_ops)"""


def keep_in_step(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)
    elif _has_trigrams(schema_editor.connection):
        schema_editor.execute(POSTGRESQL)


def _has_trigrams(connection: Any) -> bool:
    """An owner of the database may create this extension, but somebody may have taken that right away."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
            if cursor.fetchone() is None:
                return False
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except ProgrammingError:
        return False
    return True


def forget(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER register_procedure_{name}")
        schema_editor.execute("DROP TABLE register_procedure_search")
    else:
        schema_editor.execute("DROP INDEX IF EXISTS register_procedure_search")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(keep_in_step, forget)]
