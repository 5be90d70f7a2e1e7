"""The cast as fixtures; who they are stands in `tests/cast.py`."""

from collections.abc import Callable

import pytest

from enterprises.enums import RequestState
from enterprises.models import ServiceRequest
from tests.cast import Cast, assemble, bring_to, complete_invitation


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
