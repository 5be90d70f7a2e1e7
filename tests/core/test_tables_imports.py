"""A file is checked, shown, and imported as a whole or not at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import ImportState, PromiseState
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import AuditEntry, ImportJob, Promise, PublishedFigure, StoredFile
from shenyang_fao.core.tables import imports, progress, registry
from shenyang_fao.core.tables.findings import Fault
from tests.cast import officer
from tests.core.spreadsheets import HEADER, Figures, csv, xlsx

GOOD = (HEADER, ["one", "一", "One", "1"], ["two", "二", "Two", "2"])


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


@pytest.fixture
def table(monkeypatch) -> Figures:
    figures = Figures()
    monkeypatch.setitem(registry._tables, figures.key, figures)
    return figures


@pytest.fixture
def bring(table, editor):
    """Bring a file and have it checked."""

    def bring_rows(*rows) -> ImportJob:
        job = imports.begin(table, data=csv(*rows), name="figures.csv", by=editor)
        return kept(job, imports.CHECK)

    return bring_rows


def kept(job: ImportJob, kind: str) -> ImportJob:
    """Do the background work, as a worker does."""
    outbox.keep(Promise.objects.get(kind=kind, subject_id=job.pk).pk)
    job.refresh_from_db()
    return job


def imported(job: ImportJob, by) -> ImportJob:
    return kept(imports.confirm(job, by=by), imports.APPLY)


def counts(job: ImportJob) -> tuple[int, int, int, int]:
    return job.added, job.changed, job.unchanged, job.faulty


def values() -> dict[str, str]:
    return dict(PublishedFigure.objects.values_list("key", "value"))


def test_a_check_tells_what_would_happen_and_writes_nothing(bring):
    job = bring(*GOOD)

    assert (job.state, counts(job), values()) == (ImportState.CHECKED, (2, 0, 0, 0), {})


def test_an_import_writes_every_row(bring, editor):
    job = imported(bring(*GOOD), editor)

    assert (job.state, job.decided_by, values()) == (ImportState.DONE, editor, {"one": "1", "two": "2"})
    assert job.done_at


def test_a_second_import_of_the_same_file_changes_nothing(bring, editor):
    imported(bring(*GOOD), editor)
    entries = AuditEntry.objects.filter(table="core_publishedfigure").count()

    job = imported(bring(*GOOD), editor)

    assert counts(job) == (0, 0, 2, 0)
    assert AuditEntry.objects.filter(table="core_publishedfigure").count() == entries


def test_a_change_shows_what_stood_there_before(bring, editor):
    imported(bring(*GOOD), editor)

    job = bring(HEADER, ["one", "一", "One", "7"])

    row = imports.findings_of(job).shown[0]
    assert (counts(job), row.fate, row.changes) == ((0, 1, 0, 0), "changed", {"value": ["1", "7"]})


def test_an_import_is_signed_by_who_confirmed_it(bring):
    other = officer("other@example.com", Role.EDITOR)

    imported(bring(*GOOD), other)

    actors = AuditEntry.objects.filter(table="core_publishedfigure").values_list("actor_id", flat=True)
    assert list(actors) == [other.pk, other.pk]


def test_every_fault_is_named_by_row_and_column(bring):
    job = bring(HEADER, ["one", "一", "", "1001"], ["two", "二", "Two", "2"], ["three", "三", "broken", "3"])

    faults = [(fault.row, fault.column, fault.value) for fault in imports.findings_of(job).faults]
    assert faults == [(2, "label_en", ""), (2, "value", "1001"), (4, "label_en", "broken")]
    assert counts(job) == (1, 0, 0, 2)


def test_a_fault_is_kept_in_every_language(bring):
    job = bring(HEADER, ["one", "一", "One", "1001"])

    assert imports.findings_of(job).faults == [
        Fault(2, "value", "1001", {"zh-hans": "应介于 0 与 1000 之间。", "en": "This has to lie between 0 and 1000."})
    ]


def test_a_file_with_one_fault_is_not_imported(bring, editor):
    job = bring(*GOOD, ["three", "三", "broken", "3"])

    with pytest.raises(NotNow):
        imports.confirm(job, by=editor)

    assert values() == {}


def test_the_database_refuses_an_import_with_a_fault(bring, editor):
    job = bring(*GOOD, ["three", "三", "broken", "3"])
    job.state, job.decided_by = ImportState.IMPORTING, editor

    with pytest.raises(IntegrityError, match="import_without_faults_by_somebody"), transaction.atomic():
        job.save()


def test_an_import_that_would_do_something_else_by_now_does_nothing(bring, editor):
    job = imports.confirm(bring(*GOOD), by=editor)
    PublishedFigure.objects.create(key="one", label_zh_hans="一", label_en="One", value="9", source="elsewhere")

    kept(job, imports.APPLY)

    assert (job.state, values()) == (ImportState.OVERTAKEN, {"one": "9"})


def test_an_overtaken_file_is_checked_again_and_then_imported(bring, editor):
    job = imports.confirm(bring(*GOOD), by=editor)
    PublishedFigure.objects.create(key="one", label_zh_hans="一", label_en="One", value="9", source="elsewhere")
    kept(job, imports.APPLY)

    again = kept(imports.begin_again(job, by=editor), imports.CHECK)
    imported(again, editor)

    assert (counts(again), values()) == ((1, 1, 0, 0), {"one": "1", "two": "2"})


def test_an_import_that_breaks_in_the_middle_leaves_nothing(bring, editor, monkeypatch):
    job = imports.confirm(bring(*GOOD), by=editor)
    monkeypatch.setattr(PublishedFigure, "save", fail_at_the_second(PublishedFigure.save))

    for _attempt in range(outbox.ATTEMPTS):
        kept(job, imports.APPLY)

    promise = Promise.objects.get(kind=imports.APPLY, subject_id=job.pk)
    assert (values(), job.state, promise.state) == ({}, ImportState.IMPORTING, PromiseState.FAILED)


def fail_at_the_second(save):
    def sometimes(self, *args, **kwargs):
        if self.key == "two":
            raise ConnectionError("the database went away")
        save(self, *args, **kwargs)

    return sometimes


def test_a_doubled_message_imports_once(bring, editor):
    job = imported(bring(*GOOD), editor)
    PublishedFigure.objects.all().delete()

    imports.apply(job.pk)

    assert values() == {}


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (csv(["key"], ["x"]), "missing_columns")])
def test_what_is_no_such_table_is_refused_at_once(table, editor, data, code):
    with pytest.raises(ValidationError) as caught:
        imports.begin(table, data=data, name="x.csv", by=editor)

    assert [fault.code for fault in caught.value.error_list] == [code]
    assert (ImportJob.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_file_is_kept_as_it_came(bring):
    job = bring(*GOOD)

    assert job.file.content.open().read() == csv(*GOOD)


def test_what_people_wrote_stands_in_no_audit_entry(bring):
    bring(HEADER, ["one", "一", "One", "a very private value"])

    entries = "".join(str(entry.after) for entry in AuditEntry.objects.all())
    assert "private value" not in entries


def test_an_abandoned_file_is_deleted_with_its_findings(bring, editor):
    job = imports.abandon(bring(*GOOD), by=editor)

    assert (job.state, job.file, job.findings, StoredFile.objects.count()) == (ImportState.ABANDONED, None, None, 0)


def test_a_file_that_another_import_uses_is_kept(bring, editor):
    job = bring(*GOOD)
    again = imports.begin_again(job, by=editor)

    imports.abandon(job, by=editor)

    again.refresh_from_db()
    assert again.file is not None


def test_what_is_imported_cannot_be_abandoned(bring, editor):
    job = imported(bring(*GOOD), editor)

    with pytest.raises(NotNow):
        imports.abandon(job, by=editor)


@pytest.mark.parametrize("action", [imports.confirm, imports.abandon, imports.begin_again])
def test_others_decide_nothing(bring, action):
    job = bring(*GOOD)

    with pytest.raises(PermissionDenied):
        action(job, by=officer("reception@example.com", Role.RECEPTION))


def test_progress_is_told(bring, editor, monkeypatch):
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(progress, "tell", lambda what, done, total: told.append((done, total)))

    imported(bring(*GOOD), editor)

    assert told == [(3, 4), (4, 4)]


def test_work_goes_on_while_the_cache_is_away(settings, bring):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }

    progress.tell("import:1:checking", 1, 2)

    assert progress.of("import:1:checking") is None


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_rows_of_every_fate_are_kept_to_be_looked_at(bring, language):
    rows = [[f"key{number}", "一", "One", "1"] for number in range(120)]

    with override(language):
        job = bring(HEADER, *rows, ["bad", "一", "broken", "1"])

    fates = [row.fate for row in imports.findings_of(job).shown]
    assert (fates.count("new"), fates.count("faulty")) == (50, 1)


def test_a_workbook_and_a_csv_file_say_the_same(table, editor):
    job = kept(imports.begin(table, data=xlsx(*GOOD), name="figures.xlsx", by=editor), imports.CHECK)

    assert (job.form, counts(job)) == ("XLSX", (2, 0, 0, 0))
