"""The people of the browser tests, each before a window of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from shenyang_fao.accounts.enums import Role
from tests.cast import PASSWORD, officer
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
def officer_in(new_page: NewPage, live_server) -> Callable[[Role], Officer]:
    """A function that makes an officer with one role and lets the officer enter the back office."""

    def enter(role: Role) -> Officer:
        person = officer(f"{role.value}@example.com", role)
        found = Officer(new_page(CHINESE), live_server.url, person.email, PASSWORD)
        found.enters()
        return found

    return enter


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned paper."""
    path = tmp_path / "scan.png"
    picture = Image.new("RGB", (600, 420), "white")
    ImageDraw.Draw(picture).text((40, 40), "SCAN", fill="black", font_size=48)
    picture.save(path)
    return path
