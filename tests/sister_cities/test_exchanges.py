"""The page of the exchanges: the programme beside its figures, and the record that a reader filters."""

import pytest

from shenyang_fao.core.models import PublishedFigure
from tests.sister_cities.exchange_makers import make_edition, make_exchange, public_page
from tests.sister_cities.factories import make_partner, make_tie


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["光影传谊·五洲连心", "代表团来访", "第二届互展", "2019年5月"]),
        ("en", ["Light and Shadow Convey Friendship", "A delegation visits", "Second exchange", "May 2019"]),
    ],
)
def test_the_exchanges_are_told_in_both_languages(client, db, language, words):
    make_edition()
    make_exchange(happened_on="2019-05-01", happened_precision="month")

    page = public_page(client, "exchanges", language).content.decode()

    assert [word for word in words if word not in page] == []


def test_the_published_figure_stands_with_its_date_beside_what_is_held(client, db):
    words = {"label_zh_hans": "城市", "label_en": "Cities", "unit": "city", "source": "seed", "as_of": "2022"}
    PublishedFigure.objects.create(key="photo_exchange_cities", value="12", **words)
    make_edition().partners.add(make_partner(), make_partner())

    figures = public_page(client, "exchanges").context["figures"]

    assert [(figure.published and figure.published.value, figure.held) for figure in figures] == [(None, 1), ("12", 2)]


def test_what_is_not_public_is_not_told(client, db):
    make_edition(is_public=False)
    make_exchange(is_public=False)

    context = public_page(client, "exchanges").context

    assert (list(context["editions"]), list(context["page"])) == ([], [])


def test_the_newest_exchange_stands_first_and_one_without_date_last(client, db):
    dated = [make_exchange(happened_on=f"{year}-01-01", happened_precision="year") for year in (2012, 2020)]
    undated = make_exchange()

    assert list(public_page(client, "exchanges").context["page"]) == [dated[1], dated[0], undated]


def test_only_a_partner_with_a_page_is_a_link(client, db):
    known, unknown = make_tie().partner, make_partner()
    make_exchange(partners=[known, unknown])

    page = public_page(client, "exchanges").content.decode()

    assert f'href="/en/sister-cities/{known.slug}/"' in page
    assert f'href="/en/sister-cities/{unknown.slug}/"' not in page


def test_the_record_is_asked_by_country_and_year(client, db):
    japanese = make_exchange(partners=[make_partner(country="JP")], happened_on="2019-01-01", happened_precision="year")
    make_exchange(partners=[make_partner(country="RU")], happened_on="2019-01-01", happened_precision="year")
    make_exchange(partners=[make_partner(country="JP")], happened_on="2018-01-01", happened_precision="year")

    assert list(public_page(client, "exchanges", country="JP", year="2019").context["page"]) == [japanese]


@pytest.mark.parametrize("query", [{"year": "nineteen"}, {"country": "XX"}, {"year": "9" * 30}])
def test_a_filter_that_does_not_exist_filters_nothing(client, db, query):
    found = make_exchange(happened_on="2019-01-01", happened_precision="year")

    assert list(public_page(client, "exchanges", **query).context["page"]) == [found]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_record_costs_the_same_queries_however_long(client, db, django_assert_num_queries, number):
    for index in range(number):
        make_exchange(partners=[make_tie().partner], happened_on=f"{1990 + index}-01-01", happened_precision="year")

    with django_assert_num_queries(9):
        public_page(client, "exchanges")
