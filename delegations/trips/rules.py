"""The rules of official trips abroad, each by name, with the numbers it saw and its reason in the reader's language.

Pure: a rule reads a `Mission` and the `Limits` in force on the day of leaving, and knows no table. Sources stand with each rule.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from delegations.trips import itinerary
from delegations.trips.enums import Companion, Finding, TripWork
from delegations.trips.itinerary import Leg
from shenyang_fao.core.workdays import is_published, working_days

# Two offices' rules for 中办发〔2013〕16号, which itself is not public.
LIMITS_SOURCE = "中办发〔2013〕16号"
NOTICE_SOURCE = "http://fao.xm.gov.cn/wsbs/ygcg/bplcxz/zcxz/201508/t20150818_1177368.htm"
COUNTING_SOURCE = "https://gjhzc.cug.edu.cn/info/1072/3410.htm"
# The office's own presentation; no published text defines the lane.
LANE_SOURCE = _("The office's own measure; see “handled on submission” among its initiatives.")


@dataclass(frozen=True)
class Limits:
    """The numbers in force on a day, from the settings of the back office; ``days`` by number of countries."""

    people: int
    countries: int
    days: dict[int, int]
    far_extra_days: dict[int, int]
    notice_working_days: int


@dataclass(frozen=True)
class Mission:
    """A trip as the rules read it. ``companions`` are the people of the group, the interpreter among them."""

    leaves_on: date
    returns_on: date
    legs: tuple[Leg, ...]
    companions: tuple[Companion, ...]
    work: TripWork = TripWork.GENERAL
    has_poor_flights: bool = False
    inviter: str = ""
    inviter_country: str = ""
    has_invitation: bool = False
    has_route: bool = False
    stays_without_agenda: int = 0
    budget: bool = False
    budget_source: bool = False
    is_in_annual_plan: bool = False
    is_same_day: bool = False
    priority_countries: frozenset[str] = frozenset()
    noticed_on: date | None = None
    files_on: date | None = None

    @cached_property
    def countries(self) -> list[str]:
        return itinerary.countries_of(self.legs)


@dataclass(frozen=True)
class Verdict:
    """What a rule found. ``saw`` are the numbers it judged by, as written into the record of the trip."""

    rule: str
    title: str | LazyText
    finding: Finding
    pattern: str | LazyText
    source: str | LazyText
    saw: dict[str, int | str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The reason in the reader's language, with the numbers in it."""
        return str(self.pattern) % self.saw


Judgement = tuple[Finding, str | LazyText, dict[str, int | str]]
Judge = Callable[[Mission, Limits], Judgement]


@dataclass(frozen=True)
class Rule:
    code: str
    title: str | LazyText
    source: str | LazyText
    judge: Judge

    def apply(self, mission: Mission, limits: Limits) -> Verdict:
        finding, pattern, saw = self.judge(mission, limits)
        return Verdict(self.code, self.title, finding, pattern, self.source, saw)


RULES: list[Rule] = []


def rule(code: str, title: str | LazyText, *, source: str | LazyText) -> Callable[[Judge], Judge]:
    """Register a rule; they are listed in the order in which they are written."""

    def register(judge: Judge) -> Judge:
        RULES.append(Rule(code, title, source, judge))
        return judge

    return register


def verdicts(mission: Mission, limits: Limits) -> list[Verdict]:
    """Return what every rule says of a mission."""
    return [each.apply(mission, limits) for each in RULES]


@rule("people", _("Size of the group"), source=LIMITS_SOURCE)
def people(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"people": len(mission.companions), "limit": limits.people}
    if not mission.companions:
        return Finding.REFUSE, _("Nobody is named yet."), saw
    if len(mission.companions) <= limits.people:
        return Finding.PASS, _("%(people)s of at most %(limit)s people, interpreter included."), saw
    if mission.work == TripWork.ACADEMIC:
        return Finding.WARN, _("%(people)s people; academic exchange goes by need, which must be shown."), saw
    return Finding.REFUSE, _("%(people)s people; at most %(limit)s may travel, interpreter included."), saw


@rule("family", _("No spouse or child"), source=LIMITS_SOURCE)
def family(mission: Mission, limits: Limits) -> Judgement:
    count = sum(companion == Companion.FAMILY for companion in mission.companions)
    saw: dict[str, int | str] = {"family": count}
    if count:
        return Finding.REFUSE, _("Spouses and children do not travel with an official group."), saw
    return Finding.PASS, _("Nobody of a family travels along."), saw


@rule("order", _("Order of the journey"), source=COUNTING_SOURCE)
def order(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"legs": len(mission.legs)}
    if not mission.countries:
        return Finding.REFUSE, _("No country or region is visited."), saw
    if mission.returns_on < mission.leaves_on:
        return Finding.REFUSE, _("The return lies before the departure."), saw
    if not itinerary.is_in_order(mission.legs, mission.leaves_on, mission.returns_on):
        return Finding.REFUSE, _("The stays do not follow one another between departure and return."), saw
    if unaccounted := itinerary.days_unaccounted(mission.legs, mission.leaves_on, mission.returns_on):
        return (
            Finding.WARN,
            _("Days that lie in no stay: %(unaccounted)s; no stop may be added."),
            saw | {"unaccounted": unaccounted},
        )
    return Finding.PASS, _("The stays follow one another between departure and return."), saw


@rule("countries", _("Countries and regions"), source=LIMITS_SOURCE)
def countries(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"countries": len(mission.countries), "limit": limits.countries}
    if len(mission.countries) <= limits.countries:
        return Finding.PASS, _("%(countries)s of at most %(limit)s countries or regions."), saw
    return Finding.REFUSE, _("%(countries)s countries or regions; at most %(limit)s."), saw


@rule("transit", _("Transit"), source=COUNTING_SOURCE)
def transit(mission: Mission, limits: Limits) -> Judgement:
    passing = [leg for leg in mission.legs if leg.is_transit]
    counted = [leg for leg in passing if leg.is_visit]
    overnight = [leg for leg in passing if leg.nights and not leg.is_visit]
    saw: dict[str, int | str] = {"transits": len(passing), "counted": len(counted), "overnight": len(overnight)}
    if counted:
        reason = _(
            "Transits that count as visits, since they leave the airport or last more than a night: %(counted)s."
        )
        return Finding.WARN, reason, saw
    if overnight:
        return Finding.WARN, _("Transits over midnight: %(overnight)s; nobody leaves the airport."), saw
    return Finding.PASS, _("Whoever changes planes stays in the airport."), saw


@rule("days", _("Days abroad"), source=LIMITS_SOURCE)
def days(mission: Mission, limits: Limits) -> Judgement:
    number = min(max(len(mission.countries), 1), max(limits.days))
    extra = limits.far_extra_days.get(number, 0) if _has_allowance(mission) else 0
    count = max((mission.returns_on - mission.leaves_on).days + 1, 0)
    limit = limits.days[number] + extra
    saw: dict[str, int | str] = {"days": count, "limit": limit, "countries": number, "extra": extra}
    if count <= limit:
        return Finding.PASS, _("%(days)s of at most %(limit)s days, those of leaving and re-entering counted."), saw
    if mission.work == TripWork.ACADEMIC:
        return Finding.WARN, _("%(days)s days; academic exchange goes by need, which must be shown."), saw
    reason = _(
        "%(days)s days; at most %(limit)s for %(countries)s countries or regions, the days of leaving and re-entering counted."
    )
    return Finding.REFUSE, reason, saw


def _has_allowance(mission: Mission) -> bool:
    return mission.has_poor_flights and itinerary.is_far(mission.countries)


@rule("allowance", _("One day more for poor flights"), source=LIMITS_SOURCE)
def allowance(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"asked": int(mission.has_poor_flights)}
    if not mission.has_poor_flights:
        return Finding.PASS, _("Not asked for."), saw
    if not itinerary.is_far(mission.countries):
        return Finding.WARN, _("Only journeys to Latin America and Africa alone get it: it was not counted."), saw
    if not limits.far_extra_days.get(len(mission.countries)):
        return Finding.WARN, _("There is none for this number of countries: it was not counted."), saw
    return Finding.WARN, _("Counted. The officer confirms that the flights are poor."), saw


@rule("invitation", _("Invitation"), source=LIMITS_SOURCE)
def invitation(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"inviter_country": mission.inviter_country}
    if not mission.inviter or not mission.has_invitation:
        return Finding.REFUSE, _("The inviter and the letter of invitation are needed."), saw
    if mission.inviter_country not in mission.countries:
        return Finding.WARN, _("The inviter does not sit in a country that is visited."), saw
    return Finding.PASS, _("An invitation from a country that is visited."), saw


@rule("budget", _("Budget and its source"), source=NOTICE_SOURCE)
def budget(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"budget": int(mission.budget), "source": int(mission.budget_source)}
    if mission.budget and mission.budget_source:
        return Finding.PASS, _("The amount and where it comes from are named."), saw
    return Finding.REFUSE, _("The amount and where it comes from must be named."), saw


@rule("contents", _("Contents of the notice"), source=NOTICE_SOURCE)
def contents(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"route": int(mission.has_route), "without_agenda": mission.stays_without_agenda}
    if not mission.has_route:
        return Finding.REFUSE, _("The notice has to show the route."), saw
    if mission.stays_without_agenda:
        return (
            Finding.REFUSE,
            _("Stays that do not say what is done there, as the notice has to: %(without_agenda)s."),
            saw,
        )
    return Finding.PASS, _("Route and itinerary are complete."), saw


@rule("plan", _("Annual plan"), source=LIMITS_SOURCE)
def plan(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"planned": int(mission.is_in_annual_plan)}
    if mission.is_in_annual_plan:
        return Finding.PASS, _("The trip stands in the annual plan."), saw
    return Finding.WARN, _("The trip does not stand in the annual plan: the reason must be given."), saw


@rule("lane", _("Same-day lane"), source=LANE_SOURCE)
def lane(mission: Mission, limits: Limits) -> Judgement:
    outside = [country for country in mission.countries if country not in mission.priority_countries]
    saw: dict[str, int | str] = {"asked": int(mission.is_same_day), "outside": " ".join(outside)}
    if not mission.is_same_day:
        return Finding.PASS, _("Not asked for."), saw
    if outside or not mission.countries:
        return (
            Finding.WARN,
            _("Not every destination is an RCEP member or a Belt and Road country: the normal lane holds."),
            saw,
        )
    return (
        Finding.PASS,
        _("Every destination is an RCEP member or a Belt and Road country. Limits and notice stay the same."),
        saw,
    )


@rule("notice", _("Public notice before filing"), source=NOTICE_SOURCE)
def notice(mission: Mission, limits: Limits) -> Judgement:
    saw: dict[str, int | str] = {"working_days": len(_noticed_days(mission)), "needed": limits.notice_working_days}
    if mission.noticed_on is None:
        return Finding.WARN, _("Not on public notice yet; %(needed)s working days are needed before filing."), saw
    if len(_noticed_days(mission)) < limits.notice_working_days:
        reason = _("On public notice for %(working_days)s of %(needed)s working days: it cannot be filed yet.")
        return Finding.REFUSE, reason, saw
    if sum(is_published(day) for day in _noticed_days(mission)) < limits.notice_working_days:
        provisional = _("On public notice for %(working_days)s working days, as far as the holidays are published.")
        return Finding.WARN, provisional, saw
    return Finding.PASS, _("On public notice for %(working_days)s working days."), saw


def _noticed_days(mission: Mission) -> list[date]:
    """Return the full working days of the notice: neither the day it appeared nor the day of filing."""
    if mission.noticed_on is None or mission.files_on is None:
        return []
    return working_days(mission.noticed_on, mission.files_on - timedelta(days=1))
