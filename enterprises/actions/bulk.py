"""Signing off several requests in one action: each in a transaction of its own, each with its outcome."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from enterprises.actions import requests
from enterprises.actions.consent import needed
from enterprises.enums import RequestState, SignOffOutcome
from enterprises.models import BulkSignOff, BulkSignOffItem, ServiceRequest
from enterprises.models.bulk import REQUESTS_AT_MOST
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, outbox
from shenyang_fao.core.errors import Refusal

SIGN_OFF = "request.sign_off"
RIGHT = "enterprises.approve_request"


def check_count(count: int) -> None:
    """Raise Refusal unless so many requests may be signed off at once."""
    if not count:
        raise Refusal(_("Choose at least one request."))
    if count > REQUESTS_AT_MOST:
        words = _("You chose %(count)s requests. At most %(most)s can be signed off at once; choose fewer.")
        raise Refusal(words % {"count": count, "most": REQUESTS_AT_MOST})


def obstacle(request: ServiceRequest, *, by: User, own_companies: set[int], lacking_consent: set[int]) -> str:
    """Say why this officer cannot sign off a request now; empty when nothing is in the way.

    ``own_companies`` are the keys of the companies the officer files for, ``lacking_consent`` those of the requests that
    need a consent first.
    """
    if request.company_id in own_companies:
        return _("You file for this company yourself; another officer has to act.")
    if request.state != RequestState.REVIEWED:
        words = _("The request is %(state)s; only what has passed the first review can be signed off.")
        return words % {"state": RequestState(request.state).label}
    if request.reviewed_by_id == by.pk:
        return _("You reviewed this request; another officer has to sign it off.")
    return needed() if request.pk in lacking_consent else ""


@audit.action
def begin(seen: Sequence[tuple[int, str]], *, key: UUID, by: User) -> BulkSignOff:
    """Promise the sign-off of each request as it was ``seen``: its key and its mark (`moves.mark_of`).

    ``key`` names the page that was sent: sent again, it is the same action. Whether a request can be signed off is decided
    when its turn comes. Raises PermissionDenied, Refusal for none or too many, ServiceRequest.DoesNotExist.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    marks = dict(seen)
    check_count(len(marks))
    if ServiceRequest.objects.visible_to(by).filter(pk__in=marks).count() != len(marks):
        raise ServiceRequest.DoesNotExist
    bulk, is_new = BulkSignOff.objects.get_or_create(key=key, defaults={"by": by})
    if is_new:
        _promise_each(bulk, marks)
    return bulk


def _promise_each(bulk: BulkSignOff, marks: dict[int, str]) -> None:
    rows = [
        BulkSignOffItem(bulk=bulk, position=position, request_id=request_id, seen=mark)
        for position, (request_id, mark) in enumerate(marks.items(), 1)
    ]
    for item in BulkSignOffItem.objects.bulk_create(rows):
        outbox.promise(SIGN_OFF, item.pk)


@audit.action
def carry_out(item_id: int, *, by: None = None) -> None:
    """Sign off one request in the name of the officer who asked, or note in words why not. Called again, it does nothing.

    Rights, state and the two-person rule are those of this moment, not of the moment when the officer asked.
    """
    item = BulkSignOffItem.objects.select_for_update(of=("self",)).select_related("bulk__by").get(pk=item_id)
    if item.outcome != SignOffOutcome.WAITING:
        return
    item.refusal = _sign_off(item)
    item.outcome = SignOffOutcome.REFUSED if item.refusal else SignOffOutcome.SIGNED
    item.at = timezone.now()
    item.save(update_fields=["refusal", "outcome", "at"])


def _sign_off(item: BulkSignOffItem) -> dict[str, str]:
    """Sign off, or return the refusal in every language: it is asked for in each, and the lock keeps the answer the same."""
    ServiceRequest.objects.select_for_update(of=("self",)).get(pk=item.request_id)
    refusal = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            try:
                requests.approve(item.request_id, seen=item.seen, by=item.bulk.by)
            except Refusal as refused:
                refusal[code] = str(refused)
            except PermissionDenied:
                refusal[code] = _("The officer who asked for it may not sign off any more.")
            else:
                return {}
    return refusal
