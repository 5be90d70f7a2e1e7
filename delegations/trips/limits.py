"""The numbers that the rules judge by, as the back office keeps them with the days on which they hold."""

from datetime import date

from delegations.trips.models import TripLimit
from delegations.trips.rules import Limits

# Every number that a rule needs, and what it is when the table holds none (domain.md, section 6).
KEYS: dict[str, int] = {
    "people": 6,
    "countries": 3,
    "days_1": 5,
    "days_2": 8,
    "days_3": 10,
    "far_extra_1": 1,
    "far_extra_2": 1,
    "notice_working_days": 5,
}


def limits_on(day: date) -> Limits:
    """Return the limits in force on a day, in one query."""
    held = KEYS | {limit.key: limit.value for limit in TripLimit.objects.holding_on(day)}
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
