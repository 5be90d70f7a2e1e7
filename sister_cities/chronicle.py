"""The ties of the city in the order in which they were signed."""

from dataclasses import dataclass
from itertools import groupby

from sister_cities.enums import Level
from sister_cities.models import Tie
from sister_cities.statistics import decade_text


@dataclass(frozen=True)
class Year:
    """The ties signed in one year; no year for those of unknown date."""

    number: int | None
    ties: list[Tie]


@dataclass(frozen=True)
class Decade:
    """The years of a decade in which something was signed; no first year for ties of unknown date."""

    first: str
    years: list[Year]

    @property
    def label(self) -> str:
        return decade_text(self.first)

    @property
    def count(self) -> int:
        return sum(len(year.ties) for year in self.years)


def decades() -> list[Decade]:
    """Return every public tie by decade and year, the oldest first; ties of unknown date at the end."""
    ties = list(Tie.objects.public().select_related("partner", "local").by_rank())
    ties.sort(key=_when)
    years = [Year(number, list(found)) for number, found in groupby(ties, _year)]
    return [Decade(first, list(found)) for first, found in groupby(years, _first_year)]


def _when(tie: Tie) -> tuple[bool, str, int]:
    """Sort by the date, then by level; a date of less precision stands before the days of its year."""
    return tie.signed_on is None, str(tie.signed_on), Level.values.index(tie.level)


def _year(tie: Tie) -> int | None:
    return tie.signed_on.year if tie.signed_on else None


def _first_year(year: Year) -> str:
    return str(year.number // 10 * 10) if year.number else ""
