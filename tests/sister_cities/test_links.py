"""Counterpart links: what makes one dormant, who reads its contacts, and what the public sees."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import Refusal
from sister_cities import facts
from sister_cities.actions import links as actions
from sister_cities.models import CounterpartLink, LinkActivity
from tests.cast import officer
from tests.sister_cities.factories import make_partner, make_tie
from tests.sister_cities.plan_makers import make_activity, make_link

pytestmark = pytest.mark.django_db

TODAY = date(2025, 5, 20)
INDEX = {"en": "/en/sister-cities/links/", "zh-hans": "/zh-hans/sister-cities/links/"}
ACTIVITY = {"name_zh_hans": "教师互访", "name_en": "Teachers visit", "source": ""}


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2025-05-20T10:00:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor() -> User:
    return officer("editor@example.com", Role.EDITOR, language="en")


def record(link: CounterpartLink, editor: User, on: date = TODAY) -> LinkActivity:
    return actions.record_activity(link.pk, on=on, precision="day", **ACTIVITY, by=editor)


def is_dormant(link: CounterpartLink) -> bool:
    return CounterpartLink.objects.dormant().filter(pk=link.pk).exists()


@pytest.mark.parametrize(
    ("last", "dormant"), [(date(2024, 5, 20), False), (date(2024, 5, 19), True), (date(2025, 5, 20), False)]
)
def test_a_link_is_dormant_once_twelve_months_have_passed(last, dormant):
    link = make_link()
    make_activity(link, date(2020, 1, 1))
    make_activity(link, last)

    assert is_dormant(link) is dormant


def test_a_link_without_any_activity_is_dormant():
    assert is_dormant(make_link())


@pytest.mark.parametrize(("signed_on", "dormant"), [(date(2024, 5, 20), False), (date(2024, 5, 19), True)])
def test_an_agreement_of_this_year_is_not_dormant_yet(signed_on, dormant):
    assert is_dormant(make_link(signed_on=signed_on, signed_precision="day")) is dormant


@pytest.mark.parametrize("stage", ["intention", "contact"])
def test_what_was_never_agreed_is_not_dormant(stage):
    assert not is_dormant(make_link(stage=stage))


def test_an_activity_wakes_a_link(editor):
    link = make_link()
    before = is_dormant(link)

    record(link, editor)

    assert (before, is_dormant(link)) == (True, False)


def test_the_same_activity_twice_is_one(editor):
    link = make_link()

    first, second = record(link, editor), record(link, editor)

    assert (first, LinkActivity.objects.count()) == (second, 1)


def test_an_activity_in_the_future_is_refused(editor):
    with pytest.raises(Refusal):
        record(make_link(), editor, on=date(2025, 5, 21))

    assert not LinkActivity.objects.exists()


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_editors_record_an_activity(role):
    with pytest.raises(PermissionDenied):
        record(make_link(), officer("other@example.com", role))

    assert not LinkActivity.objects.exists()


def test_contacts_are_not_readable_in_the_database():
    make_link()

    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts FROM sister_cities_counterpartlink")
        assert "SECRET" not in cursor.fetchone()[0]


# The back office


def page(link: CounterpartLink, door: str = "change") -> str:
    return reverse(f"admin:sister_cities_counterpartlink_{door}", args=[link.pk])


def test_contacts_are_shown_on_request_only(client, editor):
    link = make_link()
    client.force_login(editor)

    shown = [
        client.get(page(link)),
        client.get(page(link, "contacts"), follow=True),
        client.post(page(link, "contacts")),
    ]

    assert ["SECRET contact" in answer.content.decode() for answer in shown] == [False, False, True]


@pytest.mark.parametrize(("method", "door"), [("post", "contacts"), ("get", "edit")])
def test_who_asked_for_the_contacts_stands_in_the_log(client, editor, method, door):
    link = make_link()
    client.force_login(editor)

    with capture_logs() as logs:
        getattr(client, method)(page(link, door))

    assert [(entry["link"], entry["by"]) for entry in logs if entry["event"] == "contacts_shown"] == [
        (link.pk, editor.pk)
    ]


def test_others_reach_no_door_of_a_link(client):
    link = make_link()
    client.force_login(officer("reviewer@example.com", Role.REVIEWER))

    doors = ["change", "edit", "activity", "contacts", "delete"]

    assert [client.post(page(link, door)).status_code for door in doors] == [403] * len(doors)
    assert client.get(reverse("admin:sister_cities_counterpartlink_changelist")).status_code == 403


def test_an_activity_is_recorded_by_the_form_as_precisely_as_known(client, editor):
    link = make_link()
    client.force_login(editor)

    answer = client.post(page(link, "activity"), {"on": "2025-04", **ACTIVITY})

    assert answer.status_code == 302
    assert LinkActivity.objects.values_list("happened_on", "happened_precision").get() == (date(2025, 4, 1), "month")


@pytest.mark.parametrize("said", [{"on": "2025-06"}, {"on": "soon"}, {"on": ""}, {"name_en": ""}, {"name_zh_hans": ""}])
def test_a_wrong_activity_comes_back(client, editor, said):
    link = make_link()
    client.force_login(editor)

    answer = client.post(page(link, "activity"), {"on": "2025-04-01", **ACTIVITY} | said)

    assert (answer.status_code, list(answer.context["activity_form"].errors)) == (200, list(said))
    assert not LinkActivity.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dormant=yes", ["asleep"]),
        ("stage__exact=contact", ["contact"]),
        ("country=KR", ["contact"]),
        ("kind__exact=school", ["asleep", "awake", "contact"]),
    ],
)
def test_the_list_is_filtered_and_marks_what_is_dormant(client, editor, query, found):
    make_link(foreign_en="asleep")
    make_activity(make_link(foreign_en="awake"), TODAY)
    make_link(foreign_en="contact", stage="contact", country="KR")
    client.force_login(editor)

    answer = client.get(reverse("admin:sister_cities_counterpartlink_changelist") + "?" + query)

    rows = answer.context["cl"].queryset
    assert sorted(link.foreign_en for link in rows) == found
    assert [link.foreign_en for link in rows if link.is_dormant] == [name for name in found if name == "asleep"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_the_links_opens(client, language):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))
    link = make_link(signed_on=date(2014, 1, 1), signed_precision="year")
    activity = make_activity(link, TODAY)
    pages = [
        reverse("admin:sister_cities_counterpartlink_changelist"),
        reverse("admin:sister_cities_counterpartlink_add"),
        page(link),
        page(link, "edit"),
        reverse("admin:sister_cities_linkactivity_changelist"),
        reverse("admin:sister_cities_linkactivity_change", args=[activity.pk]),
    ]

    assert [client.get(address).status_code for address in pages] == [200] * len(pages)


def test_the_form_keeps_date_and_contacts(client, editor):
    link = make_link(signed_on=date(2014, 1, 1), signed_precision="year")
    client.force_login(editor)
    form = client.get(page(link, "edit")).context["adminform"].form
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}

    answer = client.post(page(link, "edit"), typed | {"signed": "2014-09"})

    link.refresh_from_db()
    assert (answer.status_code, link.signed_on, link.signed_precision) == (302, date(2014, 9, 1), "month")
    assert link.contacts == "SECRET contact"


# The public page


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["China Medical University", "Queen&#x27;s University Belfast", "since 2014", "Contact", "Universities"],
        ),
        ("zh-hans", ["中国医科大学", "贝尔法斯特女王大学", "2014年", "2014年在沈阳共建联合学院。", "对口合作"]),
    ],
)
def test_the_public_page_tells_who_and_what_and_since_when(client, settings, language, words):
    facts.load(settings.FACTS_DIR)

    text = text_of(client, INDEX[language])

    assert [word for word in words if word not in text] == []


def test_a_doubtful_link_stays_in_the_back_office(client, settings):
    facts.load(settings.FACTS_DIR)

    assert "Busoga" not in text_of(client, INDEX["en"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_internal_never_reaches_the_public(client, language):
    partner = make_tie().partner
    keeper = officer("chief@example.com", Role.EDITOR, name="SECRET officer")
    link = make_link(partner=partner, officer=keeper)
    hidden = make_link(partner=partner, is_public=False)

    for address in (INDEX[language], f"/{language}/sister-cities/{partner.slug}/"):
        text = text_of(client, address)
        named = [getattr(each, f"foreign_{language.replace('-', '_')}") in text for each in (link, hidden)]
        assert (named, "SECRET" in text) == ([True, False], False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["school", "hospital"]),
        ("kind=hospital", ["hospital"]),
        ("country=JP", ["school"]),
        ("kind=rubbish&country=ZZ", ["school", "hospital"]),
        ("kind=hospital&country=JP", []),
    ],
)
def test_filters_are_in_the_address(client, query, found):
    make_link(foreign_en="hospital", kind="hospital", country="DE")
    make_link(foreign_en="school")

    answer = client.get(f"{INDEX['en']}?{query}")

    assert [link.foreign_en for link in answer.context["links"]] == found


def test_a_partner_without_a_page_is_named_without_a_link(client):
    partner = make_partner(name_en="Nowhere")
    make_link(partner=partner)

    text = text_of(client, INDEX["en"])

    assert ("Nowhere" in text, partner.slug in text) == (True, False)


@pytest.mark.parametrize(
    ("query", "words"), [("", "No counterpart link is published yet."), ("?kind=media", "No link")]
)
def test_nothing_to_show_says_so(client, query, words):
    assert words in text_of(client, INDEX["en"] + query)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_public_page_takes_three_queries(client, rows, django_assert_num_queries):
    for _row in range(rows):
        make_link(partner=make_tie().partner)

    with django_assert_num_queries(3):
        text_of(client, INDEX["en"])
