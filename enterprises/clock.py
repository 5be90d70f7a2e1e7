"""The decision clock: the term of each lane, in working days of the Chinese calendar (`core.workdays`)."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from enterprises.enums import RUNNING, Lane
from enterprises.models import ServiceRequest
from shenyang_fao.core import workdays


def term_of(lane: str) -> int:
    """Return the working days within which a request of a lane is to be decided."""
    return int(settings.GREEN_CHANNEL_WORKING_DAYS if lane == Lane.GREEN else settings.DECISION_WORKING_DAYS)


def due_in(request: ServiceRequest, lane: Lane) -> date | None:
    """Return when the decision of a request is due once it moves to a lane today; None while its clock stands still.

    The green channel promises its term from the day it is entered, for a promise of the past would be overdue at once; it
    never gives more time than the normal lane.
    """
    if request.state not in RUNNING or request.clock_started_on is None:
        return None
    normal = workdays.add_working_days(request.clock_started_on, term_of(Lane.NORMAL))
    if lane == Lane.NORMAL:
        return normal
    return min(normal, workdays.add_working_days(timezone.localdate(), term_of(lane)))
