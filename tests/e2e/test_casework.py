"""What happens between the two desks after filing: correction, bulk sign-off, close-out; each side in its own language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from enterprises.enums import RequestState
from enterprises.models import ServiceRequest
from tests.cast import Cast, bring_to, complete_invitation
from tests.e2e.letters import off_the_loop
from tests.e2e.people import Company, Officer
from tests.enterprises.closed import TERM, visited
from tests.enterprises.corrected import kept

pytestmark = pytest.mark.django_db(transaction=True)
AtTheDesk = Callable[..., Officer]
OwnerIn = Callable[..., Company]
WRITTEN = {"邀请事由（英文）": "请写明商谈的设备。", "KIM MIN JUN": "职务请写全称。"}
KEPT = {"加盖公章的企业申请函": "未加盖公章。"}


def test_three_things_are_asked_in_chinese_mended_in_english_and_seen_as_changed(
    cast: Cast, at_the_desk: AtTheDesk, owner_in: OwnerIn, celery_worker: object, scan: Path
) -> None:
    kept()
    case = bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=2), cast)
    number = str(case.number)

    reception = at_the_desk(cast.reception)
    reception.opens_the_case(number)
    reception.returns(WRITTEN, kept=KEPT)

    owner = owner_in()
    owner.opens_the_request(number)
    for text in (*WRITTEN.values(), "The seal is missing."):
        owner.sees(text)
    mends_everything(owner, number, scan)
    owner.sees("3 of 3 mended")
    owner.follows("Correct the request")
    owner.hands_in_again()

    reception.opens_the_case(number)
    reception.sees("已修改 3 项，共 3 项")
    expect(reception.page.locator("#corrections ~ .bo-panel .bo-tag--ok")).to_have_text(["已修改"] * 3)
    assert "The seal is missing." in mail_to_the_company()


def mends_everything(owner: Company, number: str, scan: Path) -> None:
    """Follow each of the three links to its place and back."""
    owner.page.get_by_role("link", name="Purpose of the visit, in English").click()
    owner.fills_in({"Purpose of the visit, in English": "Acceptance of a five-axis machining centre, model V5."})
    owner.presses("Save and continue")
    owner.opens_the_request(number)
    owner.page.get_by_role("link", name="KIM MIN JUN").first.click()
    owner.fills_in({"Job title": "Chief engineer for control systems"})
    owner.presses("Save this invitee")
    owner.opens_the_request(number)
    owner.page.get_by_role("link", name="sealed request").first.click()
    owner.field("Sealed request on the company's letterhead").set_input_files(scan)
    owner.presses("Save and continue")
    owner.opens_the_request(number)


def mail_to_the_company() -> str:
    """What the worker has written to the company about the correction, in the language of its reader."""
    mails = [path.read_text() for path in django_settings.EMAIL_FILE_PATH.glob("*")]
    return next(mail for mail in mails if "correct" in mail and "To: owner@example.com" in mail)


def test_an_overdue_report_bars_new_requests_until_it_is_made(
    cast: Cast, at_the_desk: AtTheDesk, owner_in: OwnerIn
) -> None:
    case = off_the_loop(visited, cast, invitees=2, days_ago=TERM.days + 1)
    owner = owner_in()
    owner.opens("/en/company/")
    owner.sees("The report on one visit is overdue.")
    expect(owner.page.get_by_role("heading", name="New request")).to_have_count(0)

    owner.follows(f"Report on the visit · {case.number}")
    reports_on_two(owner, case)

    owner.sees("Close-out")
    owner.sees("Illness.")
    owner.opens("/en/company/")
    expect(owner.page.get_by_text("is overdue")).to_have_count(0)
    owner.sees_heading("New request")
    officer = at_the_desk(cast.reception)
    officer.opens_the_case(str(case.number))
    officer.sees("Illness.")
    officer.sees("已办结")


def reports_on_two(owner: Company, case: ServiceRequest) -> None:
    """The first guest came with the group, the second stayed away."""
    visit = case.invitation
    owner.chooses("It took place, with all guests or some of them")
    owner.fills_in(
        {
            "The group entered China on": visit.arrival_on.isoformat(),
            "The group left China on": visit.departure_on.isoformat(),
        }
    )
    first, second = visit.invitees.all()
    owner.page.locator(f"[name=guest-{first.pk}-came][value=yes]").check()
    owner.page.locator(f"[name=guest-{second.pk}-came][value=no]").check()
    owner.page.locator(f"[name=guest-{second.pk}-why]").fill("Illness.")
    owner.presses("Report and close the request")
    owner.page.wait_for_url(f"**/company/requests/{case.number}/")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_what_stays_ticked_is_signed_off_together(
    cast: Cast, at_the_desk: AtTheDesk, celery_worker: object, has_scripts: bool
) -> None:
    made = [complete_invitation(cast.company, by=cast.owner, invitees=1) for _number in range(3)]
    cases = [bring_to(RequestState.REVIEWED, case, cast) for case in made]
    approver = at_the_desk(cast.approver, java_script_enabled=has_scripts)
    approver.opens("/admin/enterprises/servicerequest/")
    if has_scripts:
        chooses_in_the_list(approver)
    else:
        approver.follows("批量签发待我签发的申请")
    approver.page.get_by_role("checkbox", name=str(cases[0].number)).uncheck()
    approver.presses("签发勾选的申请")

    # The page looks again by itself.
    approver.sees("已完成2项，共2项")
    states = dict(ServiceRequest.objects.values_list("pk", "state"))
    assert [states[case.pk] for case in cases] == [RequestState.REVIEWED, RequestState.ISSUED, RequestState.ISSUED]


def chooses_in_the_list(approver: Officer) -> None:
    """Tick all and choose the action in the bar of the list."""
    approver.page.locator("#action-toggle").check()
    approver.page.locator("select[name=action]").select_option(label="批量签发")
    approver.page.locator("button[name=index]").click()
