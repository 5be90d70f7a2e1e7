"""The list of ties is taken away as it is filtered, and leads to the import."""

import pytest
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import ExportRecord
from shenyang_fao.core.tables.reading import read
from tests.cast import officer
from tests.sister_cities.factories import make_partner, make_tie

LIST = "admin:sister_cities_tie_changelist"


@pytest.fixture
def editor(client, db):
    person = officer("editor@example.com", Role.EDITOR, language="en")
    client.force_login(person)
    make_tie(partner=make_partner(name_en="Sapporo"), level="sister")
    make_tie(partner=make_partner(name_en="Turin"), level="friendly_cooperation")
    return person


def export(client, form: str, **filters: str):
    return client.get(reverse("admin:sister_cities_tie_export", args=[form]), filters)


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(("form", "read_as"), [("xlsx", "XLSX"), ("csv", "CSV · UTF-8"), ("csv-gbk", "CSV · GB 18030")])
def test_ties_are_exported(client, editor, form, read_as):
    sheet = read(body(export(client, form)))

    assert (sheet.form, len(sheet.lines), sheet.header[:2]) == (read_as, 2, ["Party in Shenyang", "Kind of partner"])


def test_an_export_follows_the_filters_of_the_list(client, editor):
    found = read(body(export(client, "csv", level__exact="sister", q="apporo")))

    assert [line.cells[3] for line in found.lines] == ["Sapporo"]


def test_an_export_is_recorded(client, editor):
    export(client, "xlsx", level__exact="sister")

    record = ExportRecord.objects.get()
    assert (record.by, record.kind, record.form, record.filters, record.rows) == (
        editor, "sister_cities.tie", "xlsx", "level__exact=sister", 1,
    )  # fmt: skip


def test_an_odd_filter_leads_back_to_the_list(client, editor):
    assert export(client, "csv", is_public__exact="perhaps").url == reverse(LIST)


def test_an_unknown_form_is_not_found(client, editor):
    assert export(client, "pdf").status_code == 404


def test_others_export_nothing(client, editor):
    client.force_login(officer("reception@example.com", Role.RECEPTION))

    assert (export(client, "csv").status_code, ExportRecord.objects.count()) == (403, 0)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_leads_to_import_and_export(client, editor, language):
    editor.language = language
    editor.save()

    shown = client.get(reverse(LIST), {"level__exact": "sister"}).content.decode()

    assert reverse("admin:core_importjob_new", args=["sister_cities.tie"]) in shown
    assert reverse("admin:sister_cities_tie_export", args=["csv-gbk"]) + "?level__exact=sister" in shown
