"""Every page, on a telephone and at a desk, in both languages: nobody is shut out, nothing runs over, nothing is left over.

The pages are only read, so one portal in the middle of its work (`tests/e2e/scene.py`) serves them all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD
from tests.e2e import inspection
from tests.e2e.letters import off_the_loop
from tests.e2e.people import Person
from tests.e2e.scene import BACK_OFFICE, COMPANY, OFFICERS, OWNER, PUBLIC, play

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 375, "height": 800}
# Both languages share the structure of a page, so each size is searched for barriers in one of them.
SEARCHED = {"zh-hans": PHONE, "en": DESK}
LANGUAGES = {"zh-hans": "zh-Hans", "en": "en"}
# The theme's own small faults are not ours to mend; what shuts somebody out is.
GRAVE = {"serious", "critical"}
OWN_OF_THE_BACK_OFFICE = ("waiting", "case-submitted", "case-returned", "case-issued", "company", "letter")
pytestmark = pytest.mark.django_db
MISSING = {"unknown-letter", "missing"}


@dataclass
class Portal:
    """A server with its scene, and a window for each kind of reader."""

    url: str
    facts: Mapping[str, object]
    names: set[str]
    browser: Browser
    windows: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def window(self, email: str) -> Page:
        """The window of somebody who is signed in, or of anybody where no address is given."""
        if email not in self.windows:
            self.windows[email] = page = self.browser.new_context(locale="en-GB").new_page()
            page.on(
                "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
            )
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            if email:
                person = Person(page, self.url, email, PASSWORD)
                person.opens("/en/accounts/login/")
                person.signs_in(button="Sign in")
                page.wait_for_url(lambda url: "/accounts/" not in url)
        return self.windows[email]

    def open(self, email: str, pattern: str) -> Page:
        """Open a page afresh, at the size of a desk; forget earlier complaints of the browser."""
        page = self.window(email)
        self.complaints.clear()
        page.set_viewport_size(DESK)
        page.goto(self.url + pattern.format(**self.facts))
        return page


@pytest.fixture(scope="module")
def portal(django_db_setup: None, django_db_blocker: DjangoDbBlocker, browser: Browser) -> Iterator[Portal]:
    """One portal for the whole module."""
    with django_db_blocker.unblock():
        # Letters are signed on an event loop, and Playwright keeps its own in this thread.
        facts, names = off_the_loop(play)
        server = LiveServer("localhost")
        found = Portal(server.url, facts, names, browser)
        yield found
        for page in found.windows.values():
            page.context.close()
        server.stop()
        end_other_sessions()
        call_command("flush", interactive=False, verbosity=0)


def end_other_sessions() -> None:
    """A thread of the server that waits for the browser's next word still holds its session of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PUBLIC)
def test_public_page(portal: Portal, name: str, language: str) -> None:
    page = portal.open("", f"/{language}{PUBLIC[name]}")

    assert_in_order(portal, page, language, may_be_missing=name in MISSING)
    assert inspection.foreign_text(page, LANGUAGES[language], portal.names) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMPANY)
def test_page_of_a_company(portal: Portal, name: str, language: str) -> None:
    page = portal.open(OWNER, f"/{language}{COMPANY[name]}")

    assert_in_order(portal, page, language)
    assert inspection.foreign_text(page, LANGUAGES[language], portal.names) == []


@pytest.mark.parametrize("name", BACK_OFFICE)
def test_page_of_the_back_office(portal: Portal, name: str) -> None:
    page = portal.open(OFFICERS["zh-hans"], BACK_OFFICE[name])

    assert_in_order(portal, page, "zh-hans", within="#main", impacts=GRAVE)
    assert inspection.foreign_text(page, LANGUAGES["zh-hans"], portal.names) == []


@pytest.mark.parametrize("name", OWN_OF_THE_BACK_OFFICE)
def test_page_of_the_back_office_in_english(portal: Portal, name: str) -> None:
    """The theme's own pages differ in their words only; these are drawn by our templates."""
    page = portal.open(OFFICERS["en"], BACK_OFFICE[name])

    assert_in_order(portal, page, "en", within="#main", impacts=GRAVE)


def assert_in_order(
    portal: Portal,
    page: Page,
    language: str,
    *,
    within: str | None = None,
    impacts: set[str] | None = None,
    may_be_missing: bool = False,
) -> None:
    """What holds on every page, whoever reads it; ``impacts`` limits which barriers count."""
    assert page.locator("html").get_attribute("lang").lower() in {language, LANGUAGES[language].lower()}
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert inspection.overflow(page) == [], size
        if size == SEARCHED[language]:
            assert inspection.barriers(page, within, impacts) == []
    expected = "404 (Not Found)" if may_be_missing else None
    assert [text for text in portal.complaints if not (expected and expected in text)] == []
