"""What the public reads of the plans."""

import pytest
from django.test import Client

from shenyang_fao.accounts.enums import Role
from shenyang_fao.portal import facts as figures
from sister_cities import facts
from tests.cast import officer
from tests.sister_cities.factories import make_partner, make_tie
from tests.sister_cities.plan_makers import TODAY, make_action, make_plan, make_programme, make_unit, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may_2025")]

INDEX = {"en": "/en/sister-cities/plans/", "zh-hans": "/zh-hans/sister-cities/plans/"}


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Three-year action plan for sister-city work",
                "published figure, as of October 2022",
                ">2023<",
                ">2025<",
                ">3 years<",
                "Friendly-districts programme",
                "Heping District, Shenyang",
                "Yongsan-gu, Seoul",
                "China Daily, 2022-10-17",
                "No plan of a partner has been published yet.",
            ],
        ),
        (
            "zh-hans",
            [
                "一城一策",
                "沈阳友城工作三年行动计划",
                "截至2022年10月",
                ">3年<",
                "“友好城区”计划",
                "沈阳市和平区",
                "首尔特别市龙山区",
            ],
        ),
    ],
)
def test_the_public_page_says_what_is_published(client, settings, language, words):
    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)

    text = text_of(client, INDEX[language])

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("language", "summary", "count"),
    [
        ("en", "A visit each way every year.", "1 of 2 actions done"),
        ("zh-hans", "每年互访一次。", "2项行动中1项已完成"),
    ],
)
def test_a_published_plan_shows_summary_and_count_without_what_was_dropped(client, language, summary, count):
    plan = make_plan(is_public=True)
    make_action(plan=plan)
    make_action(plan=plan, state="done", progress=100, done_on=TODAY)
    make_action(plan=plan, state="dropped")

    for address in (INDEX[language], f"/{language}/sister-cities/{plan.partner.slug}/"):
        text = text_of(client, address)
        assert [word for word in (summary, count) if word not in text] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_internal_never_reaches_the_public(client, editor, language):
    plan = make_plan(is_public=True)
    action = make_action(plan=plan, officer=officer("chief@example.com", Role.EDITOR, name="SECRET officer"))
    report(action, editor, note="SECRET report")

    pages = [INDEX[language], f"/{language}/sister-cities/{plan.partner.slug}/"]

    assert ["SECRET" in text_of(client, address) for address in pages] == [False, False]
    assert [action.name_en in text_of(client, address) for address in pages] == [False, False]


def test_an_unpublished_plan_is_nowhere(client):
    hidden = make_plan(summary_en="Not yet public.")
    shut = make_plan(programme=make_programme(is_public=False), is_public=True, summary_en="Not yet public.")

    pages = [INDEX["en"], *(f"/en/sister-cities/{plan.partner.slug}/" for plan in (hidden, shut))]

    assert ["Not yet public." in text_of(client, address) for address in pages] == [False, False, False]


def test_a_partner_without_a_page_is_named_without_a_link(client):
    plan = make_plan(partner=make_partner(name_en="Nowhere"), is_public=True)

    text = text_of(client, INDEX["en"])

    assert ("Nowhere" in text, plan.partner.slug in text) == (True, False)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_public_page_takes_five_queries(client, rows, django_assert_num_queries):
    programme = make_programme(kind="friendly_districts")
    for _row in range(rows):
        plan = make_plan(programme=programme, is_public=True)
        make_action(plan=plan)
        make_tie(level="district", local=make_unit(kind="district"), partner=make_partner(kind="district"))

    with django_assert_num_queries(5):
        text_of(client, INDEX["en"])
