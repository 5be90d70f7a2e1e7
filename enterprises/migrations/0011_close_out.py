from datetime import timedelta
from typing import Any

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

DAYS = 30


def give_due_dates(apps: Any, schema_editor: Any) -> None:
    """What was issued before there were close-outs: the whole term from today at least, so that nobody is barred overnight."""
    today = timezone.localdate()
    cases = apps.get_model("enterprises", "ServiceRequest").objects.filter(state="issued")
    for key, departure in cases.values_list("pk", "invitation__departure_on"):
        due_on = max(departure or today, today) + timedelta(days=DAYS)
        cases.filter(pk=key).update(close_out_due_on=due_on)


class Migration(migrations.Migration):
    """Companies report what became of an issued request; the bar on those that do not, and its lifting."""

    dependencies = [
        ("enterprises", "0010_lists_of_invitees_in_repair"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BarLift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("until", models.DateField(verbose_name="until")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="lifted at")),
            ],
            options={
                "verbose_name": "lifted bar",
                "verbose_name_plural": "lifted bars",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CloseOut",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="close_out",
                        serialize=False,
                        to="enterprises.servicerequest",
                        verbose_name="request",
                    ),
                ),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="wholly cancelled")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="remark")),
                ("reported_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported at")),
            ],
            options={
                "verbose_name": "close-out",
                "verbose_name_plural": "close-outs",
            },
        ),
        migrations.CreateModel(
            name="VisitResult",
            fields=[
                (
                    "invitee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="result",
                        serialize=False,
                        to="enterprises.invitee",
                        verbose_name="invitee",
                    ),
                ),
                ("came", models.BooleanField(verbose_name="came")),
                ("entered_on", models.DateField(blank=True, null=True, verbose_name="entered China on")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left China on")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why the guest did not come")),
            ],
            options={
                "verbose_name": "result of a visit",
                "verbose_name_plural": "results of visits",
            },
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="close_out_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="close-out due on"),
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="close_out_last_reminded_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="reminded of the last day of the close-out at"
            ),
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="close_out_reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded of the close-out at"),
        ),
        migrations.AddIndex(
            model_name="servicerequest",
            index=models.Index(
                condition=models.Q(("state", "issued")), fields=["close_out_due_on"], name="request_close_out_awaited"
            ),
        ),
        migrations.AddField(
            model_name="barlift",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="lifted by",
            ),
        ),
        migrations.AddField(
            model_name="barlift",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bar_lifts",
                to="enterprises.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="closeout",
            name="reported_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reported by",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("came", True),
                        ("entered_on__isnull", False),
                        ("left_on__gte", models.F("entered_on")),
                        ("left_on__isnull", False),
                        ("why", ""),
                    ),
                    models.Q(("came", False), ("entered_on__isnull", True), ("left_on__isnull", True)),
                    _connector="OR",
                ),
                name="visit_result_has_its_days",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitresult",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
                    hash="5ce95a49cfa0f8be3b2cc310d4445109c31ffe8a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_19bae",
                    table="enterprises_visitresult",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitresult",
            trigger=pgtrigger.compiler.Trigger(
                name="kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d4b10b7d2d3b12dd5392a1c9178c90fc636f7b96",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_kept_0775d",
                    table="enterprises_visitresult",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="barlift",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="bar_lift_says_why"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barlift",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
                    hash="46e5505e72d1073ff2b4989ae49d75e3e4fd1ef7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_d4ce8",
                    table="enterprises_barlift",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="barlift",
            trigger=pgtrigger.compiler.Trigger(
                name="kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1bd238be17ef05f24994c9263a7b77d9dc330db4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_kept_9a728",
                    table="enterprises_barlift",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closeout",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
                    hash="f6fb786a56721a0b925a5d9b6155db2da81812f6",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_4022f",
                    table="enterprises_closeout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closeout",
            trigger=pgtrigger.compiler.Trigger(
                name="kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9af3b7faecaa15c3b81061d600afa734356833fc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_kept_b153b",
                    table="enterprises_closeout",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(give_due_dates, migrations.RunPython.noop),
    ]
