"""The occasions of which officers are reminded, in words of the language that is active when they are read."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shenyang_fao.accounts.reminders import Occasion, days_left
from shenyang_fao.core.dates import day_text
from sister_cities.anniversaries import Anniversary
from sister_cities.models import Agreement, CounterpartLink, PlanAction


@dataclass(frozen=True)
class AnniversaryComing(Occasion):
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
class ActionDue(Occasion):
    action: PlanAction

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
class RenewalDue(Occasion):
    agreement: Agreement

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
class LinkDormant(Occasion):
    link: CounterpartLink

    @property
    def heading(self) -> str:
        return _("Counterpart links without activity for twelve months")

    @property
    def line(self) -> str:
        return str(self.link)

    @property
    def subject(self) -> str:
        return _("No activity for twelve months: %(link)s") % {"link": self.line}

    @property
    def url(self) -> str:
        return reverse("admin:sister_cities_counterpartlink_change", args=[self.link.pk])
