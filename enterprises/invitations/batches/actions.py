"""Writing a list in repair: kept row by row, taken over whole, deleted as soon as it is no longer needed."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enterprises.actions.requests import lock_editable
from enterprises.invitations.batches.cells import Cells, with_zone
from enterprises.invitations.batches.checking import Verdict, check
from enterprises.invitations.batches.columns import NAMES, Said, refuse_too_many
from enterprises.invitations.batches.models import BatchRow, InviteeBatch
from enterprises.invitations.models import Invitee, index_of
from enterprises.models.request import ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal


@audit.action
def keep(request_id: int, *, said: Said, name: str, by: User) -> InviteeBatch:
    """Keep what a file says as the list in repair, in place of an earlier one. Raises NotNow, Refusal when there is no room."""
    request = lock_editable(request_id, by=by)
    _require_room(request, len(said.rows))
    InviteeBatch.objects.filter(request=request).delete()
    batch = InviteeBatch.objects.create(request=request, file_name=name[-255:], form=said.form, uploaded_by=by)
    BatchRow.objects.bulk_create(_row(batch, number, cells) for number, cells in said.rows)
    _note(request)
    return batch


@audit.action
def write_cells(request_id: int, *, written: Mapping[int, Cells], by: User) -> None:
    """Change cells by the key of their row, right or wrong; rows that are gone stay gone. Raises NotNow."""
    request = lock_editable(request_id, by=by)
    rows = list(BatchRow.objects.filter(batch__request=request, pk__in=written))
    for row in rows:
        typed = {name: text.strip() for name, text in written[row.pk].items() if name in NAMES}
        row.cells = with_zone(row.cells | typed)
    BatchRow.objects.bulk_update(rows, ["cells"])
    _note(request)


@audit.action
def leave_out(request_id: int, *, row_ids: Collection[int], by: User) -> None:
    """Take rows out of the list; the last one takes the list with it. Raises NotNow."""
    request = lock_editable(request_id, by=by)
    BatchRow.objects.filter(batch__request=request, pk__in=row_ids).delete()
    _drop_when_empty(request)
    _note(request)


@audit.action
def take_over(request_id: int, *, expected: int, by: User) -> int:
    """Make invitees of all rows that are right, or of none; return how many there were.

    ``expected`` is how many the person was shown. Raises NotNow when by now there are more or fewer, as after a second
    press, Refusal when there is no room.
    """
    request = lock_editable(request_id, by=by)
    rows = list(BatchRow.objects.filter(batch__request=request))
    good = [verdict for verdict in check(request, rows) if verdict.is_good]
    if not good or len(good) != expected:
        raise NotNow(_changed(len(good)))
    _require_room(request, len(good))
    Invitee.objects.bulk_create(_invitee(request, verdict) for verdict in good)
    BatchRow.objects.filter(pk__in=[verdict.row.pk for verdict in good]).delete()
    _drop_when_empty(request)
    _note(request)
    return len(good)


@audit.action
def discard(request_id: int, *, by: User) -> None:
    """Give the list up; one that is gone stays gone. Raises NotNow."""
    request = lock_editable(request_id, by=by)
    put_away(request)
    _note(request)


def put_away(request: ServiceRequest) -> None:
    """Delete the list of a request that leaves the company's hands. The caller holds the lock."""
    InviteeBatch.objects.filter(request=request).delete()


def _row(batch: InviteeBatch, number: int, cells: Cells) -> BatchRow:
    return BatchRow(batch=batch, number=number, cells=cells)  # type: ignore[misc]


def _require_room(request: ServiceRequest, count: int) -> None:
    try:
        refuse_too_many(count, present=request.invitation.invitees.count())
    except ValidationError as fault:
        raise Refusal(fault.messages[0]) from None


def _invitee(request: ServiceRequest, verdict: Verdict) -> Invitee:
    invitee = Invitee(invitation=request.invitation, **verdict.answers)
    # Written in one go, so without `Invitee.save`.
    invitee.passport_index = index_of(str(invitee.nationality), invitee.passport_number)
    return invitee


def _changed(count: int) -> str:
    if not count:
        return _("There is no correct row to take over. Perhaps they have been taken over already.")
    message = ngettext(
        "The list has changed meanwhile: %(count)s row is correct now. Look at it again.",
        "The list has changed meanwhile: %(count)s rows are correct now. Look at them again.",
        count,
    )
    return message % {"count": count}


def _drop_when_empty(request: ServiceRequest) -> None:
    InviteeBatch.objects.filter(request=request, rows__isnull=True).delete()


def _note(request: ServiceRequest) -> None:
    request.saved_at = timezone.now()
    request.save(update_fields=["saved_at"])
