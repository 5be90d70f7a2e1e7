"""The company's home and registration, and the public guide."""

import pytest
from django.urls import reverse

from enterprises.actions import companies
from enterprises.enums import CompanyState
from enterprises.models import Company
from tests.cast import leave, officer, pending_company, person
from tests.enterprises.guided import REGISTRATION, pdf, scan, text_of

REGISTER = "/en/company/register/"
HOME = "/en/company/"


@pytest.fixture
def newcomer(client, db):
    client.force_login(person("new@example.com", language="en"))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", ["enterprises/", "enterprises/items/invitation/"])
def test_the_guide_is_public_in_both_languages(client, language, address):
    assert client.get(f"/{language}/{address}").status_code == 200


@pytest.mark.django_db
def test_an_unknown_item_is_not_found(client):
    assert client.get("/en/enterprises/items/apec/").status_code == 404


@pytest.mark.django_db
def test_company_pages_ask_for_sign_in(client):
    response = client.get(HOME)

    assert response.status_code == 302
    assert response.url.startswith("/en/accounts/login/")


def test_a_newcomer_is_led_to_the_registration(newcomer):
    response = newcomer.get("/en/company/requests/", follow=True)

    assert response.redirect_chain[-1][0] == HOME
    assert REGISTER in text_of(response)


def test_registration_waits_for_verification(newcomer):
    response = newcomer.post(REGISTER, REGISTRATION | {"licence": scan("licence.png")}, follow=True)

    company = Company.objects.get()
    assert company.state == CompanyState.PENDING
    assert company.name_zh_hans in text_of(response)


def test_registering_twice_makes_one_company(newcomer):
    for _click in range(2):
        response = newcomer.post(REGISTER, REGISTRATION | {"licence": scan()}, follow=True)

    assert Company.objects.count() == 1
    assert response.redirect_chain[-1][0] == HOME


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uscc", "91110000600037341M"),
        ("uscc", "91110000"),
        ("uscc", ""),
        ("name_zh_hans", "Hunhe"),
        ("name_en", "沈阳浑河"),
        ("address_en", "铁西区17号"),
        ("phone", "call me"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays(newcomer, field, value):
    response = newcomer.post(REGISTER, REGISTRATION | {field: value, "licence": scan()})

    assert field in response.context["form"].errors
    assert f'value="{value}"' in text_of(response) or not value
    assert "licence" in response.context["form"].errors
    assert not Company.objects.exists()


def test_a_missing_licence_is_said(newcomer):
    response = newcomer.post(REGISTER, REGISTRATION)

    assert list(response.context["form"].errors) == ["licence"]


def test_a_licence_with_a_script_is_refused(newcomer):
    response = newcomer.post(REGISTER, REGISTRATION | {"licence": scan("licence.pdf", pdf(script=True))})

    assert list(response.context["form"].errors) == ["licence"]


def test_a_known_company_is_not_described(newcomer, cast):
    response = newcomer.post(REGISTER, REGISTRATION | {"licence": scan()})

    assert "uscc" in response.context["form"].errors
    assert cast.owner.email not in text_of(response)


def test_a_returned_registration_shows_the_note_and_is_handed_in_again(client, cast):
    owner = person("late@example.com")
    company = pending_company(REGISTRATION | {"uscc": "91350100M000100Y43"}, owner=owner)
    companies.return_company(company.pk, note="The scan is too dark.", by=cast.reception)
    client.force_login(owner)

    assert "The scan is too dark." in text_of(client.get(HOME))
    assert "The scan is too dark." in text_of(client.get(REGISTER))
    client.post(REGISTER, REGISTRATION | {"uscc": "91350100M000100Y43", "contact_name": "New"})

    company.refresh_from_db()
    assert (company.state, company.contact_name) == (CompanyState.PENDING, "New")


def test_a_verified_company_is_not_changed_here(client, cast):
    client.force_login(cast.owner)

    response = client.post(REGISTER, REGISTRATION | {"contact_name": "Changed"})

    assert response.url == HOME
    assert not Company.objects.filter(contact_name="Changed").exists()


def test_officers_are_shown_the_way_to_their_rooms(client, db):
    client.force_login(officer("officer@example.com"))

    response = client.get(HOME)

    assert response.status_code == 403
    assert reverse("admin:index") in text_of(response)


def test_a_registration_in_a_session_that_ended_comes_back(client, db):
    user = person("slow@example.com")
    leave(client, user)

    lost = client.post(REGISTER, REGISTRATION | {"contact_name": "Typed for long"})
    client.post(lost.url, {"login": user.email, "password": "correct horse battery staple"})

    assert "Typed for long" in text_of(client.get(REGISTER))
