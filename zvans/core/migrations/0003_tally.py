from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
        ),
    ]
