"""The reminder of a request for consent: one working day before the end, once by what stands in the database."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from enterprises.actions import consent as actions
from enterprises.enums import OPEN, ConsentState
from enterprises.models import ConsentRequest
from shenyang_fao.core import audit, workdays


def _waiting() -> QuerySet[ConsentRequest]:
    asked = ConsentRequest.objects.filter(state=ConsentState.WAITING, reminded_at=None, overtaken_at=None)
    return asked.filter(request__state__in=OPEN, expires_at__gte=timezone.now()).order_by("pk")


def waiting() -> list[int]:
    """Return the open questions nobody was reminded of."""
    return list(_waiting().values_list("pk", flat=True))


def due_on(consent: ConsentRequest) -> date:
    """Return the working day before the last one."""
    asked, last = timezone.localdate(consent.asked_at), timezone.localdate(consent.expires_at)
    return workdays.add_working_days(asked, max(workdays.working_days_between(asked, last) - 1, 0))


@transaction.atomic
def remind(consent_id: int) -> None:
    """Remind the contact, if that is due and was not done. Nobody is reminded on the very day of the question."""
    audit.sign(None)
    # Whoever answered meanwhile is not found any more once the lock is there.
    found = _waiting().select_for_update(of=("self",)).filter(pk=consent_id).first()
    today = timezone.localdate()
    if found and today >= due_on(found) and today > timezone.localdate(found.asked_at):
        actions.remind(found)
