"""What officers do with an event: move it along its states, publish it, file its papers."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.events.enums import EVENT_STEPS, EventState
from delegations.events.models import Event, EventDocument
from delegations.events.signing import give_out_seats, lock_event, tell_everybody
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, files
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import StoredFile

MAY_CHANGE = "delegations.change_event"
MAY_DELETE = "delegations.delete_event"


@audit.action
def correct_event(event: Event, *, columns: list[str], by: User) -> Event:
    """Store some checked columns of an event; what a button did to the others meanwhile stays.

    Where places were added, the waiting list moves up. Raises PermissionDenied.
    """
    _allow(by, MAY_CHANGE)
    event.save(update_fields=columns)
    give_out_seats(event.pk, by=by)
    return event


@audit.action
def change_state(event_id: int, *, state: EventState, by: User) -> Event:
    """Take an event one step along `EVENT_STEPS`; the same step once more, as after a double click, changes nothing.

    Whoever signed up for an event that is called off is written to. Raises NotNow, Refusal, PermissionDenied.
    """
    _allow(by, MAY_CHANGE)
    event = lock_event(event_id)
    if event.state == state:
        return event
    if state not in next_states(event):
        words = {"event": event.name, "state": event.get_state_display()}
        raise NotNow(_("“%(event)s” is “%(state)s” now: this step does not follow.") % words)
    if reason := _too_early(event, state):
        raise Refusal(reason)
    event.state = state
    event.save(update_fields=["state", "changed_at"])
    if state == EventState.CANCELLED:
        tell_everybody(event)
    return event


@audit.action
def publish(event_id: int, *, by: User) -> Event:
    """Show an event to everybody. Raises Refusal with everything that stands in the way, PermissionDenied."""
    _allow(by, MAY_CHANGE)
    event = lock_event(event_id)
    if missing := obstacles(event):
        raise Refusal(" ".join(missing))
    return _show(event, is_public=True)


@audit.action
def unpublish(event_id: int, *, by: User) -> Event:
    """Take an event off the public pages. Raises PermissionDenied."""
    _allow(by, MAY_CHANGE)
    return _show(lock_event(event_id), is_public=False)


@audit.action
def file_document(document_id: int, *, paper: files.Scan, by: User) -> EventDocument:
    """Store the examined file of a document in place of the earlier one. Raises PermissionDenied."""
    _allow(by, MAY_CHANGE)
    document = EventDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    earlier = document.file
    document.file = paper.store(by=by)
    document.save(update_fields=["file"])
    forget([earlier] if earlier else [])
    return document


@audit.action
def delete_event(event_id: int, *, by: User) -> None:
    """Delete an event with its agenda, speakers, outcomes and documents, their files included. Raises PermissionDenied."""
    _allow(by, MAY_DELETE)
    event = lock_event(event_id)
    papers = papers_of(event)
    event.delete()
    forget(papers)


def next_states(event: Event) -> tuple[EventState, ...]:
    """Return the states that may follow."""
    return EVENT_STEPS[EventState(event.state)]


def obstacles(event: Event) -> list[str]:
    """Return in words what keeps an event from being public; empty when nothing does."""
    found = [
        (not event.source, _("It names no source.")),
        (not event.source_grade, _("The weight of its source is not given.")),
    ]
    return [words for is_so, words in found if is_so]


def papers_of(event: Event) -> set[StoredFile]:
    """Return the files of an event's documents."""
    return {document.file for document in event.documents.select_related("file") if document.file}


def forget(papers: Collection[StoredFile]) -> None:
    """Delete files that no document names any more; inside the caller's transaction."""
    for paper in papers:
        files.discard(paper)


def _too_early(event: Event, state: EventState) -> str:
    """Say why an event cannot be announced without a date, or be over before its day; empty when it can."""
    if state == EventState.ANNOUNCED and event.starts_on is None:
        return _("Give the date of the event before you announce it.")
    if state == EventState.HELD and event.starts_on and event.starts_on > timezone.localdate():
        return _("The event lies in the future: it cannot have been held.")
    return ""


def _show(event: Event, *, is_public: bool) -> Event:
    event.is_public = is_public
    if is_public and event.published_at is None:
        event.published_at = timezone.now()
    event.save(update_fields=["is_public", "published_at", "changed_at"])
    return event


def _allow(by: User, right: str) -> None:
    if not by.has_perm(right):
        raise PermissionDenied
