import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A request may change the letter of an earlier one, one at a time."""

    dependencies = [
        ("enterprises", "0008_letters_keep_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="servicerequest",
            name="amends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="enterprises.servicerequest",
                verbose_name="changes the letter of",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["refused", "withdrawn", "lapsed"]), _negated=True),
                fields=("amends",),
                name="request_one_amendment",
            ),
        ),
    ]
