"""Many officers at once: a thousand letters have a thousand numbers without a gap, and each race has one winner."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from enterprises.enums import RequestState
from enterprises.invitations import amending, letters, workflow
from enterprises.invitations.enums import LetterState
from enterprises.models import Invitation, Letter, ServiceRequest
from shenyang_fao.core import numbering, outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import Counter, Promise
from tests.cast import Cast, assemble, bring_to, complete_invitation, work_off

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH = 50, 20


@pytest.fixture
def everybody() -> Cast:
    return assemble()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No doorbell: the letters of these tests are numbered and frozen, nobody makes their files."""
    monkeypatch.setattr(outbox, "ring", lambda *args: None)


def at_once(work: Callable[[Any], Any], subjects: list[Any]) -> list[Any]:
    """Do the work on each subject in a thread and on a connection of its own; what it raises is its result."""

    def alone(subject: Any) -> Any:
        try:
            return work(subject)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(subjects)) as pool:
        return list(pool.map(alone, subjects))


def empty_visits(cast: Cast, count: int) -> list[ServiceRequest]:
    """So many requests with a visit and nobody invited: enough for a letter to be numbered."""
    arrival = timezone.localdate() + timedelta(days=30)
    made = ServiceRequest.objects.bulk_create(
        ServiceRequest(kind="invitation", company=cast.company, created_by=cast.owner) for _ in range(count)
    )
    dates = {"arrival_on": arrival, "departure_on": arrival + timedelta(days=3), "stay_days": 4}
    texts = {f"{name}_{column}": "x" for name in ("reason", "relation", "places") for column in ("zh_hans", "en")}
    Invitation.objects.bulk_create(Invitation(request=request, **dates, **texts) for request in made)
    return made


def without_a_lock(series: str, year: int) -> int:
    """What looks right and is not: read, add one, write."""
    counter, _is_new = Counter.objects.get_or_create(series=series, year=year, defaults={"value": 0})
    time.sleep(0.01)
    Counter.objects.filter(pk=counter.pk).update(value=counter.value + 1)
    return int(counter.value) + 1


def test_a_thousand_letters_have_a_thousand_numbers_without_a_gap(everybody, silent, monkeypatch):
    monkeypatch.setattr(workflow, "missing_in", lambda texts: [])
    visits = empty_visits(everybody, THREADS * EACH)

    def sign_off(batch: list[ServiceRequest]) -> None:
        for request in batch:
            workflow.make_letter(request, by=everybody.approver)

    problems = at_once(sign_off, [visits[start::THREADS] for start in range(THREADS)])

    numbers = sorted(int(number[-6:]) for number in Letter.objects.values_list("number", flat=True))
    assert (set(problems), numbers) == ({None}, list(range(1, THREADS * EACH + 1)))


def test_with_the_lock_off_the_race_shows(everybody, silent, monkeypatch):
    monkeypatch.setattr(workflow, "missing_in", lambda texts: [])
    monkeypatch.setattr(numbering, "next_number", without_a_lock)
    visits = empty_visits(everybody, 20)

    results = at_once(lambda request: workflow.make_letter(request, by=everybody.approver), visits)

    assert any(isinstance(result, IntegrityError) for result in results)


@pytest.fixture
def letter(everybody: Cast) -> Letter:
    request = complete_invitation(everybody.company, by=everybody.owner, invitees=1)
    bring_to(RequestState.APPROVED, request, everybody)
    work_off()
    return Letter.objects.get(request=request)


def test_of_many_revocations_one_wins(letter, everybody):
    results = at_once(lambda _turn: letters.revoke(letter.pk, reason="x", by=everybody.approver), [1] * 8)

    assert (results.count(None), sum(isinstance(result, Refusal) for result in results)) == (1, 7)


def test_of_many_letters_issued_anew_there_is_one(letter, everybody):
    letters.revoke(letter.pk, reason="x", by=everybody.approver)

    at_once(lambda _turn: letters.reissue(letter.pk, reason="x", by=everybody.approver), [1] * 8)

    assert Letter.objects.filter(replaces=letter).count() == 1


def test_of_many_amendments_there_is_one(letter, everybody):
    found = at_once(lambda _turn: amending.amend(letter.request_id, by=everybody.owner).pk, [1] * 8)

    assert (len(set(found)), ServiceRequest.objects.filter(amends=letter.request_id).count()) == (1, 1)


def test_every_task_delivered_twice_together_and_late_has_one_effect(everybody, silent):
    request = complete_invitation(everybody.company, by=everybody.owner, invitees=1)
    bring_to(RequestState.APPROVED, request, everybody)
    for kind in (workflow.RENDER, workflow.SIGN):
        promise = Promise.objects.get(kind=kind)
        at_once(outbox.keep, [promise.pk] * 6)
        outbox.keep(promise.pk)

    made = Letter.objects.get(request=request)
    issues = made.request.events.filter(verb="issue").count()
    assert (made.state, issues, Promise.objects.get(kind=workflow.SIGN).state) == (
        LetterState.ISSUED,
        1,
        PromiseState.DONE,
    )


def test_revoking_while_the_successor_is_signed_ends_in_one_of_the_two(letter, everybody):
    new = amending.amend(letter.request_id, by=everybody.owner)
    new.invitation.is_guarantee_accepted = new.invitation.is_consent_given = True
    new.invitation.save()
    bring_to(RequestState.APPROVED, ServiceRequest.objects.get(pk=new.pk), everybody)
    at_once(outbox.keep, [Promise.objects.get(kind=workflow.RENDER, subject_id=Letter.objects.latest("pk").pk).pk])
    sign = Promise.objects.get(kind=workflow.SIGN, subject_id=Letter.objects.latest("pk").pk).pk

    at_once(
        lambda act: act(),
        [lambda: letters.revoke(letter.pk, reason="x", by=everybody.approver), lambda: outbox.keep(sign)],
    )

    letter.refresh_from_db()
    assert letter.state in (LetterState.REVOKED, LetterState.SUPERSEDED)
    assert Letter.objects.latest("pk").state == LetterState.ISSUED
    assert Letter.objects.filter(state=LetterState.ISSUED).count() == 1
