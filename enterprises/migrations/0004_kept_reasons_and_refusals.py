import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reasons that officers choose, and refusals with a remedy."""

    dependencies = [
        ("enterprises", "0003_lanes_of_the_clock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="short name")),
                (
                    "use",
                    models.CharField(
                        choices=[("correction", "return for correction"), ("refusal", "refuse")],
                        max_length=10,
                        verbose_name="used for",
                    ),
                ),
                ("text", models.TextField(max_length=500, verbose_name="reason given")),
                ("text_zh_hans", models.TextField(max_length=500, null=True, verbose_name="reason given")),
                ("text_en", models.TextField(max_length=500, null=True, verbose_name="reason given")),
                (
                    "remedy",
                    models.TextField(
                        blank=True,
                        help_text="For refusals: it is shown below the reason.",
                        max_length=500,
                        verbose_name="what the company can do",
                    ),
                ),
                (
                    "remedy_zh_hans",
                    models.TextField(
                        blank=True,
                        help_text="For refusals: it is shown below the reason.",
                        max_length=500,
                        null=True,
                        verbose_name="what the company can do",
                    ),
                ),
                (
                    "remedy_en",
                    models.TextField(
                        blank=True,
                        help_text="For refusals: it is shown below the reason.",
                        max_length=500,
                        null=True,
                        verbose_name="what the company can do",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered to officers")),
            ],
            options={
                "verbose_name": "kept reason",
                "verbose_name_plural": "kept reasons",
                "ordering": ["use", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RefusalNote",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="refusal",
                        serialize=False,
                        to="enterprises.servicerequest",
                        verbose_name="request",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason given")),
                ("remedy", models.TextField(blank=True, max_length=2000, verbose_name="what the company can do")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="time")),
            ],
            options={
                "verbose_name": "refusal",
                "verbose_name_plural": "refusals",
            },
        ),
        migrations.AddConstraint(
            model_name="keptreason",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("text_zh_hans__isnull", False),
                    models.Q(("text_zh_hans", ""), _negated=True),
                    ("text_en__isnull", False),
                    models.Q(("text_en", ""), _negated=True),
                ),
                name="kept_reason_in_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["correction", "refusal"])), name="kept_reason_use_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keptreason",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
                    hash="2eaf62a2964e2bf311f0ef619b86e7d219fe5148",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_d58a1",
                    table="enterprises_keptreason",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="refusalnote",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="refusalnote",
            name="kept",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refusals",
                to="enterprises.keptreason",
                verbose_name="kept reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusalnote",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), ("kept__isnull", False), _connector="OR"),
                name="refusal_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusalnote",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("remedy", ""), _negated=True), ("kept__isnull", False), _connector="OR"),
                name="refusal_says_what_now",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refusalnote",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
                    hash="70cd3a056b2630a93459970ffa2fc09930e78d0e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_7a2bc",
                    table="enterprises_refusalnote",
                    when="AFTER",
                ),
            ),
        ),
    ]
