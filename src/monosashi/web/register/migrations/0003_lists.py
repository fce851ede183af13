"""What the lists are narrowed down by is looked up in an index: each page names all phases and life events.

Life events are a text without a limit, which an index of PostgreSQL cannot hold.
"""

from typing import Any

from django.db import migrations, models

_CREATE = "CREATE INDEX procedure_life_events ON register_procedure (life_events)"


def look_up_life_events(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_CREATE)


def forget(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX procedure_life_events")


class Migration(migrations.Migration):
    dependencies = [("register", "0002_search")]
    operations = [
        migrations.AddIndex(
            model_name="procedure", index=models.Index(fields=["phase"], name="procedure_phase")
        ),
        migrations.RunPython(look_up_life_events, forget),
    ]
