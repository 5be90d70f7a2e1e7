from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from shenyang_fao.core.workdays import add_working_days

WORKING_DAYS = 10


def give_deadlines(apps: Any, schema_editor: Any) -> None:
    """What was asked before there were deadlines: those still waiting get the whole term from today."""
    today = timezone.localdate()
    for correction in apps.get_model("enterprises", "Correction").objects.filter(deadline_on=None):
        start = timezone.localdate(correction.asked_at) if correction.answered_at else today
        correction.deadline_on = add_working_days(start, WORKING_DAYS)
        correction.save(update_fields=["deadline_on"])


class Migration(migrations.Migration):
    """Corrections get a deadline, reminders, and items that aim at an answer or a paper."""

    dependencies = [
        ("enterprises", "0004_kept_reasons_and_refusals"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="deadline_on",
            field=models.DateField(null=True, verbose_name="to be corrected by"),
        ),
        migrations.AddField(
            model_name="correction",
            name="half_reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded half-way at"),
        ),
        migrations.AddField(
            model_name="correction",
            name="last_reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded of the last day at"),
        ),
        migrations.AddField(
            model_name="correctionitem",
            name="before",
            field=models.CharField(blank=True, max_length=64, verbose_name="digest of what stood there"),
        ),
        migrations.AddField(
            model_name="correctionitem",
            name="field",
            field=models.CharField(blank=True, max_length=60, verbose_name="answer or paper"),
        ),
        migrations.AlterField(
            model_name="correctionitem",
            name="reason",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what to correct"),
        ),
        migrations.AddField(
            model_name="correctionitem",
            name="kept",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="enterprises.keptreason",
                verbose_name="kept reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), ("kept__isnull", False), _connector="OR"),
                name="correction_item_says_why",
            ),
        ),
        migrations.RunPython(give_deadlines, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="correction",
            name="deadline_on",
            field=models.DateField(verbose_name="to be corrected by"),
        ),
    ]
