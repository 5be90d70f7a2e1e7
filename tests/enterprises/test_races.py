"""Two verbs at the same moment have one winner; with the lock off the race is real, and the database refuses it still."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pgtrigger
import pytest
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext

from enterprises.actions import requests
from enterprises.actions.corrections import Item
from enterprises.enums import RequestState
from enterprises.models import Letter, RequestEvent, ServiceRequest
from enterprises.querysets import ServiceRequestQuerySet
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import Counter
from tests.cast import Cast, assemble, bring_to, complete_invitation, officer

S = RequestState
ROUNDS = 5
Verb = Callable[[ServiceRequest], object]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def verbs(cast: Cast) -> dict[str, Verb]:
    items = [Item("papers", "No seal.")]
    return {
        "withdraw": lambda case: requests.withdraw(case.pk, by=cast.owner),
        "approve": lambda case: requests.approve(case.pk, by=cast.approver),
        "send back": lambda case: requests.send_back(case.pk, items=items, by=cast.reception),
        "refuse": lambda case: requests.refuse(case.pk, reason="No.", remedy="Anew.", by=cast.reception),
        "submit": lambda case: requests.submit(case.pk, by=cast.owner),
        "lapse": lambda case: requests.lapse(case.pk, by=None),
    }


def stands_in(state: RequestState, cast: Cast) -> ServiceRequest:
    case = bring_to(state, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    case.corrections.update(deadline_on=timezone.localdate() - timedelta(days=1))
    return case


def at_once(case: ServiceRequest, *chosen: Verb) -> list[object]:
    """Let every verb run in a thread of its own; return what each came to."""
    start, ends = threading.Barrier(len(chosen)), []

    def run(verb: Verb) -> None:
        try:
            start.wait(5)
            ends.append(verb(case))
        except (NotNow, Error) as refusal:
            ends.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in chosen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def moves_from(case: ServiceRequest, state: RequestState) -> list[str]:
    return list(RequestEvent.objects.filter(request=case, from_state=state).values_list("to_state", flat=True))


@pytest.mark.parametrize(
    ("state", "rivals"),
    [
        (S.REVIEWED, ("withdraw", "approve")),
        (S.REVIEWED, ("approve", "send back")),
        (S.REVIEWED, ("withdraw", "approve", "send back", "refuse")),
        (S.REVIEWED, ("approve", "approve")),
        (S.RETURNED, ("submit", "lapse")),
        (S.RETURNED, ("withdraw", "lapse")),
        (S.RETURNED, ("submit", "withdraw", "lapse", "lapse")),
    ],
    ids=str,
)
def test_one_verb_wins_and_the_others_are_told_so(cast: Cast, verbs: dict[str, Verb], state, rivals) -> None:
    for _round in range(ROUNDS):
        case = stands_in(state, cast)

        ends = at_once(case, *(verbs[name] for name in rivals))

        # A company may still withdraw what has just come back to it: that is a second journey, from another state.
        assert len(moves_from(case, state)) == 1
        assert [end for end in ends if isinstance(end, Error)] == []


def test_of_two_officers_who_sign_off_together_one_wins_and_the_other_is_told(cast: Cast) -> None:
    second = officer("second@example.com", Role.APPROVER)
    for round_ in range(1, ROUNDS + 1):
        case = stands_in(S.REVIEWED, cast)

        ends = at_once(case, *(lambda case, by=by: requests.approve(case.pk, by=by) for by in (cast.approver, second)))

        told = [str(end) for end in ends if end is not None]
        signed_off = {"state": RequestState.APPROVED.label}
        assert told == [gettext("The request is %(state)s; this can no longer be done.") % signed_off]
        assert Letter.objects.filter(request=case).count() == 1
        assert Counter.objects.get(series="LTR").value == round_


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits for anybody, and both have read before either writes."""
    monkeypatch.setattr(ServiceRequestQuerySet, "select_for_update", lambda self, **options: self.all())
    both, save = threading.Barrier(2), ServiceRequest.save

    def save_together(self: ServiceRequest, *args: object, **options: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            both.wait(5)
        save(self, *args, **options)

    monkeypatch.setattr(ServiceRequest, "save", save_together)
    return


@pytest.mark.parametrize(("state", "rivals"), [(S.REVIEWED, ("withdraw", "refuse")), (S.RETURNED, ("submit", "lapse"))])
def test_the_race_is_real_without_lock_and_trigger(cast: Cast, verbs, no_lock, state, rivals) -> None:
    """The positive control: both verbs move the same request from the same state."""

    def unguarded(verb: Verb) -> Verb:
        def run(case: ServiceRequest) -> object:
            with pgtrigger.ignore("enterprises.ServiceRequest:state_graph"):
                return verb(case)

        return run

    case = stands_in(state, cast)

    at_once(case, *(unguarded(verbs[name]) for name in rivals))

    assert len(moves_from(case, state)) == 2


@pytest.mark.parametrize(("state", "rivals"), [(S.REVIEWED, ("withdraw", "refuse")), (S.RETURNED, ("submit", "lapse"))])
def test_without_the_lock_the_database_still_lets_one_win(cast: Cast, verbs, no_lock, state, rivals) -> None:
    case = stands_in(state, cast)

    ends = at_once(case, *(verbs[name] for name in rivals))

    assert len(moves_from(case, state)) == 1
    assert len([end for end in ends if isinstance(end, Error)]) == 1
