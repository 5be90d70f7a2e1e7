"""What goes wrong in the middle: a session that ends, a finger that clicks twice, a browser without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from enterprises.enums import RequestState
from enterprises.models import Letter, ServiceRequest
from tests.cast import Cast, bring_to, complete_invitation, draft, work_off
from tests.e2e.answers import PURPOSE, PURPOSE_CHOICES
from tests.e2e.conftest import NewPage
from tests.e2e.letters import off_the_loop
from tests.e2e.people import Company, Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_session_that_ends_in_the_middle_of_a_step_loses_nothing(
    owner_in: Callable[..., Company], cast: Cast
) -> None:
    case, owner = draft(cast.company, by=cast.owner), owner_in()
    owner.opens(f"/en/company/requests/drafts/{case.key}/purpose/")
    owner.fills_in(PURPOSE)
    owner.page.context.clear_cookies(name="sessionid")

    owner.presses("Save and continue")
    owner.sees("Your session has ended.")
    owner.signs_in(button="Sign in")

    owner.sees("We kept what you typed.")
    for label, text in PURPOSE.items():
        expect(owner.field(label)).to_have_value(text)


def test_a_double_click_hands_in_one_request(owner_in: Callable[..., Company], cast: Cast) -> None:
    case, owner = complete_invitation(cast.company, by=cast.owner, invitees=1), owner_in()
    owner.opens(f"/en/company/requests/drafts/{case.key}/check/")

    owner.page.get_by_role("button", name="Hand in the request").dblclick()

    expect(owner.page.get_by_role("heading", level=1)).to_have_text(re.compile(r"-000001$"))
    assert list(ServiceRequest.objects.values_list("state", flat=True)) == [RequestState.SUBMITTED]


def test_a_second_tab_hands_in_nothing_more(owner_in: Callable[..., Company], cast: Cast) -> None:
    case, owner = complete_invitation(cast.company, by=cast.owner, invitees=1), owner_in()
    address = f"/en/company/requests/drafts/{case.key}/check/"
    owner.opens(address)
    second = Company(owner.page.context.new_page(), owner.site)
    second.opens(address)

    owner.hands_in()
    second.presses("Hand in the request")

    second.sees("This request has been handed in")
    assert ServiceRequest.objects.get().events.filter(to_state=RequestState.SUBMITTED).count() == 1


def test_without_scripts_the_form_leads_on_and_shows_faults(owner_in: Callable[..., Company], cast: Cast) -> None:
    case, owner = draft(cast.company, by=cast.owner), owner_in(java_script_enabled=False)
    owner.opens(f"/en/company/requests/drafts/{case.key}/purpose/")

    owner.presses("Save and continue")
    owner.sees("Please correct the following")
    owner.chooses(*PURPOSE_CHOICES)
    owner.fills_in(PURPOSE)
    owner.page.get_by_role("checkbox").check()
    owner.presses("Save and continue")

    owner.sees_heading("Itinerary")


def test_without_scripts_a_letter_can_be_verified(new_page: NewPage, live_server, cast: Cast) -> None:
    off_the_loop(issue_a_letter, cast)
    visitor = Visitor(new_page("zh-CN", java_script_enabled=False), live_server.url)
    visitor.opens("/zh-hans/letters/verify/")

    visitor.fills_in({"核验码": Letter.objects.get().code.upper()})
    visitor.presses("查询")

    visitor.sees_heading("该邀请函有效")


def issue_a_letter(cast: Cast) -> None:
    bring_to(RequestState.APPROVED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    work_off()
