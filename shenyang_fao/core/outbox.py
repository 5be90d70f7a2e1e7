"""The row is the promise, the message is only the doorbell.

Work is promised in the transaction that makes it necessary. After the commit the doorbell rings; a sweep rings again for
every promise that waits too long. A keeper runs under the promise's row lock, in one transaction with its effects, so a
doubled message finds the row locked or done. A promise whose attempts are used up stands as *failed* until an officer
retries it. Attempts are counted before the work, so that work that kills its worker is counted too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from celery import shared_task
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.functional import Promise as LazyText

from shenyang_fao.core import audit
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise

log = structlog.get_logger(__name__)

ATTEMPTS = 3
# A promise counts as overdue for the sweep this long after it was due.
GRACE = timedelta(seconds=20)
BACK_OFF = timedelta(seconds=30)
SWEEP_AT_MOST = 500

Keep = Callable[[int], None]


@dataclass(frozen=True)
class Keeper:
    """Who keeps the promises of a kind, and how: the function, its queue, its name for officers, its time in seconds."""

    function: Keep
    queue: str = "default"
    title: str | LazyText = ""
    seconds: int | None = None


_keepers: dict[str, Keeper] = {}


def keeper(
    kind: str, *, queue: str = "default", title: str | LazyText = "", seconds: int | None = None
) -> Callable[[Keep], Keep]:
    """Register the function that keeps the promises of a kind; it may be called again and must then change nothing.

    ``title`` says to officers what the work is; ``seconds`` is how long it may take if that is more than the settings say.
    """

    def register(function: Keep) -> Keep:
        _keepers[kind] = Keeper(function, queue, title or kind, seconds)
        return function

    return register


def kinds() -> list[str]:
    """Return the kinds of work that somebody keeps."""
    return list(_keepers)


def title_of(kind: str) -> str:
    """Return what officers call this work, in their language."""
    return str(_keepers[kind].title if kind in _keepers else kind)


def promise(kind: str, subject_id: int) -> Promise:
    """Promise work on a subject, once: a second promise of the same work is the first one."""
    row, is_new = Promise.objects.get_or_create(kind=kind, subject_id=subject_id)
    if is_new:
        transaction.on_commit(lambda: ring(row.pk, kind))
    return row


def ring(promise_id: int, kind: str) -> None:
    """Ring the doorbell. A broker that is away loses nothing: the sweep rings again."""
    try:
        keep.apply_async([promise_id], queue=_queue_of(kind), retry=False, **_limits_of(kind))
    except Exception as error:  # the row is committed: no fault of a broker, of whatever class, may reach the caller
        log.warning("doorbell_silent", promise=promise_id, kind=kind, error=str(error))


def _queue_of(kind: str) -> str:
    """Return the queue of a kind. One that this process does not know, as between two releases, must not stop the sweep."""
    return _keepers[kind].queue if kind in _keepers else "default"


def _limits_of(kind: str) -> dict[str, int]:
    """Return the limits of long work; a ring of the sweep meanwhile finds the row locked."""
    seconds = _keepers[kind].seconds if kind in _keepers else None
    return {"soft_time_limit": seconds, "time_limit": seconds + 30} if seconds else {}


@shared_task(name="core.keep")
def keep(promise_id: int) -> None:
    """Keep one promise, if it is still to be kept and nobody else is at it."""
    kind = _begin(promise_id)
    if kind is None:
        return
    try:
        _work(promise_id)
    except Exception as error:  # whatever a keeper raises must end in the row, where an officer sees it
        log.exception("promise_not_kept", promise=promise_id, kind=kind)
        _note_failure(promise_id, in_short(error))


def in_short(error: Exception) -> str:
    """Return an error without what PostgreSQL adds below its first line: the whole row, with people's data."""
    text = str(error)
    if isinstance(error, DatabaseError):
        text = text.partition("\n")[0]
    return f"{type(error).__name__}: {text}"


@shared_task(name="core.sweep")
def sweep() -> int:
    """Ring again for the promises that waited too long; return how many."""
    late = Promise.objects.due(timezone.now() - GRACE).values_list("pk", "kind")[:SWEEP_AT_MOST]
    for promise_id, kind in late:
        ring(promise_id, kind)
    return len(late)


@audit.action
def retry(promise_id: int, *, by: Actor | None) -> None:
    """Let a failed promise be tried again, from its first attempt."""
    row = Promise.objects.select_for_update().get(pk=promise_id)
    if row.state != PromiseState.FAILED:
        return
    row.state, row.attempts, row.due_at = PromiseState.WAITING, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "due_at"])
    transaction.on_commit(lambda: ring(row.pk, row.kind))


@transaction.atomic
def _begin(promise_id: int) -> str | None:
    row = _lock(promise_id)
    if row is None:
        return None
    if row.attempts >= ATTEMPTS:
        _fail(row, row.error or "The worker died during each attempt.")
        return None
    row.attempts += 1
    # The next ring of the sweep waits until this attempt can be over.
    row.due_at = timezone.now() + BACK_OFF * row.attempts
    row.save(update_fields=["attempts", "due_at"])
    return row.kind


@transaction.atomic
def _work(promise_id: int) -> None:
    row = _lock(promise_id)
    if row is None:
        return
    _keepers[row.kind].function(row.subject_id)
    row.state, row.done_at, row.error = PromiseState.DONE, timezone.now(), ""
    row.save(update_fields=["state", "done_at", "error"])


@transaction.atomic
def _note_failure(promise_id: int, error: str) -> None:
    row = _lock(promise_id)
    if row is None:
        return
    row.error = error[:2000]
    if row.attempts >= ATTEMPTS:
        _fail(row, row.error)
        return
    row.save(update_fields=["error"])


def _fail(row: Promise, error: str) -> None:
    row.state, row.error = PromiseState.FAILED, error
    row.save(update_fields=["state", "error"])


def _lock(promise_id: int) -> Promise | None:
    """Lock a promise that waits; None when it is kept, failed, or in another worker's hands."""
    waiting = Promise.objects.filter(pk=promise_id, state=PromiseState.WAITING)
    return waiting.select_for_update(skip_locked=True).first()
