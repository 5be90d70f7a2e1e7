"""Reminders to officers: each occasion once, everything of a day in one mail, whichever app it comes from.

    @reminders.source                                   # in the app's module `reminders`, found by itself
    def follow_ups() -> Iterator[Due]:
        for outcome in Outcome.objects.due():
            yield Due(f"outcome:{outcome.pk}:{outcome.due_on}", FollowUp(outcome), (outcome.officer,), Role.PROTOCOL)

`FollowUp` is an `Occasion`. Its texts are read in the language of whoever is told. What comes in steps before a day puts
`step_of(days, STEPS)` into its key: a missed day is caught up, and a portal that starts late tells the nearest step alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shenyang_fao.accounts.models import Reminder, User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit
from shenyang_fao.core.models import Mail

# More than this nobody reads at once; the rest is told the next day.
AT_MOST = 40


class Occasion(ABC):
    """Something to be told: under which heading, in one line, and where to go on."""

    @property
    @abstractmethod
    def heading(self) -> str: ...

    @property
    @abstractmethod
    def line(self) -> str: ...

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    def subject(self) -> str:
        """What the subject of the mail says of it."""
        return self.line

    @property
    def is_marked(self) -> bool:
        """Whether it leads the subject of a mail that holds several."""
        return False


@dataclass(frozen=True)
class Due:
    """An occasion, what makes it one of a kind, and who is told: the first of the officers who still serves, or all of a role."""

    key: str
    occasion: Occasion
    officers: tuple[User | None, ...]
    role: str


@dataclass(frozen=True)
class Digest:
    """What one officer is told in one mail; occasions of one heading stand together."""

    occasions: list[Occasion]

    @property
    def subject(self) -> str:
        """The only occasion; of several, their number and what is marked or else the first."""
        first = next((occasion for occasion in self.occasions if occasion.is_marked), self.occasions[0])
        if len(self.occasions) == 1:
            return first.subject
        return _("%(count)s reminders, among them: %(line)s") % {"count": len(self.occasions), "line": first.subject}

    @property
    def url(self) -> str:
        """Where the only occasion leads; of several, the officers' start page, which counts what waits."""
        return self.occasions[0].url if len(self.occasions) == 1 else reverse("admin:index")

    @property
    def groups(self) -> Iterator[tuple[str, list[Occasion]]]:
        for heading, found in groupby(self.occasions, key=lambda occasion: occasion.heading):
            yield heading, list(found)


Source = Callable[[], Iterable[Due]]
_sources: list[Source] = []


def source(function: Source) -> Source:
    """Register what yields all that is to be told as of today, told or not; first what would be past if it waited."""
    _sources.append(function)
    return function


def remind() -> int:
    """Write to every officer who has to be told something today; return how many mails were written."""
    told = _Told()
    found: dict[int, list[Due]] = {}
    for due in everything_due():
        for officer_id in told.of(due):
            found.setdefault(officer_id, []).append(due)
    return sum(_tell(officer_id, dues) for officer_id, dues in sorted(found.items()))


def everything_due() -> Iterator[Due]:
    """Yield what every app has to tell as of today."""
    for find in _sources:
        yield from find()


def step_of(days: int, steps: Sequence[int]) -> int | None:
    """Return the nearest of the steps (in days, ascending) that so many days lie within; None for what is past or far away."""
    return next((step for step in steps if 0 <= days <= step), None)


def days_left(day: date) -> str:
    """Say how far away a day is: today, or in so many days."""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


class _Told:
    """Who is told, asking for the people of a role once."""

    def __init__(self) -> None:
        self._of_role: dict[str, list[int]] = {}

    def of(self, due: Due) -> list[int]:
        serving = [officer.pk for officer in due.officers if officer and officer.is_active and officer.is_staff]
        return serving[:1] or self._holders(due.role)

    def _holders(self, role: str) -> list[int]:
        if role not in self._of_role:
            people = User.objects.filter(groups__name=role, is_active=True, is_staff=True)
            self._of_role[role] = list(people.values_list("pk", flat=True))
        return self._of_role[role]


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
    notify(officer, key=key, template="accounts/mail/reminders.txt", context={"digest": digest}, url=digest.url)
    return True
