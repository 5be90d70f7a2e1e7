"""Makes the pictures of the README from a portal that was started with `make run` on an empty data folder.

    .venv/bin/python -m tests.e2e.take_screenshots [ADDRESS] [DATA FOLDER]

The demonstration people walk the journey once, in the same words as the browser test; the pictures go to docs/screenshots/.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import launch_arguments
from tests.e2e.answers import ELENA, JUERGEN, MIN_JUN
from tests.e2e.people import Company, Officer

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "screenshots"
# The letters' own fonts, so that every script is drawn on every machine.
FONTS = ("pylopdf_fonts_zh_cn", "pylopdf_fonts_ko", "fontpkg_noto_serif")
COLOURS = 128
DESK, PHONE = {"width": 1440, "height": 1000}, {"width": 375, "height": 812}


def main(site: str = "http://127.0.0.1:8000", data: str = ".data") -> None:
    """Walk the journey and take the pictures."""
    sign_ins = dict(line.split() for line in (ROOT / data / "sign-ins.txt").read_text().splitlines())
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        public(chromium, site)
        walk(chromium, site, sign_ins, Path(folder))


def public(chromium: Browser, site: str) -> None:
    for name, size in (("home-zh", DESK), ("mobile-zh", PHONE)):
        page = window(chromium, "zh-CN", size)
        page.goto(f"{site}/zh-hans/")
        take(page, name)
        page.context.close()


def walk(chromium: Browser, site: str, sign_ins: dict[str, str], folder: Path) -> None:
    """From the first step of the form to the letter."""

    def officer(role: str) -> Officer:
        email = f"{role}@example.org"
        found = Officer(window(chromium, "zh-CN", DESK), site, email, sign_ins[email])
        found.enters()
        return found

    company = Company(window(chromium, "en-GB", DESK), site, "company@example.org", sign_ins["company@example.org"])
    company.opens("/en/accounts/login/")
    company.signs_in(button="Sign in")
    company.page.wait_for_url("**/company/requests/")
    number = file_a_request(company, folder)
    for role, act in (("reception", Officer.accepts), ("reviewer", Officer.passes_first_review)):
        person = officer(role)
        person.opens_the_case(number)
        act(person)
    approver = officer("approver")
    approver.opens_the_case(number)
    take(approver.page, "case-zh")
    approver.signs_off()
    company.waits_for_the_letter(number)
    letter = company.downloads_the_letter(folder)
    with pypdfium2.PdfDocument(letter) as document:
        save(document[0].render(scale=1.5).to_pil(), "letter")


def file_a_request(company: Company, folder: Path) -> str:
    scan = folder / "scan.png"
    Image.new("RGB", (600, 420), "white").save(scan)
    company.starts_a_request()
    company.gives_the_purpose()
    company.plans_the_days()
    company.follows("Add an invitee")
    company.describes(ELENA)
    company.page.evaluate("window.scrollTo(0, 0)")
    take(company.page, "form-en")
    company.presses("Save this invitee")
    # With a fourth guest the seal would stand on a second page.
    for guest in (JUERGEN, MIN_JUN):
        company.adds(guest)
    company.presses("Save and continue")
    company.hands_over_papers(scan)
    return company.hands_in()


def take(page: Page, name: str) -> None:
    """Take what the window shows."""
    path = PICTURES / f"{name}.png"
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    with Image.open(path) as picture:
        save(picture, name)


def save(picture: Image.Image, name: str) -> None:
    """Write a picture small: pages have few colours."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def window(chromium: Browser, locale: str, size: dict[str, int]) -> Page:
    return chromium.new_context(locale=locale, timezone_id="Asia/Shanghai", viewport=size).new_page()


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that has the letters' fonts beside those of the machine."""
    folders = [Path(spec.origin).parent for name in FONTS if (spec := find_spec(name)) and spec.origin]
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as config, sync_playwright() as playwright:
        config.write("<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>")
        config.write("".join(f"<dir>{folder}</dir>" for folder in folders) + "</fontconfig>")
        config.flush()
        options = launch_arguments(playwright.chromium.executable_path)
        yield playwright.chromium.launch(**options, env=os.environ | {"FONTCONFIG_FILE": config.name})


if __name__ == "__main__":
    main(*sys.argv[1:])
