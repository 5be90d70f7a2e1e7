"""A visit moves along its states, and becomes public once it has taken place."""

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.visits.actions.rights import locked
from delegations.visits.enums import VISIT_STEPS, VisitState
from delegations.visits.models import Visit
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.dates import Precision, day_text
from shenyang_fao.core.errors import NotNow, Refusal

S = VisitState
# What has its days on the calendar.
_WITH_DAYS = (S.CONFIRMED, S.UNDER_WAY)


@audit.action
def change_state(visit_id: int, *, state: VisitState, by: User) -> Visit:
    """Take a visit one step along `VISIT_STEPS`; a cancelled one lets go of everybody it had booked.

    The same step once more, as after a double click, changes nothing. Raises NotNow, Refusal, PermissionDenied.
    """
    visit = locked(visit_id, by=by)
    if visit.state == state:
        return visit
    _check_step(visit, state)
    visit.state = state
    visit.save(update_fields=["state"])
    return visit


@audit.action
def publish(visit_id: int, *, by: User) -> Visit:
    """Show a visit to everybody. Raises Refusal with everything that stands in the way, PermissionDenied."""
    visit = locked(visit_id, by=by)
    missing = obstacles(visit)
    if missing:
        raise Refusal(" ".join(missing))
    return _show(visit, is_public=True)


@audit.action
def unpublish(visit_id: int, *, by: User) -> Visit:
    """Take a visit off the public pages. Raises PermissionDenied."""
    return _show(locked(visit_id, by=by), is_public=False)


def next_steps(visit: Visit) -> tuple[VisitState, ...]:
    """Return the states a visit may take from where it stands."""
    return VISIT_STEPS[VisitState(visit.state)]


def obstacles(visit: Visit) -> list[str]:
    """Return in words what keeps a visit from being public; empty when nothing does."""
    found = [
        (visit.state != S.COMPLETED, _("The visit has not been completed.")),
        (not visit.source, _("It names no source.")),
        (not visit.source_grade, _("The weight of its source is not given.")),
    ]
    return [words for is_so, words in found if is_so]


def _check_step(visit: Visit, state: VisitState) -> None:
    if state not in next_steps(visit):
        words = {"before": visit.get_state_display(), "after": state.label}
        raise NotNow(_("The visit is now “%(before)s”; from there it cannot become “%(after)s”.") % words)
    has_days = visit.arrives_on and visit.departs_on and visit.arrives_precision == Precision.DAY
    if state in _WITH_DAYS and not has_days:
        raise Refusal(_("Enter the days of arrival and departure first."))
    _check_day(visit, state)


def _check_day(visit: Visit, state: VisitState) -> None:
    today = timezone.localdate()
    if state == S.UNDER_WAY and visit.arrives_on and visit.arrives_on > today:
        raise NotNow(_("The delegation arrives on %(day)s.") % {"day": day_text(visit.arrives_on)})
    if state == S.COMPLETED and visit.departs_on and visit.departs_on > today:
        raise NotNow(_("The delegation leaves on %(day)s.") % {"day": day_text(visit.departs_on)})


def _show(visit: Visit, *, is_public: bool) -> Visit:
    if visit.is_public != is_public:
        visit.is_public = is_public
        visit.save(update_fields=["is_public"])
    return visit
