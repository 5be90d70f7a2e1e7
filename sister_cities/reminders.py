"""Of what in the register of ties officers are reminded, and when."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from shenyang_fao.accounts import reminders
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.reminders import Due, Occasion, step_of
from sister_cities.anniversaries import next_of
from sister_cities.enums import TieStatus
from sister_cities.models import Agreement, CounterpartLink, Partner, PlanAction, Tie
from sister_cities.occasions import ActionDue, AnniversaryComing, LinkDormant, RenewalDue
from sister_cities.upcoming import with_anniversary_soon

# In days before an anniversary or the end of an agreement.
STEPS = (30, 90, 180)
# In days before the deadline of an action.
ACTION_AHEAD = 14


@reminders.source
def everything_due() -> Iterator[Due]:
    """Yield what the register has to tell as of today; first what would be past if it waited."""
    yield from _anniversaries()
    yield from _renewals()
    yield from _actions()
    yield from _dormant_links()


def _actions() -> Iterator[Due]:
    today = timezone.localdate()
    actions = PlanAction.objects.open().filter(due_on__lte=today + timedelta(days=ACTION_AHEAD))
    for action in actions.select_related("officer", "unit", "plan__programme", "plan__partner__officer"):
        state = "overdue" if action.due_on < today else "due"
        key = f"action:{action.pk}:{action.due_on}:{state}"
        yield _due(key, ActionDue(action), action.officer, _owner(action.plan.partner))


def _anniversaries() -> Iterator[Due]:
    today = timezone.localdate()
    ties = with_anniversary_soon(Tie.objects.select_related("local", "partner__officer"), days=max(STEPS))
    coming = [anniversary for tie in ties if (anniversary := next_of(tie, today))]
    for anniversary in sorted(coming, key=lambda found: found.falls_on):
        step = step_of((anniversary.falls_on - today).days, STEPS)
        key = f"anniversary:{anniversary.tie.pk}:{anniversary.falls_on.year}:{step}"
        yield _due(key, AnniversaryComing(anniversary), _owner(anniversary.tie.partner))


def _renewals() -> Iterator[Due]:
    today = timezone.localdate()
    ending = Agreement.objects.filter(valid_until__range=(today, today + timedelta(days=max(STEPS))))
    ending = ending.exclude(tie__status=TieStatus.ENDED).order_by("valid_until", "pk")
    for agreement in ending.select_related("tie__partner__officer"):
        step = step_of((agreement.valid_until - today).days, STEPS) if agreement.valid_until else None
        key = f"agreement:{agreement.pk}:{agreement.valid_until}:{step}"
        yield _due(key, RenewalDue(agreement), _owner(agreement.tie.partner))


def _dormant_links() -> Iterator[Due]:
    for link in CounterpartLink.objects.dormant().select_related("local", "officer", "partner__officer"):
        # The last activity makes the dormancy one of a kind: after the next one it may fall asleep again.
        key = f"link:{link.pk}:{link.last_activity_on or 'never'}"  # type: ignore[attr-defined]
        yield _due(key, LinkDormant(link), link.officer, _owner(link.partner))


def _due(key: str, occasion: Occasion, *officers: User | None) -> Due:
    return Due(key, occasion, officers, Role.EDITOR.value)


def _owner(partner: Partner | None) -> User | None:
    return partner.officer if partner else None
