"""The frame of every page: languages, large type, error pages, home and the pages about the site."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from shenyang_fao.portal import facts as figures
from sister_cities import facts

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "privacy/",
    "accessibility/",
    "site-map/",
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_pages_are_shown_in_each_language(client: Client, language: str, tag: str, path: str) -> None:
    response = client.get(f"/{language}/{path}")

    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{tag}"' in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_page_writes_styles_or_scripts_inline(client: Client, path: str) -> None:
    text = client.get(f"/en/{path}").content.decode()

    assert not re.search(r'\sstyle="|<script(?![^>]*\ssrc=)|\son\w+="', text)


@pytest.mark.parametrize("path", ["", "sister-cities/", "privacy/", "accounts/login/"])
def test_a_chinese_page_has_chinese_words(client: Client, path: str) -> None:
    text = client.get(f"/zh-hans/{path}").content.decode()

    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert heading
    assert re.search("[一-鿿]", heading[1])


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/en/sister-cities/?level=sister&sort=name", "/zh-hans/sister-cities/?level=sister&amp;sort=name"),
        ("/zh-hans/privacy/", "/en/privacy/"),
        ("/en/no-such-page/?q=1", "/zh-hans/no-such-page/?q=1"),
    ],
)
def test_the_language_switch_stays_on_the_page(client: Client, here: str, there: str) -> None:
    assert f'href="{there}"' in client.get(here).content.decode()


def test_a_page_names_its_other_languages(client: Client) -> None:
    text = client.get("/en/sister-cities/?sort=name").content.decode()

    assert f'<link rel="canonical" href="{settings.SITE_URL}/en/sister-cities/">' in text
    assert f'<link rel="alternate" hreflang="zh-Hans" href="{settings.SITE_URL}/zh-hans/sister-cities/">' in text


@pytest.mark.parametrize(("accepted", "target"), [("en-GB,en", "/en/"), ("zh-CN,zh", "/zh-hans/"), ("fr", "/zh-hans/")])
def test_the_bare_address_follows_the_browser(client: Client, accepted: str, target: str) -> None:
    assert client.get("/", headers={"accept-language": accepted})["Location"] == target


@pytest.mark.parametrize(("language", "words"), [("en", "Page not found"), ("zh-hans", "页面不存在")])
def test_a_missing_page_answers_in_the_readers_language(client: Client, language: str, words: str) -> None:
    response = client.get(f"/{language}/no-such-page/")

    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize("path", ["400.html", "500.html", "503.html"])
def test_a_page_of_last_resort_speaks_both_languages_without_a_context(path: str) -> None:
    text = render_to_string(path)

    assert 'href="/zh-hans/"' in text
    assert 'href="/en/"' in text


def test_large_type_is_remembered_and_can_be_left(client: Client) -> None:
    answer = client.post("/en/display/", {"display": "large", "next": "/en/privacy/"})

    assert answer["Location"] == "/en/privacy/"
    assert 'data-display="large"' in client.get("/en/privacy/").content.decode()

    client.post("/en/display/", {"display": "standard", "next": "/en/privacy/"})
    assert "data-display" not in client.get("/en/privacy/").content.decode()


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_site(client: Client, target: str) -> None:
    assert client.post("/en/display/", {"display": "large", "next": target})["Location"] == "/en/"


def test_numbers_of_the_site_are_shown_only_when_given(client: Client, settings: Any) -> None:
    assert "beian.miit.gov.cn" not in client.get("/en/").content.decode()

    settings.SITE_ICP = "ICP 1"
    assert "ICP 1" in client.get("/en/").content.decode()


def test_home_shows_the_published_figure_beside_the_register(client: Client) -> None:
    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)

    text = client.get("/en/").content.decode()

    assert all(
        words in text for words in (">23<", ">77<", ">43<", "as of October 2022", "the register holds 6 records")
    )


def test_home_takes_five_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    facts.load(settings.FACTS_DIR)

    with django_assert_max_num_queries(5):
        client.get("/en/")


def test_a_public_page_weighs_under_100_kb(client: Client) -> None:
    facts.load(settings.FACTS_DIR)
    styles = sum(path.stat().st_size for path in (settings.BASE_DIR / "static" / "css").glob("*.css"))

    assert len(client.get("/en/sister-cities/").content) + styles < 100_000


def test_no_browser_guesses_what_an_answer_is(client: Client) -> None:
    """Django's security middleware says so on every answer, so that no view has to."""
    assert client.get("/healthz")["X-Content-Type-Options"] == "nosniff"
