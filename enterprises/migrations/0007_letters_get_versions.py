from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from enterprises.invitations import first_words


def seed(apps: Any, schema_editor: Any) -> None:
    """The words of the letters made so far."""
    first_words.ensure(apps)


def pin(apps: Any, schema_editor: Any) -> None:
    """Every letter made so far carries these words, and was signed off by its request's second officer."""
    requests = apps.get_model("enterprises", "ServiceRequest").objects.filter(pk=OuterRef("request_id"))
    for template in apps.get_model("enterprises", "LetterTemplate").objects.filter(version=1):
        letters = apps.get_model("enterprises", "Letter").objects.filter(
            request__invitation__document_type=template.document_type
        )
        letters.update(wording=template, made_by=Subquery(requests.values("approved_by")[:1]))


class Migration(migrations.Migration):
    """Letters name the version of the words they were made with, and who signed them off."""

    dependencies = [
        ("enterprises", "0006_letter_templates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.AddField(
            model_name="letter",
            name="wording",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="enterprises.lettertemplate",
                verbose_name="letter template",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="signed off by",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="version of the letter"),
        ),
        migrations.AddField(
            model_name="letter",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="enterprises.letter",
                verbose_name="in place of",
            ),
        ),
        migrations.RunPython(pin, migrations.RunPython.noop),
    ]
