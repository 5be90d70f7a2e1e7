import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from shenyang_fao.accounts.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_UP = {"email": "new@example.com", "name": "New Person", "password1": PASSWORD, "password2": PASSWORD}


def hosts_in(mail):
    return {found.group() for found in re.finditer(r"https?://[^/\s]+", mail.body)}


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("account_reset_password", {"email": "owner@example.com"}),
        ("account_reset_password", {"email": "nobody@example.com"}),
        ("account_signup", SIGN_UP),
        ("account_signup", SIGN_UP | {"email": "owner@example.com"}),
    ],
)
def test_links_in_mails_lead_to_our_own_address_whatever_host_was_asked_for(cast, mailoutbox, name, answers):
    Client(headers={"Host": "localhost:9999"}).post(reverse(name), answers)
    assert [hosts_in(mail) for mail in mailoutbox] == [{settings.SITE_URL}]


def test_signing_up_with_a_known_address_answers_like_a_new_one(cast, client):
    addresses = ["owner@example.com", "new@example.com"]
    answers = [Client().post(reverse("account_signup"), SIGN_UP | {"email": address}) for address in addresses]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("account_email_verification_sent"))
    ] * 2


def test_nobody_signs_up_as_an_officer(client):
    client.post(reverse("account_signup"), SIGN_UP | {"is_staff": "on", "is_superuser": "on", "groups": "1"})
    person = User.objects.get(email="new@example.com")
    assert (person.is_staff, person.is_superuser, person.groups.count()) == (False, False, 0)


def test_a_name_is_one_line(client):
    client.post(reverse("account_signup"), SIGN_UP | {"name": "New\r\nBcc: somebody@example.com"})
    assert User.objects.get(email="new@example.com").name == "New Bcc: somebody@example.com"


@pytest.mark.parametrize("sign", ["\u202e", "\x07", "\ue000"])
def test_a_name_with_signs_that_turn_or_hide_text_is_refused(client, sign):
    answer = client.post(reverse("account_signup"), SIGN_UP | {"name": f"New{sign}Person"})
    assert (list(answer.context["form"].errors), User.objects.count()) == (["name"], 0)


def test_an_account_is_locked_for_a_while_wherever_the_guesses_seem_to_come_from(cast):
    def guess(address, password):
        answers = {"login": "owner@example.com", "password": password}
        return Client(headers={"X-Forwarded-For": address}).post(reverse("account_login"), answers).status_code

    wrong = [guess(f"192.0.2.{number}", "wrong") for number in range(5)]
    assert (wrong, guess("192.0.2.9", PASSWORD)) == ([200] * 5, 200)


def test_somebody_locked_by_an_administrator_is_out_at_once(as_, cast):
    client = as_(cast.reception)
    before = client.get(reverse("admin:enterprises_company_changelist")).status_code
    User.objects.filter(pk=cast.reception.pk).update(is_active=False)
    assert (before, client.get(reverse("admin:enterprises_company_changelist")).status_code) == (200, 302)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(cast, client, target):
    answers = {"login": "owner@example.com", "password": PASSWORD, "next": target}
    assert client.post(reverse("account_login"), answers)["Location"] == reverse("portal:after_sign_in")
