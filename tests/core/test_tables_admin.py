"""The pages of imports and exports in the back office."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import ImportState, PromiseState
from shenyang_fao.core.models import ExportRecord, ImportJob, Promise, ViewRecord
from shenyang_fao.core.tables import imports, progress, registry
from tests.cast import officer
from tests.core.spreadsheets import HEADER, Figures, csv

GOOD = (HEADER, ["one", "一", "One", "1"], ["two", "二", "Two", "2"])
BAD = (*GOOD, ["three", "三", "broken", "3"])
LANGUAGES = ["zh-hans", "en"]


@pytest.fixture(autouse=True)
def table(monkeypatch) -> Figures:
    figures = Figures()
    monkeypatch.setitem(registry._tables, figures.key, figures)
    return figures


@pytest.fixture
def editor(client, db):
    person = officer("editor@example.com", Role.EDITOR, language="en")
    client.force_login(person)
    return person


@pytest.fixture
def upload(client, editor):
    def send(data: bytes, name: str = "figures.csv"):
        url = reverse("admin:core_importjob_new", args=["core.publishedfigure"])
        return client.post(url, {"file": SimpleUploadedFile(name, data)})

    return send


@pytest.fixture
def job(upload) -> ImportJob:
    upload(csv(*GOOD))
    return work(ImportJob.objects.get(), imports.CHECK)


@pytest.fixture
def bad_job(upload) -> ImportJob:
    upload(csv(*BAD))
    return work(ImportJob.objects.get(), imports.CHECK)


def work(job: ImportJob, kind: str) -> ImportJob:
    outbox.keep(Promise.objects.get(kind=kind, subject_id=job.pk).pk)
    job.refresh_from_db()
    return job


def page(client, job: ImportJob) -> str:
    return opened(client, job).content.decode()


def opened(client, job: ImportJob):
    return client.get(reverse("admin:core_importjob_change", args=[job.pk]))


def press(client, job: ImportJob, door: str):
    return client.post(reverse(f"admin:core_importjob_{door}", args=[job.pk]))


def test_a_file_is_uploaded_checked_and_imported(client, upload):
    response = upload(csv(*GOOD))
    job = work(ImportJob.objects.get(), imports.CHECK)
    press(client, job, "confirm")
    work(job, imports.APPLY)

    assert response.url == reverse("admin:core_importjob_change", args=[job.pk])
    assert (job.state, job.added) == (ImportState.DONE, 2)
    assert "Imported by Editor" in page(client, job)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This file is neither."),
        (csv(["key", "colour"], ["x", "y"]), "The file has columns that this table does not know: colour."),
    ],
)
def test_what_is_no_table_is_refused_on_the_form(upload, data, words):
    response = upload(data, "figures.xlsx")

    assert (response.status_code, ImportJob.objects.count()) == (200, 0)
    assert words in response.content.decode()


def test_a_form_without_a_file_says_so(client, editor):
    response = client.post(reverse("admin:core_importjob_new", args=["core.publishedfigure"]))

    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_faults_are_told_in_the_readers_language(client, bad_job, editor, language):
    editor.language = language
    editor.save()

    shown = page(client, bad_job)

    assert {"en": "1 row has a fault.", "zh-hans": "1 行有误"}[language] in shown
    assert reverse("admin:core_importjob_confirm", args=[bad_job.pk]) not in shown


def test_a_file_with_faults_is_not_imported_by_hand_either(client, bad_job):
    press(client, bad_job, "confirm")

    bad_job.refresh_from_db()
    assert bad_job.state == ImportState.CHECKED


def test_all_faults_are_downloaded(client, bad_job):
    response = client.get(reverse("admin:core_importjob_faults", args=[bad_job.pk]))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows == [["Row", "Column", "Cell", "What is wrong"], [4.0, "Label (English)", "broken", "broken it is"]]


def test_a_change_shows_both_values(client, job, upload):
    press(client, job, "confirm")
    work(job, imports.APPLY)
    upload(csv(HEADER, ["one", "一", "One", "7"]))
    newest = work(ImportJob.objects.first(), imports.CHECK)

    assert "<del>1</del> <ins>7</ins>" in page(client, newest)


def test_rows_of_one_kind_are_shown(client, bad_job):
    response = client.get(reverse("admin:core_importjob_change", args=[bad_job.pk]), {"fate": "faulty"})

    assert [row["number"] for row in response.context["rows"]] == [4]


def test_cells_are_escaped(client, upload):
    upload(csv(HEADER, ["<b>x</b>", "一", "One", "<script>1"]))

    shown = page(client, work(ImportJob.objects.get(), imports.CHECK))

    assert ("<b>x</b>" in shown, "<script>1" in shown) == (False, False)


def test_progress_is_shown_while_the_work_goes_on(client, upload):
    upload(csv(*GOOD))
    job = ImportJob.objects.get()
    progress.tell(f"import:{job.pk}:checking", 1, 4)

    response = opened(client, job)

    assert 'max="4" value="1"' in response.content.decode()
    assert response["Refresh"] == "2"


def test_a_page_that_waits_for_nothing_does_not_refresh(client, job):
    assert "Refresh" not in opened(client, job)


def test_failed_work_is_shown_with_its_error(client, upload):
    upload(csv(*GOOD))
    Promise.objects.update(state=PromiseState.FAILED, error="ConnectionError: gone")

    response = opened(client, ImportJob.objects.get())

    assert "This work failed three times; nothing was imported." in response.content.decode()
    assert "Refresh" not in response


def test_a_file_is_deleted_by_a_button(client, job):
    press(client, job, "abandon")

    job.refresh_from_db()
    assert (job.state, job.file) == (ImportState.ABANDONED, None)
    assert "The file is deleted" in page(client, job)


def test_a_file_is_checked_again_by_a_button(client, job):
    response = press(client, job, "again")

    newest = ImportJob.objects.first()
    assert (newest.file, response.url) == (job.file, reverse("admin:core_importjob_change", args=[newest.pk]))


def test_opening_the_file_is_recorded(client, job, editor):
    response = client.get(reverse("admin:core_importjob_file", args=[job.pk]))

    assert b"".join(response.streaming_content) == csv(*GOOD)
    assert (ViewRecord.objects.get().by, response["Content-Disposition"][:10]) == (editor, "attachment")


def test_a_template_is_downloaded(client, editor):
    response = client.get(reverse("admin:core_importjob_template", args=["core.publishedfigure"]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    assert book.get_sheet_by_index(0).to_python()[0][0] == "Key"


def test_the_list_of_imports_names_file_and_counts(client, job):
    shown = client.get(reverse("admin:core_importjob_changelist")).content.decode()

    assert "figures.csv" in shown


@pytest.mark.parametrize("door", ["confirm", "abandon", "again"])
def test_buttons_take_no_get(client, job, door):
    assert client.get(reverse(f"admin:core_importjob_{door}", args=[job.pk])).status_code == 405


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_see_no_import(client, job, role):
    client.force_login(officer("other@example.com", role))

    answers = [
        client.get(reverse("admin:core_importjob_new", args=[job.kind])).status_code,
        client.get(reverse("admin:core_importjob_template", args=[job.kind])).status_code,
        client.get(reverse("admin:core_importjob_change", args=[job.pk])).status_code,
        client.get(reverse("admin:core_importjob_file", args=[job.pk])).status_code,
        client.get(reverse("admin:core_importjob_faults", args=[job.pk])).status_code,
        press(client, job, "confirm").status_code,
    ]
    assert answers == [403] * 6


def test_an_unknown_table_is_not_found(client, editor):
    assert client.get(reverse("admin:core_importjob_new", args=["core.nothing"])).status_code == 404


def test_a_record_of_exporting_is_never_changed(editor):
    record = ExportRecord.objects.create(by=editor, kind="core.publishedfigure", form="xlsx", rows=3)

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        record.delete()


def test_the_auditor_reads_who_exported_what(client, editor):
    ExportRecord.objects.create(by=editor, kind="core.publishedfigure", form="csv", rows=3, filters="q=x")
    client.force_login(officer("auditor@example.com", Role.AUDITOR))

    shown = client.get(reverse("admin:core_exportrecord_changelist")).content.decode()

    assert "q=x" in shown
