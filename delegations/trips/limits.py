"""The numbers that the rules judge by, as the back office keeps them with the days on which they hold."""

from datetime import date

from delegations.trips.enums import LimitKey
from delegations.trips.models import TripLimit
from delegations.trips.rules import Limits

# What each number is when the table holds none (中办发〔2013〕16号).
KEYS: dict[LimitKey, int] = {
    LimitKey.PEOPLE: 6,
    LimitKey.COUNTRIES: 3,
    LimitKey.DAYS_1: 5,
    LimitKey.DAYS_2: 8,
    LimitKey.DAYS_3: 10,
    LimitKey.FAR_EXTRA_1: 1,
    LimitKey.FAR_EXTRA_2: 1,
    LimitKey.NOTICE: 5,
}


def limits_on(day: date) -> Limits:
    """Return the limits in force on a day, in one query."""
    return limits_of({limit.key: limit.value for limit in TripLimit.objects.holding_on(day)})


def limits_of(changed: dict[str, int]) -> Limits:
    """Return the limits with the numbers that were changed, by their keys."""
    held = {key.value: value for key, value in KEYS.items()} | changed
    return Limits(
        people=held["people"],
        countries=held["countries"],
        days=_numbered(held, "days"),
        far_extra_days=_numbered(held, "far_extra"),
        notice_working_days=held["notice_working_days"],
    )


def _numbered(held: dict[str, int], name: str) -> dict[int, int]:
    """Return the numbers that differ by how many countries are visited."""
    return {int(key.rpartition("_")[2]): value for key, value in held.items() if key.rpartition("_")[0] == name}
