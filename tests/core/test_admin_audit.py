"""The audit trail in words."""

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import audit
from shenyang_fao.core.models import AuditEntry, PublishedFigure
from tests.cast import officer, person

LIST = reverse("admin:core_auditentry_changelist")


def change_a_figure(by):
    with transaction.atomic():
        audit.sign(by)
        figure = PublishedFigure.objects.create(
            key="k", label_zh_hans="数", label_en="Figure", value="1", as_of="2022-10", source="x"
        )
        figure.value = "2"
        figure.save()
    return figure


def test_the_trail_names_actor_table_and_change(client, db):
    change_a_figure(officer("editor@example.com", Role.EDITOR, name="编辑甲"))
    client.force_login(officer("auditor@example.com", Role.AUDITOR))

    page = client.get(f"{LIST}?table=core_publishedfigure&operation=UPDATE").content.decode()

    assert "编辑甲" in page
    assert "公开数据" in page
    assert "数值：2" in page


def test_the_page_of_an_entry_shows_before_and_after(client, db):
    change_a_figure(officer("editor@example.com", Role.EDITOR))
    entry = AuditEntry.objects.filter(table="core_publishedfigure", operation="UPDATE").get()
    client.force_login(officer("auditor@example.com", Role.AUDITOR))

    page = client.get(reverse("admin:core_auditentry_change", args=[entry.pk])).content.decode()

    assert "<td>1</td><td>2</td>" in page


def test_no_password_hash_is_shown(client, db):
    user = person("owner@example.com")
    user.set_password("another long password")
    user.save()
    entries = AuditEntry.objects.filter(table="accounts_user", row=str(user.pk))
    client.force_login(officer("auditor@example.com", Role.AUDITOR))

    pages = [client.get(reverse("admin:core_auditentry_change", args=[entry.pk])).content.decode() for entry in entries]

    assert pages
    assert user.password not in "".join(pages)


def test_the_trail_is_read_only_and_for_auditors(client, db):
    change_a_figure(None)
    entry = AuditEntry.objects.first()
    page = reverse("admin:core_auditentry_change", args=[entry.pk])

    client.force_login(officer("auditor@example.com", Role.AUDITOR))
    written = client.post(page, {"row": "9"}).status_code
    client.force_login(officer("reception@example.com", Role.RECEPTION))
    strangers = client.get(LIST).status_code, client.get(page).status_code

    assert (written, strangers) == (403, (403, 403))


def test_more_entries_cost_no_more_queries(client, db):
    auditor = officer("auditor@example.com", Role.AUDITOR)
    client.force_login(auditor)
    counts = set()
    for number in (1, 3, 30):
        for index in range(number):
            get_user_model().objects.create_user(f"p{number}-{index}@example.com", name="P")
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.add(len(queries))

    assert len(counts) == 1
