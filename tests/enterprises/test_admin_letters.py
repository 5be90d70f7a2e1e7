"""Letters are read in the back office; their frozen content is not."""

import pytest
from django.urls import reverse

from enterprises.enums import RequestState
from enterprises.models import Letter
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import ViewRecord
from tests.cast import officer, picture


@pytest.fixture
def letter(request_in):
    request_in(RequestState.APPROVED)
    return Letter.objects.get()


def address(letter, door="change"):
    return reverse(f"admin:enterprises_letter_{door}", args=[letter.pk])


def test_the_list_and_the_page_show_the_letter_without_its_content(client, cast, letter):
    client.force_login(cast.auditor)
    number = letter.payload["invitees"][0]["passport_number"]

    listed = client.get(reverse("admin:enterprises_letter_changelist")).content.decode()
    page = client.get(address(letter)).content.decode()

    assert letter.number in listed
    assert letter.number in page
    assert number not in listed + page


def test_the_signed_file_opens_once_it_is_there(client, cast, letter):
    client.force_login(cast.approver)
    before = client.get(address(letter, "file")).status_code
    letter.signed = picture()
    letter.save(update_fields=["signed"])

    response = client.get(address(letter, "file"))

    assert (before, response.status_code) == (404, 200)
    assert letter.signed.sha256 in client.get(address(letter)).content.decode()
    assert ViewRecord.objects.get().file == letter.signed


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_letters_are_shut_to_those_who_see_no_requests(client, letter, role):
    client.force_login(officer("other@example.com", role))

    assert client.get(address(letter)).status_code == 403
    assert client.get(address(letter, "file")).status_code == 403
