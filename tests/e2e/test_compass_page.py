"""The compass as the browser sets it: legible on a telephone and at a desk, and led by the keyboard."""

from collections.abc import Callable
from itertools import combinations
from typing import TypedDict

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import NewPage
from tests.sister_cities.crowd import crowd
from tests.sister_cities.factories import make_partner, make_tie

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 375, "height": 800}
LEAST_TYPE = {1440: 12, 375: 11}
LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
pytestmark = pytest.mark.django_db(transaction=True)

# Each visible word of the compass: its box, of which the browser's own room above and below the type is taken off, its size.
_WORDS = """() => [...document.querySelectorAll('.compass__dials :is(text, .compass__names a)')]
  .filter(word => word.checkVisibility({visibilityProperty: true}) && word.textContent.trim())
  .map(word => {
    const box = word.getBoundingClientRect();
    const unit = word.getCTM ? word.getCTM().a : 1;
    const size = parseFloat(getComputedStyle(word).fontSize) * unit;
    const middle = box.top + box.height / 2, half = word.getCTM ? size / 2 : box.height / 2;
    return {text: word.textContent, kind: word.getAttribute('class') || 'list', size,
            left: box.left, right: box.right, top: middle - half, bottom: middle + half};
  })"""
_STOPS = """() => [...document.querySelectorAll('.compass__dials a')].filter(a => {
  a.focus(); return document.activeElement === a; }).length"""

# What shows where the keyboard is: the name in the drawing, or the link in the list.
_OUTLINE = """() => getComputedStyle(document.activeElement.querySelector('.compass-name') || document.activeElement)
  .outlineStyle"""


class Word(TypedDict):
    text: str
    kind: str
    size: float
    left: float
    right: float
    top: float
    bottom: float


@pytest.fixture
def names() -> list[str]:
    """The English names of 120 partners in the register."""
    fields = list(crowd())
    for number, field in enumerate(fields):
        make_tie(partner=make_partner(**field), level=("sister", "friendly_cooperation")[number % 2])
    return [str(field["name_en"]) for field in fields]


@pytest.fixture
def directory(new_page: NewPage, live_server, names: list[str]) -> Callable[..., Page]:
    """A function that opens the directory at a size and in a language."""

    def open_directory(size: dict[str, int], language: str = "en", **options: object) -> Page:
        page = new_page(LANGUAGES[language], viewport=size, **options)
        page.goto(f"{live_server.url}/{language}/sister-cities/")
        return page

    return open_directory


def overlap(one: Word, two: Word) -> bool:
    return (
        one["left"] < two["right"]
        and two["left"] < one["right"]
        and one["top"] < two["bottom"]
        and two["top"] < one["bottom"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_names_are_legible_whole_and_apart(directory: Callable[..., Page], size: dict[str, int], language: str) -> None:
    words: list[Word] = directory(size, language).evaluate(_WORDS)

    named = [word for word in words if word["kind"] in {"compass-name", "compass-number", "list"}]
    assert len(named) >= 120
    assert [word for word in words if word["size"] < LEAST_TYPE[size["width"]] - 0.05 and word in named] == []
    assert [word for word in named if word["left"] < 0 or word["right"] > size["width"]] == []
    assert [(a["text"], b["text"]) for a, b in combinations(named, 2) if overlap(a, b)] == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_each_city_is_one_stop_of_the_keyboard(directory: Callable[..., Page], size: dict[str, int]) -> None:
    assert directory(size).evaluate(_STOPS) == 120


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_keyboard_goes_clockwise_and_opens_a_city(directory: Callable[..., Page], size: dict[str, int]) -> None:
    page = directory(size)
    links = page.locator(".compass__dials a:visible")
    first, second = links.nth(0).get_attribute("href"), links.nth(1).get_attribute("href")
    page.evaluate("document.querySelector('#compass').tabIndex = -1; document.querySelector('#compass').focus()")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    stop = page.evaluate("document.activeElement.getAttribute('href')")
    outline = page.evaluate(_OUTLINE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")

    assert (first != second, stop, outline) == (True, second, "solid")


def test_dark_devices_change_nothing_and_paper_keeps_the_shapes(directory: Callable[..., Page]) -> None:
    """Words have a colour of their own wherever the drawing has a ground of its own."""
    page = directory(DESK, color_scheme="dark")
    colour = "element => getComputedStyle(element).fill"
    names, sea = page.locator(".compass-name").first, page.locator(".compass__dials .compass-sea").first

    assert (names.evaluate(colour), sea.evaluate(colour)) == ("rgb(33, 29, 26)", "rgb(250, 247, 242)")
    page.emulate_media(media="print")
    sister, friendly = page.locator("circle.compass-mark").first, page.locator(".compass-mark--friendly").first
    assert (sister.evaluate(colour), friendly.evaluate(colour)) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
