"""The people of the browser tests, each before a window of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from tests.cast import PASSWORD, Cast, assemble, officer
from tests.e2e.people import Company, Officer, Visitor

SECONDS_TO_APPEAR = 10
ENGLISH, CHINESE = "en-GB", "zh-CN"

expect.set_options(timeout=SECONDS_TO_APPEAR * 1000)

NewPage = Callable[..., Page]


@pytest.fixture
def new_page(new_context: Callable[..., object]) -> NewPage:
    """A function that opens a window for somebody with this language in the browser, and other options of Playwright."""

    def open_window(locale: str, **options: object) -> Page:
        page = new_context(locale=locale, timezone_id="Asia/Shanghai", **options).new_page()
        page.set_default_timeout(SECONDS_TO_APPEAR * 1000)
        return page

    return open_window


@pytest.fixture
def visitor(new_page: NewPage, live_server) -> Visitor:
    return Visitor(new_page(ENGLISH), live_server.url)


@pytest.fixture
def company(new_page: NewPage, live_server) -> Company:
    """Who files for a company and has no account yet."""
    return Company(new_page(ENGLISH), live_server.url, "wang.min@example.com", PASSWORD)


@pytest.fixture
def at_the_desk(new_page: NewPage, live_server) -> Callable[..., Officer]:
    """A function that lets an officer enter the back office, in a window with such options."""

    def enter(person: User, **options: object) -> Officer:
        found = Officer(new_page(CHINESE, **options), live_server.url, person.email, PASSWORD)
        found.enters()
        return found

    return enter


@pytest.fixture
def officer_in(at_the_desk: Callable[..., Officer]) -> Callable[[Role], Officer]:
    """A function that makes an officer with one role and lets the officer enter the back office."""
    return lambda role: at_the_desk(officer(f"{role.value}@example.com", role))


@pytest.fixture
def cast(live_server) -> Cast:
    """Everybody, and the two verified companies."""
    return assemble()


@pytest.fixture
def owner_in(new_page: NewPage, live_server, cast: Cast) -> Callable[..., Company]:
    """A function that lets the owner of a company sign in, in a window with such options."""

    def sign_in(**options: object) -> Company:
        owner = Company(new_page(ENGLISH, **options), live_server.url, cast.owner.email, PASSWORD)
        owner.opens("/en/accounts/login/")
        owner.signs_in(button="Sign in")
        owner.page.wait_for_url("**/company/requests/")
        return owner

    return sign_in


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned paper."""
    path = tmp_path / "scan.png"
    picture = Image.new("RGB", (600, 420), "white")
    ImageDraw.Draw(picture).text((40, 40), "SCAN", fill="black", font_size=48)
    picture.save(path)
    return path
