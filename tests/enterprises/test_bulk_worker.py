"""A bulk sign-off with real workers: doubled messages and workers that die in the middle change nothing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from enterprises.actions import bulk
from enterprises.actions.moves import mark_of
from enterprises.enums import RequestState, SignOffOutcome
from enterprises.models import BulkSignOff, Letter, ServiceRequest
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise
from tests.cast import Cast, bring_to, complete_invitation, work_off
from tests.enterprises.test_letter_faults import a_worker_waits_for_a_lock, ring_again_later, wait_until
from tests.workers import Worker

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 3
StartWorker = Callable[..., Worker]


@pytest.fixture
def cases(start_worker: StartWorker, cast: Cast) -> list[ServiceRequest]:
    """Requests that have passed the first review; what they promised before is kept, and no worker runs yet."""
    made = [complete_invitation(cast.company, by=cast.owner, invitees=1) for _number in range(COUNT)]
    made = [bring_to(RequestState.REVIEWED, case, cast) for case in made]
    work_off()
    return made


def begin(cases: list[ServiceRequest], cast: Cast) -> BulkSignOff:
    return bulk.begin([(case.pk, mark_of(case)) for case in cases], key=uuid4(), by=cast.approver)


def everything_is_kept() -> bool:
    return not Promise.objects.exclude(state=PromiseState.DONE).exists()


def result() -> tuple[list[str], list[str], int, int]:
    """The outcomes, the requests' states, how many letters there are and how many numbers they have."""
    letters = list(Letter.objects.all())
    return (
        [item.outcome for item in BulkSignOff.objects.get().items.all()],
        list(ServiceRequest.objects.values_list("state", flat=True)),
        len(letters),
        len({letter.number for letter in letters}),
    )


ALL_SIGNED = ([SignOffOutcome.SIGNED] * COUNT, [RequestState.ISSUED] * COUNT, COUNT, COUNT)


def test_a_worker_killed_between_two_requests_is_followed_by_another_that_ends_the_work(
    cases: list[ServiceRequest], cast: Cast, start_worker: StartWorker
) -> None:
    begin(cases, cast)
    with transaction.atomic():
        ServiceRequest.objects.select_for_update().get(pk=cases[1].pk)
        worker = start_worker(queues="default")
        wait_until(a_worker_waits_for_a_lock, "the worker stands before the second request")
        worker.kill()
    before = [item.outcome for item in BulkSignOff.objects.get().items.all()]

    start_worker()
    ring_again_later()
    wait_until(everything_is_kept, "every promise is kept")

    assert before == [SignOffOutcome.SIGNED, SignOffOutcome.WAITING, SignOffOutcome.WAITING]
    assert result() == ALL_SIGNED


def test_every_message_delivered_three_times_has_one_effect(
    cases: list[ServiceRequest], cast: Cast, start_worker: StartWorker
) -> None:
    begin(cases, cast)
    for promise_id in list(Promise.objects.filter(kind=bulk.SIGN_OFF).values_list("pk", flat=True)) * 2:
        outbox.ring(promise_id, bulk.SIGN_OFF)

    start_worker(concurrency=2)
    wait_until(everything_is_kept, "every promise is kept")

    assert result() == ALL_SIGNED
