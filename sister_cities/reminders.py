"""What an officer is reminded of, and the one mail a day that says so.

An occasion is told to each officer once (`models.Reminder`). Those that come in steps of 180, 90 and 30 days count by the
nearest step alone: a missed day is caught up, and a portal that starts late does not tell three steps at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit
from shenyang_fao.core.models import Mail
from sister_cities.anniversaries import next_of
from sister_cities.enums import TieStatus
from sister_cities.models import Agreement, CounterpartLink, Partner, PlanAction, Reminder, Tie
from sister_cities.occasions import ActionDue, AnniversaryComing, Digest, LinkDormant, Occasion, RenewalDue
from sister_cities.upcoming import with_anniversary_soon

# In days before an anniversary or the end of an agreement.
STEPS = (30, 90, 180)
# In days before the deadline of an action.
ACTION_AHEAD = 14
# More than this nobody reads at once; the rest is told the next day.
AT_MOST = 40


@dataclass(frozen=True)
class Due:
    """An occasion, what makes it one of a kind, and who is to be told: the first of these who still serves."""

    key: str
    occasion: Occasion
    officers: tuple[User | None, ...]


def remind() -> int:
    """Write to every officer who has to be told something today; return how many mails were written."""
    editors = list(User.objects.filter(groups__name=Role.EDITOR.value, is_active=True, is_staff=True))
    found: dict[int, list[Due]] = {}
    for due in everything_due():
        for officer in _told_of(due, editors):
            found.setdefault(officer.pk, []).append(due)
    return sum(_tell(officer_id, dues) for officer_id, dues in sorted(found.items()))


def everything_due() -> Iterator[Due]:
    """Yield what is to be told as of today, whether it has been told or not; first what would be past if it waited."""
    yield from _anniversaries()
    yield from _renewals()
    yield from _actions()
    yield from _dormant_links()


def step_of(days: int) -> int | None:
    """Return the nearest step that so many days lie within; None for what is past or far away."""
    return next((step for step in STEPS if 0 <= days <= step), None)


def _actions() -> Iterator[Due]:
    today = timezone.localdate()
    actions = PlanAction.objects.open().filter(due_on__lte=today + timedelta(days=ACTION_AHEAD))
    for action in actions.select_related("officer", "unit", "plan__programme", "plan__partner__officer"):
        state = "overdue" if action.due_on < today else "due"
        officers = (action.officer, _owner(action.plan.partner))
        yield Due(f"action:{action.pk}:{action.due_on}:{state}", ActionDue(action), officers)


def _anniversaries() -> Iterator[Due]:
    today = timezone.localdate()
    ties = with_anniversary_soon(Tie.objects.select_related("local", "partner__officer"), days=max(STEPS))
    coming = [anniversary for tie in ties if (anniversary := next_of(tie, today))]
    for anniversary in sorted(coming, key=lambda found: found.falls_on):
        step = step_of((anniversary.falls_on - today).days)
        key = f"anniversary:{anniversary.tie.pk}:{anniversary.falls_on.year}:{step}"
        yield Due(key, AnniversaryComing(anniversary), (_owner(anniversary.tie.partner),))


def _renewals() -> Iterator[Due]:
    today = timezone.localdate()
    ending = Agreement.objects.filter(valid_until__range=(today, today + timedelta(days=max(STEPS))))
    ending = ending.exclude(tie__status=TieStatus.ENDED).order_by("valid_until", "pk")
    for agreement in ending.select_related("tie__partner__officer"):
        step = step_of((agreement.valid_until - today).days) if agreement.valid_until else None
        key = f"agreement:{agreement.pk}:{agreement.valid_until}:{step}"
        yield Due(key, RenewalDue(agreement), (_owner(agreement.tie.partner),))


def _dormant_links() -> Iterator[Due]:
    for link in CounterpartLink.objects.dormant().select_related("local", "officer", "partner__officer"):
        # The last activity makes the dormancy one of a kind: after the next one it may fall asleep again.
        key = f"link:{link.pk}:{link.last_activity_on or 'never'}"  # type: ignore[attr-defined]
        yield Due(key, LinkDormant(link), (link.officer, _owner(link.partner)))


def _owner(partner: Partner | None) -> User | None:
    return partner.officer if partner else None


def _told_of(due: Due, editors: list[User]) -> Iterable[User]:
    serving = [officer for officer in due.officers if officer and officer.is_active and officer.is_staff]
    return serving[:1] or editors


@transaction.atomic
def _tell(officer_id: int, dues: list[Due]) -> bool:
    """Write the mail of the day, if there is something new and none was written today."""
    audit.sign(None)
    # Two beats at once: the second waits here and then finds everything told.
    officer = User.objects.select_for_update(no_key=True).get(pk=officer_id)
    key = f"reminders:{officer.pk}:{timezone.localdate()}"
    if Mail.objects.filter(key=key).exists():
        return False
    told = set(Reminder.objects.filter(officer=officer).values_list("key", flat=True))
    fresh = [due for due in dues if due.key not in told][:AT_MOST]
    if not fresh:
        return False
    Reminder.objects.bulk_create(Reminder(officer=officer, key=due.key) for due in fresh)
    digest = Digest([due.occasion for due in fresh])
    notify(officer, key=key, template="sister_cities/mail/reminders.txt", context={"digest": digest}, url=digest.url)
    return True
