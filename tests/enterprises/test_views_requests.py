"""The list of requests, the page of one, its papers and its letter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.models import Message
from shenyang_fao.core.models import ViewRecord
from tests.cast import complete_invitation, draft, work_off
from tests.enterprises.guided import PURPOSE, step_url, text_of

S = RequestState


@pytest.fixture
def owner(client, cast):
    client.force_login(cast.owner)
    return client


def page_of(case):
    return reverse("enterprises:request", args=[case.number])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", [S.SUBMITTED, S.ACCEPTED, S.RETURNED, S.REVIEWED, S.APPROVED, S.REFUSED])
def test_a_request_is_shown_in_every_state_and_language(owner, request_in, state, language):
    case = request_in(state)

    response = owner.get(f"/{language}/company/requests/{case.number}/")

    assert response.status_code == 200
    assert case.number in text_of(response)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_the_form_in_both_languages(owner, invitation_draft, language):
    pages = ["company/", "company/register/", "company/requests/", "company/requests/new/invitation/"]
    steps = ["purpose", "itinerary", "invitees", "invitees/new", "papers", "check"]
    pages += [f"company/requests/drafts/{invitation_draft.key}/{step}/" for step in steps]

    answers = [owner.get(f"/{language}/{page}").status_code for page in pages]

    assert answers == [200, 302] + [200] * 8


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_at_thirty_rows_as_at_one(owner, cast):
    address, counts = reverse("enterprises:request_list"), []

    for wanted in (1, 3, 30):
        while cast.company.requests.count() < wanted:
            draft(cast.company, by=cast.owner)
        counts.append(queries(owner, address))

    assert counts[0] == counts[1] == counts[2]


def test_the_list_shows_only_ones_own(client, cast, request_in):
    case = request_in(S.SUBMITTED)
    client.force_login(cast.outsider)

    assert case.number not in text_of(client.get(reverse("enterprises:request_list")))


def test_another_companys_number_is_not_found(client, cast, request_in):
    case = request_in(S.SUBMITTED)
    paper = case.papers.first()
    client.force_login(cast.outsider)
    addresses = [
        page_of(case),
        reverse("enterprises:withdraw", args=[case.number]),
        reverse("enterprises:letter", args=[case.number]),
        reverse("enterprises:paper", args=[paper.file.key]),
        reverse("enterprises:paper_remove", args=[paper.file.key]),
    ]

    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post(page_of(case), {"body": "Hello"}).status_code == 404
    assert not Message.objects.exists()


def test_opening_a_paper_is_recorded(owner, cast, request_in):
    paper = request_in(S.SUBMITTED).papers.first()

    response = owner.get(reverse("enterprises:paper", args=[paper.file.key]))

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert ViewRecord.objects.get().by_id == cast.owner.pk
    response.close()


def test_there_is_no_letter_before_it_is_issued(owner, request_in):
    case = request_in(S.APPROVED)

    assert owner.get(reverse("enterprises:letter", args=[case.number])).status_code == 404


def test_the_issued_letter_is_downloaded(owner, request_in):
    case = request_in(S.APPROVED)
    work_off()

    page = text_of(owner.get(page_of(case)))
    response = owner.get(reverse("enterprises:letter", args=[case.number]))

    assert reverse("enterprises:letter", args=[case.number]) in page
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response).startswith(b"%PDF-")
    response.close()


def test_a_message_reaches_the_office(owner, request_in):
    case = request_in(S.ACCEPTED)

    owner.post(page_of(case), {"body": "May the guests arrive a day earlier?"})

    assert not Message.objects.get().is_from_office
    assert "May the guests arrive a day earlier?" in text_of(owner.get(page_of(case)))


def test_an_empty_message_is_said(owner, request_in):
    response = owner.post(page_of(request_in(S.ACCEPTED)), {"body": " "})

    assert "body" in response.context["form"].errors


def test_withdrawing_asks_first(owner, request_in):
    case = request_in(S.SUBMITTED)
    address = reverse("enterprises:withdraw", args=[case.number])

    owner.get(address)
    case.refresh_from_db()
    before = case.state
    owner.post(address)

    case.refresh_from_db()
    assert (before, case.state) == (S.SUBMITTED, S.WITHDRAWN)


def test_what_is_decided_is_not_withdrawn(owner, request_in):
    case = request_in(S.APPROVED)

    response = owner.post(reverse("enterprises:withdraw", args=[case.number]), follow=True)

    assert response.status_code == 200
    case.refresh_from_db()
    assert case.state == S.APPROVED


def test_corrections_lead_to_their_step_and_row(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=2)
    requests.submit(case.pk, by=cast.owner)
    guest = case.invitation.invitees.last()
    items = [
        requests.Item("purpose", "Say more about the machine."),
        requests.Item("invitees", "Wrong employer.", guest.pk),
    ]
    requests.send_back(case.pk, items=items, by=cast.reception)
    case.refresh_from_db()

    page = text_of(owner.get(page_of(case)))

    assert step_url(case, "purpose") in page
    assert step_url(case, "invitees", guest.pk) in page
    assert "Say more about the machine." in text_of(owner.get(step_url(case, "purpose")))
    assert "Wrong employer." in text_of(owner.get(step_url(case, "invitees", guest.pk)))
    assert "Say more" not in text_of(owner.get(step_url(case, "itinerary")))


def test_a_corrected_request_is_handed_in_again_under_its_number(owner, request_in):
    case = request_in(S.RETURNED)
    number = case.number

    saved = owner.post(step_url(case, "purpose"), PURPOSE | {"reason_en": "Corrected purpose"})
    owner.post(step_url(case, "check"))

    case.refresh_from_db()
    assert saved.url == step_url(case, "check")
    assert (case.state, case.number) == (S.SUBMITTED, number)
    assert not case.corrections.filter(answered_at__isnull=True).exists()
