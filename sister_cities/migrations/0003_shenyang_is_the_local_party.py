"""The ties so far are those of the city itself. A migration of its own: rows and tables do not change in one transaction."""

from typing import Any

from django.db import migrations


def name_the_party(apps: Any, schema_editor: Any) -> None:
    ties = apps.get_model("sister_cities", "Tie").objects.filter(local=None)
    if ties.exists():
        words = {"kind": "city", "name": "沈阳市", "name_zh_hans": "沈阳市", "name_en": "Shenyang"}
        city, _is_new = apps.get_model("core", "Unit").objects.get_or_create(slug="shenyang", defaults=words)
        ties.update(local=city)


class Migration(migrations.Migration):
    dependencies = [("sister_cities", "0002_partners_and_their_local_party")]
    operations = [migrations.RunPython(name_the_party, migrations.RunPython.noop)]
