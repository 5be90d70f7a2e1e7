"""Two hundred races on real PostgreSQL: sign-off, alone and in bulk, withdrawal, return and revocation have one winner each."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.db import connection
from django.utils import timezone

from enterprises.actions import bulk, requests
from enterprises.actions.corrections import Item
from enterprises.actions.moves import mark_of
from enterprises.enums import RequestState, SignOffOutcome
from enterprises.invitations import letters, workflow
from enterprises.invitations.enums import LetterState
from enterprises.models import BulkSignOffItem, Invitation, Letter, RequestEvent, ServiceRequest
from enterprises.querysets import ServiceRequestQuerySet
from shenyang_fao.core import mail, outbox
from shenyang_fao.core.errors import NotNow
from tests.cast import Cast, assemble, picture

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, CONTROLS, RIVALS = 200, 10, 4
S = RequestState
Race = Callable[..., list[Any]]


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast; no doorbell rings, and letters of empty visits are numbered and frozen all the same."""
    monkeypatch.setattr(outbox, "ring", lambda *args: None)
    monkeypatch.setattr(workflow, "missing_in", lambda texts: [])
    return assemble()


@pytest.fixture
def race() -> Iterator[Race]:
    """A function that starts every work at the same moment, each in a thread with a connection of its own."""
    start = threading.Barrier(RIVALS)

    def run(work: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return work()
        except NotNow as refusal:
            return refusal

    with ThreadPoolExecutor(RIVALS) as pool:
        yield lambda *works: list(pool.map(run, works))
        # Each thread closes its own connection.
        list(pool.map(lambda _turn: (start.wait(10), connection.close()), range(RIVALS)))


def reviewed(cast: Cast, count: int) -> list[ServiceRequest]:
    """So many requests with a visit and nobody invited, brought to the end of the first review by plain updates."""
    now, arrival = timezone.now(), timezone.localdate() + timedelta(days=30)
    made = ServiceRequest.objects.bulk_create(
        ServiceRequest(kind="invitation", company=cast.company, created_by=cast.owner, number=f"T-{uuid4().hex[:12]}")
        for _number in range(count)
    )
    dates = {"arrival_on": arrival, "departure_on": arrival + timedelta(days=3), "stay_days": 4}
    texts = {f"{name}_{column}": "x" for name in ("reason", "relation", "places") for column in ("zh_hans", "en")}
    Invitation.objects.bulk_create(Invitation(request=request, **dates, **texts) for request in made)
    clock = {"submitted_at": now, "clock_started_on": now.date(), "due_on": arrival}
    for state in (S.SUBMITTED, S.ACCEPTED, S.REVIEWED):
        ServiceRequest.objects.update(state=state, **clock)
    ServiceRequest.objects.update(accepted_by=cast.reception, reviewed_by=cast.reviewer)
    return list(ServiceRequest.objects.order_by("pk"))


def promised(case: ServiceRequest, cast: Cast) -> BulkSignOffItem:
    """The item of a bulk sign-off that asks for this request."""
    return bulk.begin([(case.pk, mark_of(case))], key=uuid4(), by=cast.approver).items.get()


def rivals(case: ServiceRequest, cast: Cast) -> list[Callable[[], Any]]:
    item, papers = promised(case, cast), [Item("papers", "No seal.")]
    return [
        lambda: requests.approve(case.pk, by=cast.approver),
        lambda: requests.withdraw(case.pk, by=cast.owner),
        lambda: requests.send_back(case.pk, items=papers, by=cast.reception),
        lambda: bulk.carry_out(item.pk, by=None),
    ]


def winners(case: ServiceRequest) -> int:
    """How many left the state in which all of them began."""
    return RequestEvent.objects.filter(request=case, from_state=S.REVIEWED).count()


def test_of_sign_off_withdrawal_and_return_one_wins_in_each_of_two_hundred_races(everybody: Cast, race: Race) -> None:
    found = []
    for turn, case in enumerate(reviewed(everybody, ROUNDS)):
        works = rivals(case, everybody)
        race(*works[turn % RIVALS :], *works[: turn % RIVALS])
        found.append(winners(case))

    signed = ServiceRequest.objects.filter(state=S.APPROVED).count()
    assert found == [1] * ROUNDS
    assert Letter.objects.count() == signed
    assert not BulkSignOffItem.objects.filter(outcome=SignOffOutcome.WAITING).exists()


def test_with_the_lock_off_some_races_have_two_winners(
    everybody: Cast, race: Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: nobody waits for anybody, and between reading and writing lies a moment."""
    monkeypatch.setattr(ServiceRequestQuerySet, "select_for_update", lambda self, **options: self.all())
    save = ServiceRequest.save

    def save_late(self: ServiceRequest, *args: Any, **options: Any) -> None:
        time.sleep(0.02)
        with pgtrigger.ignore("enterprises.ServiceRequest:state_graph"):
            save(self, *args, **options)

    found = []
    for case in reviewed(everybody, CONTROLS):
        withdraw, send_back = rivals(case, everybody)[1:3]
        monkeypatch.setattr(ServiceRequest, "save", save_late)
        race(withdraw, send_back, lambda: None, lambda: None)
        monkeypatch.setattr(ServiceRequest, "save", save)
        found.append(winners(case))

    assert max(found) == 2


def issued(cast: Cast, count: int) -> list[Letter]:
    """So many letters in force; their files are one small picture."""
    file = picture(by=cast.owner)
    for case in reviewed(cast, count):
        requests.approve(case.pk, by=cast.approver)
        requests.issue(ServiceRequest.objects.get(pk=case.pk))
        letter = Letter.objects.get(request=case)
        context = {"letter": letter, "request_row": case, "user": cast.owner, "site_url": ""}
        template, to = "enterprises/mail/letter_issued.txt", cast.owner.email
        notice = mail.queue_mail(key=f"t:{letter.pk}", to=to, language="en", template=template, context=context)
        Letter.objects.filter(pk=letter.pk).update(
            state=LetterState.ISSUED, signed=file, issued_at=timezone.now(), notice=notice
        )
    return list(Letter.objects.order_by("pk"))


def test_of_four_revocations_one_wins_in_each_race(everybody: Cast, race: Race) -> None:
    def revoke(letter: Letter) -> Callable[[], Any]:
        return lambda: letters.revoke(letter.pk, reason="x", by=everybody.approver)

    found = [race(*[revoke(letter)] * RIVALS).count(None) for letter in issued(everybody, ROUNDS // 4)]

    assert found == [1] * (ROUNDS // 4)
