"""The occasions of which officers are reminded, in words of the language that is active when they are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shenyang_fao.core.dates import day_text
from sister_cities.anniversaries import Anniversary
from sister_cities.models import Agreement, CounterpartLink, PlanAction


class Occasion(Protocol):
    """Something to be told: under which heading, in one line, and where to go on."""

    @property
    def heading(self) -> str: ...

    @property
    def line(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def is_marked(self) -> bool: ...


@dataclass(frozen=True)
class AnniversaryComing:
    anniversary: Anniversary

    @property
    def heading(self) -> str:
        return _("Anniversaries")

    @property
    def is_marked(self) -> bool:
        """The 5th, 10th, 15th and so on."""
        return self.anniversary.is_round

    @property
    def line(self) -> str:
        tie, years = self.anniversary.tie, self.anniversary.years
        if self.is_marked:
            words = _("Round anniversary: %(local)s and %(partner)s, %(years)s years on %(date)s (%(left)s)")
        else:
            words = ngettext(
                "%(local)s and %(partner)s, %(years)s year on %(date)s (%(left)s)",
                "%(local)s and %(partner)s, %(years)s years on %(date)s (%(left)s)",
                years,
            )
        when = {"date": day_text(self.anniversary.falls_on), "left": days_left(self.anniversary.falls_on)}
        return words % {"local": tie.local.name, "partner": tie.partner.name, "years": years, **when}

    @property
    def url(self) -> str:
        return reverse("admin:sister_cities_tie_change", args=[self.anniversary.tie.pk])


@dataclass(frozen=True)
class ActionDue:
    action: PlanAction
    is_marked = False

    @property
    def heading(self) -> str:
        return _("Actions of the plans")

    @property
    def line(self) -> str:
        words = _("Due on %(date)s (%(left)s): %(action)s – %(plan)s")
        if self.action.is_overdue:
            words = _("Overdue since %(date)s: %(action)s – %(plan)s")
        when = {"date": day_text(self.action.due_on), "left": days_left(self.action.due_on)}
        return words % {"action": self.action.name, "plan": str(self.action.plan), **when}

    @property
    def url(self) -> str:
        return self.action.get_absolute_url()


@dataclass(frozen=True)
class RenewalDue:
    agreement: Agreement
    is_marked = False

    @property
    def heading(self) -> str:
        return _("Agreements to renew")

    @property
    def line(self) -> str:
        ends = self.agreement.valid_until or timezone.localdate()
        words = {"agreement": self.agreement.name, "partner": self.agreement.tie.partner.name}
        when = {"date": day_text(ends), "left": days_left(ends)}
        return _("%(agreement)s (%(partner)s) is valid until %(date)s (%(left)s)") % {**words, **when}

    @property
    def url(self) -> str:
        return reverse("admin:sister_cities_agreement_change", args=[self.agreement.pk])


@dataclass(frozen=True)
class LinkDormant:
    link: CounterpartLink
    is_marked = False

    @property
    def heading(self) -> str:
        return _("Counterpart links without activity for twelve months")

    @property
    def line(self) -> str:
        return str(self.link)

    @property
    def url(self) -> str:
        return reverse("admin:sister_cities_counterpartlink_change", args=[self.link.pk])


@dataclass(frozen=True)
class Digest:
    """What one officer is told in one mail; occasions of one heading stand together."""

    occasions: list[Occasion]

    @property
    def subject(self) -> str:
        """The only occasion; of several, their number and a round anniversary or else the first."""
        first = next((occasion for occasion in self.occasions if occasion.is_marked), self.occasions[0])
        line = self._in_subject(first)
        if len(self.occasions) == 1:
            return line
        return _("%(count)s reminders, among them: %(line)s") % {"count": len(self.occasions), "line": line}

    @property
    def url(self) -> str:
        """Where the only occasion leads; of several, the officers' start page, which counts what waits."""
        return self.occasions[0].url if len(self.occasions) == 1 else reverse("admin:index")

    @property
    def groups(self) -> Iterator[tuple[str, list[Occasion]]]:
        for heading, found in groupby(self.occasions, key=lambda occasion: occasion.heading):
            yield heading, list(found)

    def _in_subject(self, occasion: Occasion) -> str:
        if isinstance(occasion, LinkDormant):
            return _("No activity for twelve months: %(link)s") % {"link": occasion.line}
        return occasion.line


def days_left(day: date) -> str:
    """Say how far away a day is: today, or in so many days."""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
