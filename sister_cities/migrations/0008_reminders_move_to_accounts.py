from django.db import migrations

# What was told stays told.
KEEP = """
INSERT INTO accounts_reminder (officer_id, key, at) SELECT officer_id, key, at FROM sister_cities_reminder
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_reminders_of_every_app"),
        ("sister_cities", "0007_reminders"),
    ]

    operations = [
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Reminder"),
    ]
