import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import dashboard, outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import AuditEntry, Counter, Promise
from shenyang_fao.core.numbering import next_number
from tests.cast import officer
from tests.workers import empty_queues

KIND = "test.count"
LATE = timedelta(minutes=10)


class Work:
    """What a promise of the test's kind does: it takes a number, and breaks or dawdles when told to."""

    def __init__(self) -> None:
        self.breaks = False
        self.seconds = 0.0

    def __call__(self, subject_id: int) -> None:
        next_number("TST", subject_id)
        time.sleep(self.seconds)
        if self.breaks:
            raise ConnectionError("the printer is out of ink")


@pytest.fixture
def work(monkeypatch) -> Work:
    work = Work()
    monkeypatch.setitem(outbox._keepers, KIND, outbox.Keeper(work))
    return work


@pytest.fixture
def rung(monkeypatch) -> list[int]:
    """The ids for which the doorbell rang."""
    ids: list[int] = []
    monkeypatch.setattr(outbox.keep, "apply_async", lambda args, **options: ids.append(args[0]))
    return ids


@pytest.fixture
def promised(db, work) -> Promise:
    return outbox.promise(KIND, 1)


def effects() -> int:
    return sum(Counter.objects.filter(series="TST").values_list("value", flat=True))


def again(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def overdue(promise: Promise) -> None:
    Promise.objects.filter(pk=promise.pk).update(due_at=timezone.now() - LATE)


def test_the_doorbell_rings_only_after_the_commit(transactional_db, work, rung):
    with transaction.atomic():
        promise = outbox.promise(KIND, 1)
        before = list(rung)

    assert (before, rung) == ([], [promise.pk])


def test_a_rollback_leaves_no_promise_and_no_ring(transactional_db, work, rung):
    with transaction.atomic():
        outbox.promise(KIND, 1)
        transaction.set_rollback(True)

    assert (Promise.objects.count(), rung) == (0, [])


def test_the_same_work_is_promised_once(transactional_db, work, rung):
    first, second = outbox.promise(KIND, 1), outbox.promise(KIND, 1)

    assert first == second
    assert rung == [first.pk]


def test_the_database_knows_each_work_once(promised):
    with pytest.raises(IntegrityError, match="promise_once"), transaction.atomic():
        Promise.objects.create(kind=KIND, subject_id=1)


def test_a_kept_promise_is_done_and_has_its_time(promised):
    outbox.keep(promised.pk)

    row = again(promised)
    assert (row.state, row.attempts, row.error, effects()) == (PromiseState.DONE, 1, "", 1)
    assert row.done_at


def test_a_doubled_message_has_one_effect(promised):
    outbox.keep(promised.pk)
    outbox.keep(promised.pk)

    assert (effects(), again(promised).attempts) == (1, 1)


def test_a_message_about_nothing_is_harmless(db):
    outbox.keep(404)

    assert not Promise.objects.exists()


def deliver_twice_at_once(promise: Promise) -> None:
    def deliver() -> None:
        try:
            outbox.keep(promise.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_workers_with_the_same_message_have_one_effect(transactional_db, work, rung):
    work.seconds = 0.2
    promise = outbox.promise(KIND, 1)

    deliver_twice_at_once(promise)

    assert (effects(), again(promise).state) == (1, PromiseState.DONE)


def test_the_race_is_real_without_the_lock(transactional_db, work, rung, monkeypatch):
    """The positive control of the test above: without the lock both workers do the work."""
    work.seconds = 0.2
    promise = outbox.promise(KIND, 1)
    waiting = Promise.objects.filter(state=PromiseState.WAITING)
    monkeypatch.setattr(outbox, "_lock", lambda pk: waiting.filter(pk=pk).first())

    deliver_twice_at_once(promise)

    assert effects() == 2


def test_work_that_breaks_leaves_nothing_but_its_error(promised, work):
    work.breaks = True

    outbox.keep(promised.pk)

    row = again(promised)
    assert (row.state, row.attempts, effects()) == (PromiseState.WAITING, 1, 0)
    assert row.error == "ConnectionError: the printer is out of ink"


def test_the_third_failure_stands_as_failed(promised, work):
    work.breaks = True

    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promised.pk)

    row = again(promised)
    assert (row.state, row.attempts, row.error) == (
        PromiseState.FAILED,
        3,
        "ConnectionError: the printer is out of ink",
    )


def test_what_failed_is_left_alone_until_somebody_retries(promised, work):
    work.breaks = True
    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promised.pk)
    work.breaks = False

    outbox.keep(promised.pk)

    assert (again(promised).state, effects()) == (PromiseState.FAILED, 0)


def test_a_retry_starts_from_the_first_attempt(promised, work):
    work.breaks = True
    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promised.pk)
    work.breaks = False

    outbox.retry(promised.pk, by=None)
    outbox.keep(promised.pk)

    row = again(promised)
    assert (row.state, row.attempts, row.error, effects()) == (PromiseState.DONE, 1, "", 1)


def test_a_retry_is_signed_by_who_pressed_the_button(promised, work):
    work.breaks = True
    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promised.pk)
    administrator = officer("administrator@example.com")

    outbox.retry(promised.pk, by=administrator)

    entry = AuditEntry.objects.filter(table="core_promise", row=str(promised.pk)).order_by("pk").last()
    assert (entry.actor_id, entry.after["state"]) == (administrator.pk, "waiting")


def test_a_retry_of_what_is_done_changes_nothing(promised):
    outbox.keep(promised.pk)

    outbox.retry(promised.pk, by=None)

    assert again(promised).state == PromiseState.DONE


def test_a_retry_rings(transactional_db, work, rung):
    promise = outbox.promise(KIND, 1)
    Promise.objects.update(state=PromiseState.FAILED)

    outbox.retry(promise.pk, by=None)

    assert rung == [promise.pk, promise.pk]


def test_work_that_kills_its_worker_is_counted(promised):
    """What is left when a worker dies: the attempt is committed, the work is not."""
    for _ in range(outbox.ATTEMPTS):
        assert outbox._begin(promised.pk) == KIND

    outbox.keep(promised.pk)

    row = again(promised)
    assert (row.state, row.error, effects()) == (PromiseState.FAILED, "The worker died during each attempt.", 0)


def test_work_of_an_unknown_kind_ends_as_failed(db):
    promise = Promise.objects.create(kind="nobody.knows", subject_id=1)

    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promise.pk)

    assert again(promise).state == PromiseState.FAILED


def test_the_sweep_rings_for_what_is_overdue(promised, rung):
    overdue(promised)

    assert (outbox.sweep(), rung) == (1, [promised.pk])


@pytest.mark.parametrize("state", [PromiseState.DONE, PromiseState.FAILED])
def test_the_sweep_leaves_what_is_over(promised, rung, state):
    done_at = timezone.now() if state == PromiseState.DONE else None
    Promise.objects.update(state=state, done_at=done_at, due_at=timezone.now() - LATE)

    assert (outbox.sweep(), rung) == (0, [])


def test_the_sweep_gives_a_fresh_promise_its_time(promised, rung):
    assert (outbox.sweep(), rung) == (0, [])


def test_the_sweep_gives_a_broken_attempt_time_to_recover(promised, work, rung):
    work.breaks = True
    overdue(promised)
    outbox.keep(promised.pk)

    assert (outbox.sweep(), rung) == (0, [])


def test_the_sweep_survives_a_promise_of_an_unknown_kind(promised, rung):
    stranger = Promise.objects.create(kind="nobody.knows", subject_id=1)
    for promise in (stranger, promised):
        overdue(promise)

    outbox.sweep()

    assert promised.pk in rung


@pytest.fixture
def no_broker():
    """Within this context nobody answers at the broker's address."""

    @contextmanager
    def away():
        dead = current_app.connection_for_write("redis://127.0.0.1:1/0")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(current_app, "connection_for_write", lambda *args, **options: dead.clone())
            patch.setattr(current_app.amqp, "_producer_pool", None)
            yield

    return away


def test_a_promise_is_made_at_once_while_the_broker_is_away(transactional_db, work, no_broker):
    started = time.monotonic()

    with no_broker():
        promise = outbox.promise(KIND, 1)

    assert again(promise).state == PromiseState.WAITING
    assert time.monotonic() - started < 2  # a person waits for this


def test_the_sweep_rings_when_the_broker_is_back(transactional_db, work, no_broker):
    empty_queues()
    with no_broker():
        promise = outbox.promise(KIND, 1)
    overdue(promise)

    outbox.sweep()

    with current_app.connection_for_read() as broker, broker.SimpleQueue("default") as queue:
        message = queue.get(timeout=5)
        message.ack()
    assert message.payload[0] == [promise.pk]


def stuck_tile() -> int:
    reader = officer("operator@example.com", Role.ADMINISTRATOR)
    group = dashboard.background_work(reader)
    assert group is not None
    return group.tiles[1].count


def test_work_that_no_worker_takes_is_counted_for_officers(promised):
    Promise.objects.filter(pk=promised.pk).update(due_at=timezone.now() - timedelta(minutes=11))

    assert stuck_tile() == 1


def test_work_that_waits_a_little_is_no_alarm(promised):
    Promise.objects.filter(pk=promised.pk).update(due_at=timezone.now() - timedelta(minutes=9))

    assert stuck_tile() == 0


def test_work_that_is_done_is_no_alarm(promised):
    Promise.objects.filter(pk=promised.pk).update(due_at=timezone.now() - timedelta(minutes=11))
    outbox.keep(promised.pk)

    assert stuck_tile() == 0


def test_an_error_of_the_database_is_noted_without_the_row_it_repeats() -> None:
    error = IntegrityError('duplicate key value violates "invitee_once"\nDETAIL:  Key (surname)=(Größmann) exists.')

    assert outbox.in_short(error) == 'IntegrityError: duplicate key value violates "invitee_once"'
