"""An officer verifies a company or returns it with a note."""

import pytest
from django.urls import reverse

from enterprises.enums import CompanyState
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import ViewRecord
from tests.cast import officer, pending_company, person


@pytest.fixture
def company(db):
    return pending_company(owner=person("owner@example.com"))


@pytest.fixture
def reception(db):
    return officer("reception@example.com", Role.RECEPTION)


def address(company, door="change"):
    return reverse(f"admin:enterprises_company_{door}", args=[company.pk])


def state(company):
    company.refresh_from_db()
    return company.state


def verify(client, company):
    """Press the button on the page of the company."""
    client.post(address(company, "verify"), {"seen": client.get(address(company)).context["seen"]})


def test_the_list_and_the_page_open(client, company, reception):
    client.force_login(reception)

    assert company.uscc in client.get(reverse("admin:enterprises_company_changelist")).content.decode()
    assert company.name_en in client.get(address(company)).content.decode()


def test_a_company_is_verified_by_a_button(client, company, reception):
    client.force_login(reception)

    client.get(address(company, "verify"))
    before = state(company)
    verify(client, company)

    assert (before, state(company)) == (CompanyState.PENDING, CompanyState.VERIFIED)
    assert company.verified_by == reception


def test_a_company_is_returned_with_a_note(client, company, reception):
    client.force_login(reception)

    client.post(address(company, "send_back"), {"note": ""})
    before = state(company)
    client.post(address(company, "send_back"), {"note": "The address differs."})

    assert (before, state(company)) == (CompanyState.PENDING, CompanyState.RETURNED)
    assert company.note == "The address differs."


def test_the_second_of_two_tabs_keeps_its_note(client, company, reception):
    client.force_login(reception)
    verify(client, company)

    response = client.post(address(company, "send_back"), {"note": "The address differs."})

    assert "The address differs." in response.content.decode()
    assert state(company) == CompanyState.VERIFIED


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_other_roles_do_not_verify(client, company, role):
    client.force_login(officer("other@example.com", role))

    assert client.post(address(company, "verify")).status_code == 403
    assert client.post(address(company, "send_back"), {"note": "No."}).status_code == 403
    assert state(company) == CompanyState.PENDING


def test_the_licence_opens_and_the_opening_is_recorded(client, company, reception):
    client.force_login(reception)

    response = client.get(address(company, "licence"))

    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert ViewRecord.objects.get().file == company.licence


def test_the_licence_is_shut_to_those_who_see_no_companies(client, company):
    client.force_login(officer("editor@example.com", Role.EDITOR))

    assert client.get(address(company, "licence")).status_code == 403
    assert not ViewRecord.objects.exists()
