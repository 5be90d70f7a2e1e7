"""A city becomes a partner (a district or a zone may be one too), and a tie names its party in Shenyang and its status."""

import django.db.models.deletion
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_units"), ("sister_cities", "0001_cities_and_ties")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="city", name="audit"),
        migrations.RemoveConstraint(model_name="city", name="city_in_both_languages"),
        migrations.RemoveConstraint(model_name="city", name="city_on_the_globe"),
        migrations.RemoveConstraint(model_name="tie", name="tie_once_per_level"),
        migrations.RemoveConstraint(model_name="tie", name="tie_has_a_source"),
        migrations.RenameModel(old_name="City", new_name="Partner"),
        migrations.RenameField(model_name="tie", old_name="city", new_name="partner"),
        migrations.AddField(
            model_name="tie",
            name="local",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="core.unit"
            ),
        ),
        # Every tie of the register so far has been signed.
        migrations.AddField(model_name="tie", name="status", field=models.CharField(default="signed", max_length=20)),
    ]
