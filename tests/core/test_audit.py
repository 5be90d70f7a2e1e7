import json

import pgtrigger
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from enterprises.models import BatchRow
from shenyang_fao.accounts.models import Notice, User
from shenyang_fao.core import audit
from shenyang_fao.core.models import AuditEntry, Counter, ExportRecord, PublishedFigure, ViewRecord
from tests.cast import person, picture

OURS = ("shenyang_fao.", "delegations", "enterprises", "sister_cities")
# Tables that are themselves a record; the counter, whose every step is seen in the numbers it gave; and rows of an uploaded
# list or notices of people, whose trail would keep for ever what is deleted when its time has come.
NOT_GOVERNED = {AuditEntry, ViewRecord, ExportRecord, Counter, BatchRow, Notice}
FIGURE = {
    "key": "countries", "label_zh_hans": "国家", "label_en": "countries", "value": "43", "as_of": "2022-10", "source": "seed",
}  # fmt: skip


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith(OURS) and model not in NOT_GOVERNED]


def entries(row) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(table=row._meta.db_table, row=str(row.pk)).order_by("pk"))


def last_entry(row) -> AuditEntry:
    return entries(row)[-1]


@pytest.fixture
def figure(db):
    return PublishedFigure.objects.create(**FIGURE)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_governed_model_carries_the_trigger(model):
    assert "audit" in {trigger.name for trigger in model._meta.triggers}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_governed_table_has_its_trigger_in_the_database(db, model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_audit_%%' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (1,)


def test_a_new_row_is_written_down_whole(figure):
    entry = last_entry(figure)

    assert (entry.operation, entry.before) == ("INSERT", None)
    assert entry.after["label_zh_hans"] == "国家"


def test_a_change_is_written_down_before_and_after(figure):
    figure.value = "44"
    figure.save()

    entry = last_entry(figure)
    assert (entry.operation, entry.before, entry.after) == ("UPDATE", {"value": "43"}, {"value": "44"})


@pytest.mark.parametrize("column", ["label_en", "label_zh_hans"])
def test_a_change_of_one_language_leaves_a_trace(figure, column):
    PublishedFigure.objects.filter(pk=figure.pk).update(**{column: "anders"})

    assert last_entry(figure).after[column] == "anders"


def test_a_deleted_row_is_written_down_whole(figure):
    pk = figure.pk
    figure.delete()

    entry = AuditEntry.objects.get(table="core_publishedfigure", row=str(pk), operation="DELETE")
    assert (entry.before["key"], entry.after) == ("countries", None)


def test_saving_without_a_change_leaves_no_entry(figure):
    figure.save()

    assert len(entries(figure)) == 1


@pytest.mark.parametrize("way", ["update", "bulk_update", "sql"])
def test_no_way_of_writing_escapes(figure, way):
    if way == "update":
        PublishedFigure.objects.update(value="45")
    elif way == "bulk_update":
        figure.value = "45"
        PublishedFigure.objects.bulk_update([figure], ["value"])
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE core_publishedfigure SET value = '45'")

    assert last_entry(figure).after == {"value": "45"}


@audit.action
def change_value(figure, value, *, by):
    PublishedFigure.objects.filter(pk=figure.pk).update(value=value)


def test_an_action_is_signed_by_its_actor(figure):
    editor = person("editor@example.com")

    change_value(figure, "45", by=editor)

    assert last_entry(figure).actor_id == editor.pk


def test_what_the_system_does_itself_has_no_actor(figure):
    change_value(figure, "45", by=person("editor@example.com"))
    change_value(figure, "46", by=None)

    assert last_entry(figure).actor_id is None


def test_a_signature_ends_with_its_transaction(transactional_db):
    figure = PublishedFigure.objects.create(**FIGURE)
    change_value(figure, "45", by=person("editor@example.com"))

    PublishedFigure.objects.filter(pk=figure.pk).update(value="46")

    assert last_entry(figure).actor_id is None


def test_an_action_inside_another_gives_the_pen_back(figure):
    outer, inner = person("outer@example.com"), person("inner@example.com")

    @audit.action
    def both(*, by):
        change_value(figure, "45", by=inner)
        PublishedFigure.objects.filter(pk=figure.pk).update(value="46")

    both(by=outer)

    assert [entry.actor_id for entry in entries(figure)[-2:]] == [inner.pk, outer.pk]


def test_an_action_that_fails_changes_nothing_and_leaves_no_entry(figure):
    @audit.action
    def fail(*, by):
        PublishedFigure.objects.filter(pk=figure.pk).update(value="45")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail(by=None)

    assert len(entries(figure)) == 1


def test_a_signature_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        audit.sign(None)


@pytest.mark.parametrize("change", ["UPDATE core_auditentry SET actor_id = NULL", "DELETE FROM core_auditentry"])
def test_the_trail_cannot_be_changed(figure, change):
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("change", ["UPDATE core_viewrecord SET at = now()", "DELETE FROM core_viewrecord"])
def test_the_record_of_viewing_cannot_be_changed(db, change):
    ViewRecord.objects.create(by=person("auditor@example.com"), file=picture(), at=timezone.now())

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_password_s_hash_stays_out_of_the_trail(db):
    somebody = person("somebody@example.com")
    somebody.set_password("another long password")
    somebody.save()

    trail = json.dumps([[entry.before, entry.after] for entry in entries(somebody)])
    assert somebody.password not in trail


def test_that_a_password_was_changed_stands_in_the_trail(db):
    somebody = person("somebody@example.com")
    somebody.set_password("another long password")
    somebody.save()

    assert "password" in last_entry(somebody).after


def test_every_declared_trigger_is_installed(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        installed = {name for (name,) in cursor.fetchall()}

    declared = {trigger.get_pgid(model) for model, trigger in pgtrigger.registered()}
    assert declared <= installed


def test_people_are_governed():
    assert User in our_models()
