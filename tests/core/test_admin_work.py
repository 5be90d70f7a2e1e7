"""Background work and mail in the back office."""

import pytest
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Mail, Promise
from tests.cast import officer


@pytest.fixture
def failed(db):
    row = outbox.promise("mail.send", 1)
    Promise.objects.filter(pk=row.pk).update(state=PromiseState.FAILED, attempts=3, error="Connection refused")
    return row


def retry(client, promise, **data):
    return client.post(reverse("admin:core_promise_retry", args=[promise.pk]), data)


def test_failed_work_stands_first(client, failed):
    outbox.promise("mail.send", 2)
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR))

    rows = client.get(reverse("admin:core_promise_changelist")).context["cl"].result_list

    assert next(row.pk for row in rows) == failed.pk


def test_failed_work_is_tried_again_by_a_button(client, failed):
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR))

    page = client.get(reverse("admin:core_promise_change", args=[failed.pk])).content.decode()
    response = retry(client, failed)

    failed.refresh_from_db()
    assert "Connection refused" in page
    assert response.url == reverse("admin:core_promise_changelist")
    assert (failed.state, failed.attempts) == (PromiseState.WAITING, 0)


def test_the_button_takes_no_get(client, failed):
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR))

    assert client.get(reverse("admin:core_promise_retry", args=[failed.pk])).status_code == 405


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.RECEPTION, Role.EDITOR])
def test_others_do_not_try_again(client, failed, role):
    client.force_login(officer("other@example.com", role))

    assert retry(client, failed).status_code == 403
    failed.refresh_from_db()
    assert failed.state == PromiseState.FAILED


def test_the_way_back_stays_here(client, failed):
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR))

    assert retry(client, failed, next="https://elsewhere.example/").url == reverse("admin:core_promise_changelist")


def test_mail_is_read_with_its_text_escaped(client, db):
    mail = Mail.objects.create(key="a", to="a@example.com", language="en", subject="Hello", body="One\n<b>Two</b>")
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR))

    page = client.get(reverse("admin:core_mail_change", args=[mail.pk])).content.decode()

    assert "&lt;b&gt;Two&lt;/b&gt;" in page
    assert "<b>Two" not in page


def test_nobody_changes_a_mail(client, db):
    mail = Mail.objects.create(key="a", to="a@example.com", language="en", subject="Hello", body="One")
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR))

    assert client.post(reverse("admin:core_mail_change", args=[mail.pk]), {"subject": "Other"}).status_code == 403
    assert client.post(reverse("admin:core_mail_delete", args=[mail.pk])).status_code == 403
