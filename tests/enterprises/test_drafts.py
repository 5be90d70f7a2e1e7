"""Who may begin a draft, and how long it can be changed."""

import pytest

from enterprises import kinds
from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.models import ServiceRequest
from shenyang_fao.core.errors import NotNow
from tests.cast import THIRD_COMPANY, pending_company, person

S = RequestState


def test_an_unverified_company_files_nothing(cast):
    newcomer = person("new@example.com")
    company = pending_company(owner=newcomer, data=THIRD_COMPANY)

    with pytest.raises(NotNow):
        requests.begin(kinds.find("invitation"), company=company, by=newcomer)


def test_a_saved_step_is_noted_once(cast, invitation_draft):
    requests.save_step(invitation_draft.pk, step="purpose", by=cast.owner)

    assert ServiceRequest.objects.get(pk=invitation_draft.pk).saved_steps == [
        "purpose",
        "itinerary",
        "invitees",
        "papers",
    ]


@pytest.mark.parametrize("state", [S.SUBMITTED, S.ACCEPTED, S.REVIEWED, S.APPROVED, S.REFUSED, S.WITHDRAWN])
def test_what_was_handed_in_is_no_longer_changed(cast, request_in, state):
    with pytest.raises(NotNow):
        requests.save_step(request_in(state).pk, step="purpose", by=cast.owner)


def test_a_returned_request_can_be_changed_again(cast, request_in):
    request = request_in(S.RETURNED)

    assert requests.save_step(request.pk, step="purpose", by=cast.owner) is None
