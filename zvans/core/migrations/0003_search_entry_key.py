import django.db.models.deletion
from django.db import migrations, models


def _drop_sqlite_index(apps, schema_editor):
    """SQLite's index is laid and filled anew after the migration (``core.database``): sooner than changed row by row."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for thing in ("TRIGGER {}_insert", "TRIGGER {}_delete", "TRIGGER {}_update", "TABLE {}"):
        kind, name = thing.format("core_search").split()
        schema_editor.execute(f"DROP {kind} IF EXISTS {name}")


class Migration(migrations.Migration):
    """The key of a search entry says its kind and subject (``core.candidates.number``); words end with a space."""

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_initial"),
    ]

    operations = [
        migrations.RunPython(_drop_sqlite_index, migrations.RunPython.noop),
        migrations.RunSQL(
            "UPDATE core_searchentry SET id = subject_type_id * 1099511627776 + subject_id, words = words || ' ', "
            "private = CASE WHEN private = '' THEN '' ELSE private || ' ' END",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint(model_name="searchentry", name="core_search_entry_once"),
        migrations.AlterField(
            model_name="searchentry",
            name="subject_type",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
    ]
