"""A worker is killed at each seam of the letter's journey: one letter, one number, one mail all the same."""

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.invitations.enums import LetterState
from enterprises.models import Letter, ServiceRequest
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Mail, Promise
from tests.cast import Cast, bring_to, complete_invitation, work_off
from tests.workers import Worker, empty_queues

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 45

StartWorker = Callable[..., Worker]


@pytest.fixture
def signed_off(start_worker: StartWorker, cast: Cast) -> ServiceRequest:
    """A request that has just been signed off; everything before has been delivered, the letter is only promised.

    The queues have been emptied before, so the doorbell of the letter waits there for the first worker.
    """
    shutil.rmtree(settings.EMAIL_FILE_PATH, ignore_errors=True)
    request = bring_to(RequestState.REVIEWED, complete_invitation(cast.company, by=cast.owner), cast)
    work_off()
    requests.approve(request.pk, by=cast.approver)
    return request


@pytest.fixture
def silent_mail_server() -> Iterator[str]:
    """The address of a mail server that takes calls and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def wait_until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {PATIENCE_SECONDS} s in vain until {what}")


def a_worker_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def is_attempted(kind: str) -> bool:
    return Promise.objects.filter(kind=kind, attempts=1).exists()


def everything_is_kept() -> bool:
    return not Promise.objects.exclude(state=PromiseState.DONE).exists()


def ring_again_later() -> None:
    """What beat does each minute, two minutes on."""
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        outbox.sweep()


def finish(start_worker: StartWorker) -> None:
    start_worker()
    ring_again_later()
    wait_until(everything_is_kept, "every promise is kept")


def outcome(request: ServiceRequest) -> tuple[list[str], str, int, int, int]:
    """The states of the letters, the request's state, letters' numbers, notices, and mails that really left."""
    letters = list(Letter.objects.filter(request=request))
    sent = [path for path in settings.EMAIL_FILE_PATH.glob("*") if letters[0].number in path.read_text()]
    return (
        [letter.state for letter in letters],
        ServiceRequest.objects.get(pk=request.pk).state,
        len({letter.number for letter in letters}),
        Mail.objects.filter(key__startswith="letter-issued").count(),
        len(sent),
    )


ONE_OF_EACH = ([LetterState.ISSUED], RequestState.ISSUED, 1, 1, 1)


def test_without_a_fault_there_is_one_letter_one_number_one_mail(
    signed_off: ServiceRequest, start_worker: StartWorker
) -> None:
    finish(start_worker)

    assert outcome(signed_off) == ONE_OF_EACH


def test_killed_between_number_and_render(signed_off: ServiceRequest, start_worker: StartWorker) -> None:
    with transaction.atomic():
        Letter.objects.select_for_update().get(request=signed_off)
        worker = start_worker()
        wait_until(a_worker_waits_for_a_lock, "the worker stands before the letter")
        worker.kill()

    finish(start_worker)

    assert outcome(signed_off) == ONE_OF_EACH


def test_killed_between_render_and_sign(signed_off: ServiceRequest, start_worker: StartWorker) -> None:
    with transaction.atomic():
        ServiceRequest.objects.select_for_update().get(pk=signed_off.pk)
        worker = start_worker()
        wait_until(lambda: is_attempted("letter.sign"), "the letter is rendered")
        wait_until(a_worker_waits_for_a_lock, "the worker stands before the signature")
        worker.kill()

    finish(start_worker)

    assert outcome(signed_off) == ONE_OF_EACH


def test_killed_between_sign_and_notify(
    signed_off: ServiceRequest, start_worker: StartWorker, silent_mail_server: str
) -> None:
    worker = start_worker(env={"EMAIL_URL": silent_mail_server})
    notice = Promise.objects.filter(kind="mail.send", state=PromiseState.WAITING, attempts=1)
    wait_until(notice.exists, "the worker talks to the mail server")
    worker.kill()

    finish(start_worker)

    assert outcome(signed_off) == ONE_OF_EACH


def test_a_killed_child_is_replaced_and_the_letter_goes_on_by_itself(
    signed_off: ServiceRequest, start_worker: StartWorker
) -> None:
    with transaction.atomic():
        ServiceRequest.objects.select_for_update().get(pk=signed_off.pk)
        worker = start_worker()
        wait_until(lambda: is_attempted("letter.sign"), "the letter is rendered")
        wait_until(a_worker_waits_for_a_lock, "the worker stands before the signature")
        worker.kill_child()

    wait_until(everything_is_kept, "every promise is kept")

    assert outcome(signed_off) == ONE_OF_EACH


def test_a_wiped_broker_costs_nothing_but_time(signed_off: ServiceRequest, start_worker: StartWorker) -> None:
    empty_queues()

    finish(start_worker)

    assert outcome(signed_off) == ONE_OF_EACH
