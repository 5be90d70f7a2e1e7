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
from django_countries import countries

from enterprises.enums import RequestState
from enterprises.models import Invitee, Letter, Rating, ServiceRequest
from shenyang_fao.core.countries import by_sound
from shenyang_fao.core.models import PublishedFigure
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


def figures(*, year: str, is_demonstration: bool = False) -> Figures:
    """Return the figures of a year, of real companies or of demonstration ones alone; another year is this one.

    Cases and invitees count by the day a case was first handed in, letters by the day of issue, decisions by their own.
    The number of queries does not depend on the data.
    """
    today = timezone.localdate().year
    years = _years(today)
    asked = next((each for each in years if str(each) == year), today)
    handed_in = ServiceRequest.objects.filter(number__isnull=False, submitted_at__year=asked)
    cases = handed_in.filter(company__is_demonstration=is_demonstration)
    decided = _decided(asked, is_demonstration=is_demonstration)
    letters = _issued(is_demonstration=is_demonstration)
    total = cases.aggregate(cases=Count("pk", distinct=True), invitees=_people(), companies=_companies())
    months = _months(asked, cases, letters.filter(issued_at__year=asked), decided)
    return Figures(
        year=asked,
        years=years,
        is_demonstration=is_demonstration,
        left_out=handed_in.exclude(company__is_demonstration=is_demonstration).count(),
        total=Line(
            cases=total["cases"],
            invitees=total["invitees"],
            letters=sum(month.line.letters for month in months),
            **decided.aggregate(decisions=Count("pk"), days=_Median("waited_before")),
        ),
        companies=total["companies"],
        months=months,
        nationalities=_nationalities(cases),
        outcomes=_outcomes(cases),
        baseline=_baseline(letters),
        ratings=satisfaction(year=asked, is_demonstration=is_demonstration),
    )


def satisfaction(*, year: int, is_demonstration: bool = False) -> Satisfaction:
    """Count the ratings that real companies, or demonstration ones alone, gave in a year."""
    return count_ratings(Rating.objects.filter(at__year=year, request__company__is_demonstration=is_demonstration))


def _years(today: int) -> list[int]:
    first = ServiceRequest.objects.aggregate(first=Min("submitted_at"))["first"]
    begun = timezone.localtime(first).year if first else today
    return list(range(today, min(begun, today) - 1, -1))


def _decided(year: int, *, is_demonstration: bool) -> QuerySet[ServiceRequest]:
    """Return what was signed off or refused in a year; its clock has stopped, so that the days waited stand in the row."""
    return ServiceRequest.objects.filter(decided_at__year=year, company__is_demonstration=is_demonstration).order_by()


def _issued(*, is_demonstration: bool) -> QuerySet[Letter]:
    """Return every letter that ever was in force, also those revoked or superseded since."""
    return Letter.objects.filter(
        issued_at__isnull=False, request__company__is_demonstration=is_demonstration
    ).order_by()


def _people(path: str = GUESTS) -> Count:
    return Count(path, distinct=True)


def _companies(path: str = "company") -> Count:
    return Count(path, distinct=True)


def _months(
    year: int, cases: QuerySet[ServiceRequest], letters: QuerySet[Letter], decided: QuerySet[ServiceRequest]
) -> list[Month]:
    filed = _by_month(cases, "submitted_at", cases=Count("pk", distinct=True), invitees=_people())
    issued = _by_month(letters, "issued_at", letters=Count("pk"))
    done = _by_month(decided, "decided_at", decisions=Count("pk"), days=_Median("waited_before"))
    nothing = {"cases": 0, "invitees": 0, "letters": 0, "decisions": 0, "days": None}
    return [
        Month(
            date(year, number, 1),
            Line(**(nothing | filed.get(number, {}) | issued.get(number, {}) | done.get(number, {}))),
        )
        for number in range(1, 13)
    ]


def _by_month(rows: QuerySet[Any], column: str, **counts: Any) -> Mapping[int, dict[str, Any]]:
    counted = rows.order_by().values(month=ExtractMonth(column)).annotate(**counts)
    return {row.pop("month"): row for row in counted}


def _nationalities(cases: QuerySet[ServiceRequest]) -> list[Nationality]:
    """Return where the invitees come from, the most first."""
    guests = Invitee.objects.filter(invitation__request__in=cases.order_by()).order_by()
    counted = guests.values("nationality").annotate(
        cases=Count("invitation", distinct=True), invitees=_people(PASSPORT)
    )
    rows = [Nationality(str(countries.name(row["nationality"])), row["cases"], row["invitees"]) for row in counted]
    return sorted(rows, key=lambda row: (-row.invitees, by_sound(row.name)))


def _outcomes(cases: QuerySet[ServiceRequest]) -> list[Outcome]:
    """Return in which states the cases stand today, in the order of the journey."""
    counted = dict(cases.order_by().values_list("state").annotate(Count("pk")))
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
