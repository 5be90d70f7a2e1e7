"""What the office did for companies in a year, counted from the requests: never typed, and demonstration kept apart.

An invitee is a passport: counted once in each line, however many requests name it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Min, QuerySet
from django.db.models.functions import ExtractMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from enterprises.enums import RequestState
from enterprises.models import Invitee, Letter, Rating, ServiceRequest
from shenyang_fao.core.countries import by_sound
from shenyang_fao.core.models import PublishedFigure, Unit
from shenyang_fao.core.ratings import Satisfaction, count_ratings

PASSPORT = "passport_index"
GUESTS = f"invitation__invitees__{PASSPORT}"
# The figures published on invitation letters (`facts/achievements.csv`), and what the register counts against each.
BASELINE = {"invitation_enterprises": "companies", "invited_foreigners": "people"}
# Published as "over 70" (70余家).
PUBLISHED_AS_OVER = {"invitation_enterprises"}


class _Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Line:
    """Counts of a month or a year: ``days`` is the median of the working days at the office until the decision."""

    cases: int
    invitees: int
    letters: int
    decisions: int
    days: float | None


@dataclass(frozen=True)
class Month:
    first: date
    line: Line


@dataclass(frozen=True)
class Nationality:
    name: str
    cases: int
    invitees: int


@dataclass(frozen=True)
class Park:
    """A development zone, or the companies that named none."""

    name: str
    cases: int
    invitees: int


@dataclass(frozen=True)
class Outcome:
    state: RequestState
    cases: int


@dataclass(frozen=True)
class Baseline:
    """A figure as it was published, and what this portal counts since its beginning."""

    label: str
    published: str
    as_of: str
    counted: int


@dataclass(frozen=True)
class Figures:
    year: int
    years: list[int]
    is_demonstration: bool
    left_out: int
    total: Line
    companies: int
    months: list[Month]
    nationalities: list[Nationality]
    parks: list[Park]
    outcomes: list[Outcome]
    baseline: list[Baseline]
    ratings: Satisfaction

    @property
    def most_cases(self) -> int:
        """The longest bar of the months."""
        return max((month.line.cases for month in self.months), default=0)

    @property
    def most_invitees(self) -> int:
        """The longest bar of the nationalities."""
        return max((row.invitees for row in self.nationalities), default=0)


@dataclass(frozen=True)
class _Year:
    """What is counted of a year: of real companies, or of demonstration ones alone."""

    number: int
    is_demonstration: bool

    @property
    def handed_in(self) -> QuerySet[ServiceRequest]:
        """Every case that was first handed in in this year, whoever it is of."""
        return ServiceRequest.objects.filter(number__isnull=False, submitted_at__year=self.number).order_by()

    @property
    def left_out(self) -> QuerySet[ServiceRequest]:
        return self.handed_in.exclude(company__is_demonstration=self.is_demonstration)

    @property
    def cases(self) -> QuerySet[ServiceRequest]:
        return self.handed_in.filter(company__is_demonstration=self.is_demonstration)

    @property
    def decided(self) -> QuerySet[ServiceRequest]:
        """What was signed off or refused; its clock has stopped, so that the days waited stand in the row."""
        return ServiceRequest.objects.filter(
            decided_at__year=self.number, company__is_demonstration=self.is_demonstration
        ).order_by()

    @property
    def letters_ever(self) -> QuerySet[Letter]:
        """Every letter of any year that ever was in force, also those revoked or superseded since."""
        return Letter.objects.filter(
            issued_at__isnull=False, request__company__is_demonstration=self.is_demonstration
        ).order_by()

    @property
    def letters(self) -> QuerySet[Letter]:
        return self.letters_ever.filter(issued_at__year=self.number)


def figures(*, year: str, is_demonstration: bool = False) -> Figures:
    """Return the figures of a year, of real companies or of demonstration ones alone; another year is this one.

    Cases and invitees count by the day a case was first handed in, letters by the day of issue, decisions by their own.
    The number of queries does not depend on the data.
    """
    years = _years(timezone.localdate().year)
    asked = _Year(next((each for each in years if str(each) == year), years[0]), is_demonstration)
    return Figures(
        year=asked.number,
        years=years,
        is_demonstration=is_demonstration,
        left_out=asked.left_out.count(),
        total=_total(asked),
        companies=asked.cases.aggregate(companies=_companies())["companies"],
        months=_months(asked),
        nationalities=_nationalities(asked.cases),
        parks=_parks(asked.cases),
        outcomes=_outcomes(asked.cases),
        baseline=_baseline(asked.letters_ever),
        ratings=satisfaction(year=asked.number, is_demonstration=is_demonstration),
    )


def satisfaction(*, year: int, is_demonstration: bool = False) -> Satisfaction:
    """Count the ratings that real companies, or demonstration ones alone, gave in a year."""
    return count_ratings(Rating.objects.filter(at__year=year, request__company__is_demonstration=is_demonstration))


def _years(today: int) -> list[int]:
    first = ServiceRequest.objects.aggregate(first=Min("submitted_at"))["first"]
    begun = timezone.localtime(first).year if first else today
    return list(range(today, min(begun, today) - 1, -1))


def _total(year: _Year) -> Line:
    return Line(
        letters=year.letters.count(),
        **year.cases.aggregate(cases=Count("pk", distinct=True), invitees=_people()),
        **year.decided.aggregate(decisions=Count("pk"), days=_Median("waited_before")),
    )


def _people(path: str = GUESTS) -> Count:
    return Count(path, distinct=True)


def _companies(path: str = "company") -> Count:
    return Count(path, distinct=True)


def _months(year: _Year) -> list[Month]:
    filed = _by_month(year.cases, "submitted_at", cases=Count("pk", distinct=True), invitees=_people())
    issued = _by_month(year.letters, "issued_at", letters=Count("pk"))
    done = _by_month(year.decided, "decided_at", decisions=Count("pk"), days=_Median("waited_before"))
    nothing = {"cases": 0, "invitees": 0, "letters": 0, "decisions": 0, "days": None}
    return [
        Month(
            date(year.number, number, 1),
            Line(**(nothing | filed.get(number, {}) | issued.get(number, {}) | done.get(number, {}))),
        )
        for number in range(1, 13)
    ]


def _by_month(rows: QuerySet[Any], column: str, **counts: Any) -> Mapping[int, dict[str, Any]]:
    counted = rows.values(month=ExtractMonth(column)).annotate(**counts)
    return {row.pop("month"): row for row in counted}


def _nationalities(cases: QuerySet[ServiceRequest]) -> list[Nationality]:
    """Return where the invitees come from, the most first."""
    guests = Invitee.objects.filter(invitation__request__in=cases).order_by()
    counted = guests.values("nationality").annotate(
        cases=Count("invitation", distinct=True), invitees=_people(PASSPORT)
    )
    rows = [Nationality(str(countries.name(row["nationality"])), row["cases"], row["invitees"]) for row in counted]
    return sorted(rows, key=lambda row: (-row.invitees, by_sound(row.name)))


def _parks(cases: QuerySet[ServiceRequest]) -> list[Park]:
    """Return the parks of the companies that filed, the most first, and last those that sit in none."""
    counted = cases.values("company__park").annotate(cases=Count("pk", distinct=True), invitees=_people())
    counts: dict[int | None, Any] = {row["company__park"]: row for row in counted}
    units = Unit.objects.filter(pk__in=[key for key in counts if key])
    named = [(str(unit), counts[unit.pk]) for unit in units]
    named.sort(key=lambda park: (-park[1]["cases"], by_sound(park[0])))
    if None in counts:
        named.append((_("no park"), counts[None]))
    return [Park(name, row["cases"], row["invitees"]) for name, row in named]


def _outcomes(cases: QuerySet[ServiceRequest]) -> list[Outcome]:
    """Return in which states the cases stand today, in the order of the journey."""
    counted = dict(cases.values_list("state").annotate(Count("pk")))
    return [Outcome(state, counted[state.value]) for state in RequestState if state.value in counted]


def _baseline(letters: QuerySet[Letter]) -> list[Baseline]:
    """Return what was published before this portal, each beside what the portal itself has counted since."""
    counted = letters.aggregate(companies=_companies("request__company"), people=_people(f"request__{GUESTS}"))
    published = {row.key: row for row in PublishedFigure.objects.filter(key__in=BASELINE)}
    return [
        Baseline(row.label, f"{row.value}+" if key in PUBLISHED_AS_OVER else row.value, row.as_of, counted[name])
        for key, name in BASELINE.items()
        if (row := published.get(key))
    ]
