"""What the public reads of inbound visits: what took place and has a source, in both languages, and never what is for officers."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from delegations.models import Visit
from delegations.visits import facts
from shenyang_fao.core.models import PublishedFigure
from tests.delegations.makers import outcome, public_visit, stop, visit
from tests.sister_cities.factories import make_tie


def read(client, name, language="en", *args, **query):
    with translation.override(language):
        address = reverse(f"delegations:{name}", args=args)
    response = client.get(address, query)
    assert response.status_code == 200
    assert len(response.content) <= 100_000
    return response


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["札幌市代表团", "2024年5月", "城市领导人"]),
        ("en", ["Delegation of Sapporo", "May 2024", "city leader"]),
    ],
)
@pytest.mark.parametrize("page", ["visits", "visit", "index"])
def test_a_visit_is_told_in_both_languages(client, db, language, words, page):
    public_visit()

    text = read(client, page, language, *(["sapporo-2024"] if page == "visit" else [])).content.decode()

    assert [word for word in words if word not in text] == ([words[2]] if page == "index" else [])


def test_a_text_in_chinese_only_is_shown_to_readers_of_english(client, db):
    public_visit(summary_zh_hans="双方签署合作备忘录。")

    assert "双方签署合作备忘录。" in read(client, "visit", "en", "sapporo-2024").content.decode()


def test_what_is_for_officers_stands_on_no_public_page(client, db):
    received = public_visit(about="Secret about", note="Secret note", summary_en="<b>Friends</b>")
    stop(received, note="Secret stop")
    outcome(received, name_en="Secret outcome")
    outcome(received, name_en="A public outcome", is_public=True)

    text = read(client, "visit", "en", "sapporo-2024").content.decode()

    assert ("Secret" in text, "A public outcome" in text, "&lt;b&gt;Friends" in text) == (False, True, True)


def test_a_visit_that_is_planned_has_no_public_page(client, db):
    visit()

    assert client.get("/en/delegations/visits/sapporo-2027/").status_code == 404
    assert list(read(client, "visits").context["page"]) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"year": "2024"}, ["one"]),
        ({"rank": "state"}, ["two"]),
        ({"country": "DE"}, ["two"]),
        ({"year": "9" * 30, "rank": "king", "country": "XX"}, ["one", "two"]),
    ],
)
def test_the_record_is_narrowed_by_year_rank_and_country(client, db, query, found):
    public_visit("one")
    public_visit("two", arrives_on="2016-01-01", arrives_precision="year", head_rank="state", country="DE")

    assert [received.slug for received in read(client, "visits", **query).context["page"]] == found


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_pages_cost_the_same_however_many_visits(client, db, number, django_assert_max_num_queries):
    for index in range(number):
        public_visit(f"visit-{index}").partners.add(make_tie().partner)

    for page in (["visits"], ["visit_history"], ["visit", "en", "visit-0"], ["index"]):
        with django_assert_max_num_queries(8):
            read(client, *page)


def test_the_history_stands_beside_the_published_figures(client, db):
    words = {"label_zh_hans": "政要", "label_en": "Dignitaries", "unit": "person", "source": "seed", "as_of": "2022-10"}
    PublishedFigure.objects.create(key="dignitaries_received", value="10", **words)
    public_visit(head_rank="state")
    public_visit("second", head_rank="minister")

    context = read(client, "visit_history").context

    assert [(figure.published.value, figure.held) for figure in context["figures"]] == [("10", 1)]
    (year,) = context["charts"][0].bars
    assert [(part.count) for part in year.parts] == [1, 1, 0]


def test_a_chart_is_a_file_for_programs(client, db):
    public_visit()

    answer = client.get("/en/delegations/visits/history/country.csv")

    assert answer.content.decode("utf-8-sig").splitlines() == ["By country or region,Visits", "Japan,1"]


def test_the_facts_are_known_to_the_year_and_load_twice_without_a_change(client, db):
    for _time in range(2):
        facts.load(settings.FACTS_DIR)

    rows = Visit.objects.order_by("slug").values_list("slug", "arrives_precision", "source", "is_public")
    assert list(rows) == [
        ("german-chancellor-2016", "year", "seed (2016)", True),
        ("korean-prime-minister-2016", "year", "seed (2016)", True),
    ]
    assert "06-14" not in read(client, "visit", "en", "german-chancellor-2016").content.decode()


def test_a_partner_shows_its_visits_as_a_section_and_in_its_timeline(client, db):
    partner = make_tie().partner
    public_visit().partners.add(partner)
    visit().partners.add(partner)

    text = client.get(f"/en/sister-cities/{partner.slug}/").content.decode()

    assert text.count('href="/en/delegations/visits/sapporo-2024/"') == 2
    assert "sapporo-2027" not in text
