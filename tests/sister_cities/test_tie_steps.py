"""The buttons of a tie: its next steps, and publication."""

from datetime import date

import pytest

from tests.sister_cities.factories import make_tie
from tests.sister_cities.register_forms import (
    address,
    again,
    step_address,
)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("proposed", ["转入报批", "登记签署", "登记终止"]),
        ("under_approval", ["登记签署", "退回拟议", "登记终止"]),
        ("signed", ["标为休眠", "登记终止"]),
        ("dormant", ["恢复往来", "登记终止"]),
        ("ended", ["退回拟议", "恢复往来"]),
    ],
)
def test_the_page_of_a_tie_offers_its_next_steps(client, chinese, status, words):
    dates = {} if status in ("signed", "dormant", "ended") else {"signed_on": None, "signed_precision": ""}
    tie = make_tie(status=status, is_public=False, **dates)

    offered = [verb for _status, verb in client.get(address(tie)).context["next_steps"]]

    assert offered == words


def test_a_step_is_asked_for_and_taken(client, english):
    tie = make_tie(status="under_approval", is_public=False, signed_on=None, signed_precision="")
    door = step_address(tie, "signed")

    asked = client.get(door)
    refused = client.post(door, {"happened": "", "note": ""})
    taken = client.post(door, {"happened": "2001-05", "note": "Signed in Shenyang."})

    assert (asked.status_code, refused.context["form"].errors["happened"]) == (
        200, ["Give the date of signature, or say that it is not known."],
    )  # fmt: skip
    assert taken.url == address(tie)
    assert (again(tie).status, again(tie).signed_on, again(tie).signed_precision) == (
        "signed",
        date(2001, 5, 1),
        "month",
    )


def test_a_page_left_open_is_told_that_the_step_is_past(client, english):
    tie = make_tie()
    client.post(step_address(tie, "ended"), {"happened": "2001", "note": ""})

    late = client.post(step_address(tie, "dormant"), {"happened": "2002", "note": "Kept."})

    page = late.content.decode()
    assert "The tie is now “ended”; from there it cannot become “dormant”." in page
    assert "Kept." in page
    assert client.get(step_address(tie, "dormant")).url == address(tie)


@pytest.mark.parametrize(("status", "code"), [("nonsense", 404), ("signed", 302)])
def test_an_address_of_a_step_that_is_none_leads_nowhere(client, english, status, code):
    assert client.get(step_address(make_tie(), status)).status_code == code


def test_a_tie_is_published_and_taken_off_by_buttons(client, english):
    tie = make_tie(is_public=False)

    seen = []
    for door in ("publish", "publish", "unpublish", "unpublish"):
        client.post(address(tie, door))
        seen.append(again(tie).is_public)

    assert seen == [True, True, False, False]
    assert client.get(address(tie, "publish")).status_code == 405


def test_a_tie_on_weak_ground_says_what_is_missing_instead_of_a_button(client, english):
    tie = make_tie(is_public=False, level="unclear", source="", source_grade="")

    page = client.get(address(tie)).content.decode()
    answer = client.post(address(tie, "publish"), follow=True).content.decode()

    words = "Its level is not clear. It names no source. The weight of its source is not given."
    assert (words in page, address(tie, "publish") in page, words in answer) == (True, False, True)
    assert again(tie).is_public is False
