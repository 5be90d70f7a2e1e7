"""The cast as fixtures; who they are stands in `tests/cast.py`."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.invitations import closing
from enterprises.models import ServiceRequest
from tests.cast import Cast, assemble, bring_to, complete_invitation, work_off


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, and the two verified companies."""
    return assemble()


@pytest.fixture
def invitation_draft(cast: Cast) -> ServiceRequest:
    """The owner's complete draft with four invitees and all papers."""
    return complete_invitation(cast.company, by=cast.owner)


@pytest.fixture
def request_in(cast: Cast) -> Callable[[RequestState], ServiceRequest]:
    """A function that makes a complete request with one invitee and brings it to a state."""

    def make(state: RequestState) -> ServiceRequest:
        return bring_to(state, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)

    return make


@pytest.fixture
def state_made(
    cast: Cast, request_in: Callable[[RequestState], ServiceRequest]
) -> Callable[[RequestState], ServiceRequest]:
    """Like ``request_in``, and also for the states that only the system brings about."""

    def make(state: RequestState) -> ServiceRequest:
        if state == RequestState.LAPSED:
            case = request_in(RequestState.RETURNED)
            case.corrections.update(deadline_on=timezone.localdate() - timedelta(days=1))
            requests.lapse(case.pk, by=None)
        elif state in (RequestState.ISSUED, RequestState.CLOSED):
            case = request_in(RequestState.APPROVED)
            work_off()
            if state == RequestState.CLOSED:
                closing.report(case.pk, reports=[], is_cancelled=True, note="Postponed.", by=cast.owner)
        else:
            return request_in(state)
        return ServiceRequest.objects.get(pk=case.pk)

    return make
