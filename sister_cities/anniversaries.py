"""Anniversaries of signature: which tie turns how many years old, and on which day."""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shenyang_fao.core.dates import Precision, partial_text
from sister_cities.enums import TieStatus
from sister_cities.models import Tie

# The 5th, 10th, 15th and so on are celebrated (逢五逢十).
ROUND_EVERY = 5


@dataclass(frozen=True)
class Anniversary:
    """The day on which a tie turns so many years old; of a tie without a known day, the first of its month or year."""

    tie: Tie
    falls_on: date
    years: int

    @property
    def is_round(self) -> bool:
        return self.years % ROUND_EVERY == 0

    @property
    def has_day(self) -> bool:
        return str(self.tie.signed_precision) == Precision.DAY

    @property
    def falls_text(self) -> str:
        """The date as precisely as that of the signature is known, in the reader's language."""
        return partial_text(self.falls_on, self.tie.signed_precision)

    def days_from(self, today: date) -> int | None:
        """Return in how many days it falls; None where nobody knows the day."""
        return (self.falls_on - today).days if self.has_day else None


def in_year(ties: Iterable[Tie], year: int) -> list[Anniversary]:
    """Return the anniversaries of a year in their order; only of ties signed on a known day, and not ended."""
    return [found for found in _of_year(ties, year) if found.has_day]


def without_day(ties: Iterable[Tie], year: int) -> list[Anniversary]:
    """Return those of a year of which only the month or the year is known, the known months first."""
    found = [found for found in _of_year(ties, year) if not found.has_day]
    return sorted(found, key=lambda anniversary: anniversary.tie.signed_precision != Precision.MONTH)


def next_of(tie: Tie, today: date) -> Anniversary | None:
    """Return a tie's next anniversary, today's included; None without a date or once the tie has ended."""
    found = [*_of_year([tie], today.year), *_of_year([tie], today.year + 1)]
    return next((anniversary for anniversary in found if _is_ahead(anniversary, today)), None)


def _of_year(ties: Iterable[Tie], year: int) -> list[Anniversary]:
    found = [
        Anniversary(tie, _moved(tie.signed_on, year), year - tie.signed_on.year)
        for tie in ties
        if tie.signed_on and tie.signed_on.year < year and tie.status != TieStatus.ENDED
    ]
    return sorted(found, key=lambda anniversary: (anniversary.falls_on, anniversary.tie.pk))


def _moved(signed_on: date, year: int) -> date:
    """The same day of another year; 29 February falls on the 28th where there is none."""
    is_missing = (signed_on.month, signed_on.day) == (2, 29) and not isleap(year)
    return signed_on.replace(year=year, day=28 if is_missing else signed_on.day)


def _is_ahead(anniversary: Anniversary, today: date) -> bool:
    """Whether it is still to come; of a month or a year, whether that has not passed."""
    precision, falls_on = anniversary.tie.signed_precision, anniversary.falls_on
    if precision == Precision.DAY:
        return falls_on >= today
    if precision == Precision.MONTH:
        return falls_on >= today.replace(day=1)
    return falls_on.year >= today.year
