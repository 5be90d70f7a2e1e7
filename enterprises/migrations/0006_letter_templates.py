import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The words of the letters: versions that one officer writes and another puts in force."""

    dependencies = [
        ("enterprises", "0005_corrections_with_deadlines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document_type",
                    models.CharField(
                        choices=[
                            ("authorised", "Invitation letter of a duly authorised unit"),
                            ("verification", "Invitation verification sheet"),
                        ],
                        max_length=20,
                        verbose_name="document",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("released", "released"), ("retired", "retired")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("table", "one letter with a table of the invitees"),
                            ("each", "a page for each invitee"),
                        ],
                        default="table",
                        max_length=10,
                        verbose_name="layout",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title of the letter")),
                ("title_zh_hans", models.CharField(max_length=120, null=True, verbose_name="title of the letter")),
                ("title_en", models.CharField(max_length=120, null=True, verbose_name="title of the letter")),
                ("opening", models.TextField(max_length=1200, verbose_name="opening")),
                ("opening_zh_hans", models.TextField(max_length=1200, null=True, verbose_name="opening")),
                ("opening_en", models.TextField(max_length=1200, null=True, verbose_name="opening")),
                ("undertaking", models.TextField(max_length=1200, verbose_name="undertaking and validity")),
                (
                    "undertaking_zh_hans",
                    models.TextField(max_length=1200, null=True, verbose_name="undertaking and validity"),
                ),
                (
                    "undertaking_en",
                    models.TextField(max_length=1200, null=True, verbose_name="undertaking and validity"),
                ),
                ("note", models.TextField(blank=True, max_length=800, verbose_name="further note")),
                ("note_zh_hans", models.TextField(blank=True, max_length=800, null=True, verbose_name="further note")),
                ("note_en", models.TextField(blank=True, max_length=800, null=True, verbose_name="further note")),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="released at")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
            ],
            options={
                "verbose_name": "letter template",
                "verbose_name_plural": "letter templates",
                "ordering": ["document_type", "-version"],
                "permissions": [("release_lettertemplate", "Can put letter templates in force")],
            },
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="released_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="released by",
            ),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="retired_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retired by",
            ),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.UniqueConstraint(
                fields=("document_type", "version"), name="letter_template_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "released")),
                fields=("document_type", "in_force_from"),
                name="letter_template_one_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("title_zh_hans__isnull", False),
                    models.Q(("title_zh_hans", ""), _negated=True),
                    ("title_en__isnull", False),
                    models.Q(("title_en", ""), _negated=True),
                    ("opening_zh_hans__isnull", False),
                    models.Q(("opening_zh_hans", ""), _negated=True),
                    ("opening_en__isnull", False),
                    models.Q(("opening_en", ""), _negated=True),
                    ("undertaking_zh_hans__isnull", False),
                    models.Q(("undertaking_zh_hans", ""), _negated=True),
                    ("undertaking_en__isnull", False),
                    models.Q(("undertaking_en", ""), _negated=True),
                ),
                name="letter_template_in_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_force_from__isnull", True), ("released_by__isnull", True), ("state", "draft")),
                    models.Q(("in_force_from__isnull", False), ("version", 1)),
                    models.Q(
                        ("in_force_from__isnull", False),
                        ("released_by__isnull", False),
                        ("written_by__isnull", False),
                        models.Q(("released_by", models.F("written_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_template_two_persons",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
                    hash="002e3cafeda8b3370cb93f9040bee406bededc3c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_2d874",
                    table="enterprises_lettertemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="state_graph",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:released,released:retired}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="2a57e3ea452ca4e869912284d275ed25981ed549",
                    operation="UPDATE",
                    pgid="pgtrigger_state_graph_06d28",
                    table="enterprises_lettertemplate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state <> 'draft' AND (OLD.document_type IS DISTINCT FROM NEW.document_type OR OLD.version IS DISTINCT FROM NEW.version OR OLD.layout IS DISTINCT FROM NEW.layout OR OLD.written_by_id IS DISTINCT FROM NEW.written_by_id OR OLD.written_at IS DISTINCT FROM NEW.written_at OR OLD.in_force_from IS DISTINCT FROM NEW.in_force_from OR OLD.title_zh_hans IS DISTINCT FROM NEW.title_zh_hans OR OLD.title_en IS DISTINCT FROM NEW.title_en OR OLD.opening_zh_hans IS DISTINCT FROM NEW.opening_zh_hans OR OLD.opening_en IS DISTINCT FROM NEW.opening_en OR OLD.undertaking_zh_hans IS DISTINCT FROM NEW.undertaking_zh_hans OR OLD.undertaking_en IS DISTINCT FROM NEW.undertaking_en OR OLD.note_zh_hans IS DISTINCT FROM NEW.note_zh_hans OR OLD.note_en IS DISTINCT FROM NEW.note_en))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="5ac8591b92d390b670f5b39575efc4cf42cea54c",
                    operation="UPDATE",
                    pgid="pgtrigger_frozen_3a200",
                    table="enterprises_lettertemplate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"state\" = 'draft'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="2a1e66ca306847d564e00067448a54d7b08ba0d9",
                    operation="DELETE",
                    pgid="pgtrigger_kept_4ba74",
                    table="enterprises_lettertemplate",
                    when="BEFORE",
                ),
            ),
        ),
    ]
