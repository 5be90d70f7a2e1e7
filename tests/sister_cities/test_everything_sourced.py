"""Each public record of the facts stands on a page, in both languages."""

import html

import pytest
from django.conf import settings
from django.test import Client

from sister_cities import facts
from sister_cities.models import Award, CounterpartLink, Edition, Exchange, Partner, Programme, Tie

pytestmark = pytest.mark.django_db

# Where the records of a model are read, and the column of their name.
PAGES = [
    (Tie, "", "partner__name"),
    (Exchange, "exchanges/", "name"),
    (Edition, "exchanges/", "name"),
    (CounterpartLink, "links/", "foreign"),
    (Award, "statistics/", "name"),
    (Programme, "plans/", "name"),
]


@pytest.mark.parametrize(("language", "column"), [("en", "en"), ("zh-hans", "zh_hans")])
@pytest.mark.parametrize(("model", "page", "name"), PAGES, ids=lambda value: getattr(value, "__name__", None))
def test_every_public_record_is_read_in_both_languages(
    client: Client, model: type[Tie], page: str, name: str, language: str, column: str
) -> None:
    facts.load(settings.FACTS_DIR)
    names = list(model.objects.public().values_list(f"{name}_{column}", flat=True))

    text = html.unescape(client.get(f"/{language}/sister-cities/{page}").content.decode())

    assert names
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_exchange_stands_on_the_page_of_its_partners(client: Client, language: str) -> None:
    facts.load(settings.FACTS_DIR)
    column = f"name_{language.replace('-', '_')}"
    missing = []

    for partner in Partner.objects.public().prefetch_related("exchanges"):
        text = html.unescape(client.get(f"/{language}/sister-cities/{partner.slug}/").content.decode())
        names = [getattr(exchange, column) for exchange in partner.exchanges.all()]
        missing += [(partner.slug, name) for name in names if name not in text]

    assert missing == []
