"""The three kinds of people at the portal, and what each does there, through pages only.

They need nothing but a browser's page and an address, so that the tests and `tests/e2e/take_screenshots.py` share them.
Visitors and companies read English, officers Chinese.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.answers import (
    GUESTS,
    PASSPORT_EXPIRES_ON,
    PLACES,
    PLANS,
    PURPOSE,
    PURPOSE_CHOICES,
    Guest,
    day,
)

PATIENCE_SECONDS = 45


@dataclass
class Person:
    """Somebody before a browser. ``site`` is the portal's address without a slash at its end."""

    page: Page
    site: str
    email: str = ""
    password: str = ""

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}", wait_until="domcontentloaded")

    def signs_in(self, *, button: str) -> None:
        self.page.locator("input[name=login]").fill(self.email)
        self.page.locator("input[name=password]").fill(self.password)
        self.presses(button)

    def presses(self, name: str) -> None:
        self.page.locator("main, #content").get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", name=text).first).to_be_visible()

    def field(self, label: str) -> Locator:
        """The control with this label; what may be left empty says so behind it."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\((optional|选填)\)|（选填）)?\s*$"))

    def fills_in(self, answers: Mapping[str, str]) -> None:
        for label, text in answers.items():
            self.field(label).fill(text)

    def chooses(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_role("radio", name=label, exact=True).check()

    def closes_the_window(self) -> None:
        """One person less before the server."""
        self.page.context.close()


class Visitor(Person):
    """Anybody, without an account."""

    def signs_up(self) -> None:
        self.opens("/en/enterprises/")
        self.follows("Sign in and begin")
        self.follows("Create an account")
        self.fills_in({"Your name": "Wang Min"})
        self.page.locator("input[name=email]").fill(self.email)
        for name in ("password1", "password2"):
            self.page.locator(f"input[name={name}]").fill(self.password)
        self.presses("Create the account")
        self.sees("We have sent you an e-mail.")

    def confirms_the_address(self, mail: str) -> None:
        link = re.search(r"https?://\S+confirm-email\S+", mail)
        assert link, mail
        self.page.goto(link.group())
        self.presses("Yes, confirm")

    def verifies_by_code(self, address: str) -> None:
        """Open what the QR code of a letter says."""
        self.page.goto(address)

    def verifies_by_file(self, path: Path) -> None:
        self.opens("/en/letters/verify/")
        self.field("The letter as a PDF file").set_input_files(path)
        self.presses("Examine the file")

    def changes_language(self, name: str) -> None:
        self.page.locator(".tools").get_by_role("link", name=name).click()


class Company(Visitor):
    """Who files for a company."""

    def registers(self, answers: Mapping[str, str], *, licence: Path) -> None:
        self.opens("/en/company/")
        self.follows("Start the registration")
        self.fills_in(answers)
        self.field("Business licence").set_input_files(licence)
        self.presses("Hand in the registration")
        self.sees("We have received your registration.")

    def starts_a_request(self) -> None:
        self.opens("/en/company/requests/new/invitation/")
        self.presses("Start")

    def fills_in_the_form(self, *, scan: Path, guests: tuple[Guest, ...] = GUESTS) -> None:
        """Every step of a fresh draft, up to the page that shows all answers."""
        self.gives_the_purpose()
        self.plans_the_days()
        for guest in guests:
            self.adds(guest)
        self.presses("Save and continue")
        self.hands_over_papers(scan)
        self.sees_heading("Check your answers")

    def gives_the_purpose(self) -> None:
        self.chooses(*PURPOSE_CHOICES)
        self.fills_in(PURPOSE)
        self.page.get_by_role("checkbox").check()
        self.presses("Save and continue")

    def plans_the_days(self) -> None:
        self.fills_in({"Day of arrival": day(1), "Day of departure": day(7), "Days of stay": "7"} | PLACES)
        self.presses("Add a row")
        for row, (on, plan) in enumerate(zip((day(1), day(4)), PLANS, strict=True)):
            self.page.locator(f"[name=days-{row}-on]").fill(on)
            self.page.locator(f"[name=days-{row}-plan]").fill(plan)
        self.presses("Save and continue")

    def adds(self, guest: Guest) -> None:
        self.follows("Add an invitee")
        self.describes(guest)
        self.presses("Save this invitee")
        self.sees(f"Saved: {guest.full_name}")

    def describes(self, guest: Guest) -> None:
        self.fills_in(guest.answers | {"Passport expires on": PASSPORT_EXPIRES_ON})
        self.chooses(guest.sex)
        nationality, visa_post = guest.countries
        self.field("Nationality").select_option(label=nationality)
        self.field("Country or region where the visa is applied for").select_option(label=visa_post)

    def hands_over_papers(self, scan: Path) -> None:
        fields = self.page.locator("main input[type=file]")
        for index in range(fields.count()):
            fields.nth(index).set_input_files(scan)
        self.page.get_by_role("checkbox").check()
        self.presses("Save and continue")

    def hands_in(self) -> str:
        """Submit; return the number of the request."""
        self.presses("Hand in the request")
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(re.compile(r"^SYFAO-INV-\d{4}-\d{6}$"))
        return heading.inner_text()

    def opens_the_request(self, number: str) -> None:
        self.opens(f"/en/company/requests/{number}/")

    def hands_in_again(self) -> None:
        self.presses("Hand in again")
        self.page.wait_for_url("**/company/requests/SYFAO-**")

    def waits_for_the_letter(self, number: str) -> None:
        """Look again and again until the letter is there."""
        end = time.monotonic() + PATIENCE_SECONDS
        self.opens_the_request(number)
        while not self.page.get_by_role("link", name="Download the letter (PDF)").count():
            assert time.monotonic() < end, "no letter came"
            time.sleep(0.3)
            self.page.reload()

    def downloads_the_letter(self, folder: Path) -> Path:
        with self.page.expect_download() as download:
            self.follows("Download the letter (PDF)")
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


class Officer(Person):
    """Who works in the back office, in Chinese."""

    def enters(self) -> None:
        self.opens("/admin/")
        self.signs_in(button="登录")
        self.page.wait_for_url("**/admin/")

    def opens_the_company(self, name: str) -> None:
        self.opens("/admin/enterprises/company/")
        self.follows(name)

    def verifies_the_company(self, name: str) -> None:
        self.opens_the_company(name)
        self.presses("核验通过")
        self.sees("企业已通过核验。")

    def opens_the_case(self, number: str) -> None:
        self.opens("/admin/enterprises/servicerequest/")
        self.follows(number)

    def returns(self, reasons: Mapping[str, str], *, kept: Mapping[str, str] | None = None) -> None:
        """Return the open case; ``reasons`` says what is wrong at which place, ``kept`` likewise in the office's usual words."""
        self.page.locator("summary", has_text="退回补正").click()
        for row, (place, reason) in enumerate(reasons.items()):
            self.page.locator(f"[name=items-{row}-place]").select_option(label=place)
            self.page.locator(f"[name=items-{row}-reason]").fill(reason)
        for row, (place, words) in enumerate((kept or {}).items(), len(reasons)):
            self.page.locator(f"[name=items-{row}-place]").select_option(label=place)
            self.page.locator(f"[name=items-{row}-kept]").select_option(label=words)
        self.presses("退回补正")
        self.sees("申请已退回补正。")

    def accepts(self) -> None:
        self.presses("受理")
        self.sees("申请已受理。")

    def passes_first_review(self) -> None:
        self.presses("初审通过")
        self.sees("初审已通过。")

    def finds_no_button_to_sign_off(self) -> None:
        expect(self.page.get_by_role("button", name="签发")).to_have_count(0)

    def signs_off(self) -> None:
        self.presses("签发")
        self.sees("申请已签发，函件正在制作。")
