"""The events of the facts: loaded once, public with their source, read in both languages."""

import html

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from delegations.events import facts
from delegations.events.models import Event, EventOutcome, Series
from shenyang_fao.core.models import AuditEntry
from sister_cities.facts import load as load_ties
from sister_cities.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    load_ties(settings.FACTS_DIR)
    return facts.load(settings.FACTS_DIR)


def test_a_second_run_changes_nothing(loaded):
    before = AuditEntry.objects.count()

    assert facts.load(settings.FACTS_DIR) == loaded == {"series of events": 7, "events": 16, "outcomes of events": 1}
    assert AuditEntry.objects.count() == before
    assert (Series.objects.count(), Event.objects.count(), EventOutcome.objects.count()) == (7, 16, 1)


def test_every_row_of_the_file_has_its_place():
    """Two visits are the visits' own, three come back as series, one is an outcome, one an edition of the sister cities."""
    rows = {row["name_zh"]: row["kind"] for row in facts.facts.rows(settings.FACTS_DIR / "events.csv")}
    told = {
        facts.facts.punctuate(row["found_by"]) for row in facts.facts.rows(settings.FACTS_DIR / "event_details.csv")
    }
    left = {name: kind for name, kind in rows.items() if name not in told}

    assert sorted(left.values()) == ["exhibition", "outcome", "recurring", "recurring", "recurring", "visit", "visit"]
    assert Edition.objects.filter(number=2).exists()


def test_what_is_only_general_knowledge_is_not_public():
    macao = Event.objects.get(slug="macao-environmental-exhibition")

    assert (macao.name_en, macao.source, macao.starts_on) == (
        "International forum and exhibition on environmental cooperation in Macao",
        "China Daily, 2022-10-17",
        None,
    )
    assert "MIECF" in macao.note or "general knowledge" in macao.note


def test_dates_are_as_precise_as_their_source():
    slugs = (
        "china-japan-exchange-seminar-16",
        "world-winter-cities-conference-18",
        "china-ceec-local-leaders-meeting-5",
    )
    with override("en"):
        texts = {slug: Event.objects.get(slug=slug).starts_text for slug in slugs}

    assert list(texts.values()) == ["2017", "September 2018", "5 February 2021"]


@pytest.mark.parametrize(("language", "column"), [("en", "name_en"), ("zh-hans", "name_zh_hans")])
def test_every_event_and_series_is_read_in_both_languages(client: Client, language, column):
    names = [name for model in (Event, Series) for name in model.objects.public().values_list(column, flat=True)]

    text = html.unescape(client.get(f"/{language}/delegations/events/").content.decode())

    assert len(names) == 23
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Release of the Shenyang Declaration"), ("zh-hans", "《沈阳宣言》发布")]
)
def test_the_conference_tells_its_declaration(client: Client, language, words):
    page = client.get(f"/{language}/delegations/events/world-winter-cities-conference-18/").content.decode()

    assert words in page


def test_the_exchange_of_photographs_leads_to_its_editions(client: Client):
    edition = Edition.objects.get()

    page = client.get("/en/delegations/events/series/photo-and-film-exchange/").content.decode()

    assert f'href="{edition.get_absolute_url()}"'.replace("/zh-hans/", "/en/") in page
