"""The back office as a whole: who gets in, in which language, and what stands in the menu."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from tests.cast import officer, person

START = "/admin/"


def menu(response):
    groups = response.context["sidebar_navigation"]
    return {str(item["title"]) for group in groups for item in group["items"] if item["has_permission"]}


def test_a_visitor_is_sent_to_the_sign_in_page(client, db):
    response = client.get(START, follow=True)

    assert "/accounts/login/" in response.redirect_chain[-1][0]


def test_company_people_do_not_get_in(client, db):
    client.force_login(person("owner@example.com"))

    assert client.get(START, follow=True).status_code == 403


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_role_has_a_start_page(client, db, role, language):
    client.force_login(officer("officer@example.com", role, language=language))

    assert client.get(START).status_code == 200


def test_the_menu_offers_what_the_role_opens(client, db):
    client.force_login(officer("officer@example.com", Role.EDITOR, language="en"))

    assert menu(client.get(START)) == {
        "What waits",
        "Notices",
        "Partners",
        "Register of ties",
        "Agreements",
        "Awards",
        "Programmes",
        "Plans",
        "Actions",
        "Action-plan board",
        "Counterpart links",
        "Documented exchanges",
        "Photo and film exchange",
        "Units in Shenyang",
        "Inbound visits",
        "Programme calendar",
        "Outcomes of visits",
        "Imports",
        "Published figures",
    }


def test_every_entry_of_the_menu_opens(client, db):
    client.force_login(officer("officer@example.com", *Role))

    links = [item["link"] for group in client.get(START).context["sidebar_navigation"] for item in group["items"]]

    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "待办事项"), ("en", "What waits")])
def test_the_back_office_speaks_the_officers_language(client, db, language, word):
    client.force_login(officer("officer@example.com", Role.RECEPTION, language=language))

    assert word in client.get(START, headers={"accept-language": "fr"}).content.decode()


def test_the_switch_of_language_is_remembered(client, db):
    user = officer("officer@example.com", Role.RECEPTION)
    client.force_login(user)

    client.post(reverse("admin:accounts_user_choose_language"), {"language": "en", "next": START})

    assert User.objects.get(pk=user.pk).language == "en"
    assert "What waits" in client.get(START).content.decode()


def test_an_unknown_language_is_refused(client, db):
    user = officer("officer@example.com", Role.RECEPTION)
    client.force_login(user)

    response = client.post(reverse("admin:accounts_user_choose_language"), {"language": "xx"})

    assert response.status_code == 302
    assert User.objects.get(pk=user.pk).language == "zh-hans"


def test_the_switch_leads_nowhere_else(client, db):
    client.force_login(officer("officer@example.com", Role.RECEPTION))
    data = {"language": "en", "next": "https://elsewhere.example/"}

    assert client.post(reverse("admin:accounts_user_choose_language"), data).url == START


def test_signing_out_is_a_post(client, db):
    client.force_login(officer("officer@example.com", Role.RECEPTION))

    by_get = client.get("/admin/logout/").status_code
    still_in = client.get(START).status_code
    client.post("/admin/logout/")

    assert (by_get, still_in, client.get(START).status_code) == (405, 200, 302)


def test_pages_that_libraries_bring_along_stay_out():
    assert Group not in admin.site._registry
    assert {model._meta.app_label for model in admin.site._registry} == {
        "accounts", "core", "delegations", "enterprises", "sister_cities",
    }  # fmt: skip


def test_the_back_office_has_its_own_policy(client, db):
    client.force_login(officer("officer@example.com", Role.RECEPTION))

    assert "'unsafe-eval'" in client.get(START)["Content-Security-Policy"]
    assert "'unsafe-eval'" not in client.get("/zh-hans/privacy/")["Content-Security-Policy"]
