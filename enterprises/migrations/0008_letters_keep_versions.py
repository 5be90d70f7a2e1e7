import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What letters name can no longer be missing or changed; a letter can take the place of another."""

    dependencies = [
        ("enterprises", "0007_letters_get_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="letter",
            name="frozen",
        ),
        migrations.AlterField(
            model_name="letter",
            name="wording",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="enterprises.lettertemplate",
                verbose_name="letter template",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="signed off by",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="superseded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="superseded at"),
        ),
        migrations.AddField(
            model_name="letter",
            name="superseded_by",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enterprises.letter",
                verbose_name="superseded by",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("preparing", "being prepared"),
                    ("issued", "issued"),
                    ("revoked", "revoked"),
                    ("superseded", "superseded"),
                ],
                default="preparing",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="template",
            field=models.CharField(max_length=40, verbose_name="layout"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "superseded"), ("superseded_at__isnull", False), ("superseded_by__isnull", False)
                    ),
                    models.Q(
                        models.Q(("state", "superseded"), _negated=True),
                        ("superseded_at__isnull", True),
                        ("superseded_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="letter_superseded_by_another",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."template" IS DISTINCT FROM (NEW."template") OR OLD."wording_id" IS DISTINCT FROM (NEW."wording_id") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."payload" IS DISTINCT FROM (NEW."payload") OR OLD."lapses_on" IS DISTINCT FROM (NEW."lapses_on") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2499199973e4f32402fe84685d12fa3adcb052f4",
                    operation="UPDATE",
                    pgid="pgtrigger_frozen_9e7ae",
                    table="enterprises_letter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="state_graph",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{preparing:issued,issued:revoked,issued:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="6078ca45375e11152a684aa13f1e02cbcb51afb8",
                    operation="UPDATE",
                    pgid="pgtrigger_state_graph_7486f",
                    table="enterprises_letter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="two_persons",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT 1 FROM enterprises_servicerequest AS r WHERE r.id = NEW.request_id AND r.reviewed_by_id = NEW.made_by_id) THEN RAISE EXCEPTION 'a letter is signed off by an officer who did not review the request'; END IF; RETURN NEW;",
                    hash="74f9c8266346d85e5ef2193cade9fc3922151c3c",
                    operation="INSERT",
                    pgid="pgtrigger_two_persons_5ec2b",
                    table="enterprises_letter",
                    when="BEFORE",
                ),
            ),
        ),
    ]
