"""The whole journey: from no account to a letter that anybody can verify; three kinds of people, two languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from shenyang_fao.accounts.enums import Role
from tests.e2e import letters
from tests.e2e.answers import COMPANY, GUESTS, JUERGEN
from tests.e2e.people import Company, Officer, Visitor

REASONS = {
    "Größmann-Öztürk Jürgen": "职务请写全称。",
    "加盖公章的企业申请函": "公函缺少公章。",
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def portal(live_server, celery_worker) -> str:
    """The portal with its worker; the addresses that mails and letters carry lead here (`tests/engines.py`)."""
    assert live_server.url == django_settings.SITE_URL
    return live_server.url


def test_from_no_account_to_a_letter_that_anybody_can_verify(
    portal: str,
    company: Company,
    visitor: Visitor,
    officer_in: Callable[[Role], Officer],
    scan: Path,
    tmp_path: Path,
) -> None:
    company.signs_up()
    company.confirms_the_address(mail.outbox[-1].body)
    company.registers(COMPANY, licence=scan)
    reception = officer_in(Role.RECEPTION)
    reception.verifies_the_company(COMPANY["Name in Chinese"])

    company.starts_a_request()
    company.fills_in_the_form(scan=scan)
    number = company.hands_in()
    assert number == f"SYFAO-INV-{timezone.localdate().year}-000001"

    reception.opens_the_case(number)
    reception.returns(REASONS)
    correct_as_asked(company, number, scan)
    reception.opens_the_case(number)
    reception.accepts()

    reviewer = officer_in(Role.REVIEWER)
    reviewer.opens_the_case(number)
    reviewer.passes_first_review()
    reviewer.finds_no_button_to_sign_off()
    approver = officer_in(Role.APPROVER)
    approver.opens_the_case(number)
    approver.signs_off()

    company.waits_for_the_letter(number)
    assert_a_mail_leads_to(f"{portal}/en/company/requests/{number}/")
    letter = company.downloads_the_letter(tmp_path)

    assert_signed_as_a_whole(letter)
    assert_everybody_is_named(letter)
    assert_its_code_leads_to_a_valid_letter(visitor, letter, portal)
    assert_only_the_very_file_is_genuine(visitor, letter)


def correct_as_asked(company: Company, number: str, scan: Path) -> None:
    company.opens_the_request(number)
    for reason in REASONS.values():
        company.sees(reason)
    company.page.get_by_role("link", name=f"Invitees · {JUERGEN.full_name}").click()
    company.fills_in({"Job title": "Managing director and chief engineer"})
    company.presses("Save this invitee")
    company.opens_the_request(number)
    company.follows("Correct the request")
    company.page.get_by_role("link", name=re.compile(r"^Change.*Papers$")).click()
    company.field("Sealed request on the company's letterhead").set_input_files(scan)
    company.presses("Save and continue")
    company.hands_in_again()
    company.sees("Submitted")


def assert_a_mail_leads_to(address: str) -> None:
    """The worker writes its mails into a folder, and the company reads English."""
    mails = [path.read_text() for path in django_settings.EMAIL_FILE_PATH.glob("*")]
    assert [text for text in mails if address in text and "has been issued" in text]


def assert_signed_as_a_whole(letter: Path) -> None:
    status = letters.off_the_loop(letters.validate, letter)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"


def assert_everybody_is_named(letter: Path) -> None:
    text = letters.text_of(letter)
    assert [name for guest in GUESTS for name in guest.names if name not in text] == []


def assert_its_code_leads_to_a_valid_letter(visitor: Visitor, letter: Path, portal: str) -> None:
    address = letters.qr_code_of(letter)
    assert address.startswith(f"{portal}/")
    visitor.verifies_by_code(address)
    visitor.sees_heading("This letter is valid")
    visitor.changes_language("简体中文")
    visitor.sees_heading("该邀请函有效")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert all(guest.answers["Passport number"] not in visitor.page.content() for guest in GUESTS)


def assert_only_the_very_file_is_genuine(visitor: Visitor, letter: Path) -> None:
    visitor.verifies_by_file(letter)
    visitor.sees_heading("This file is genuine")
    visitor.verifies_by_file(letters.with_one_byte_changed(letter))
    visitor.sees_heading("This file is not a genuine letter")
