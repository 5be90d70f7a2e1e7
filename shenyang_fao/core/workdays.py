"""Chinese working days: statutory holidays and make-up working days both count (State Council's yearly notices)."""

from datetime import date, timedelta

import chinese_calendar


def is_published(day: date) -> bool:
    """Tell whether the holidays of that day's year are published; before that a count is provisional."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day; unpublished years count Monday to Friday."""
    if is_published(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def add_working_days(start: date, days: int) -> date:
    """Return the last day of a term of so many working days; the day of receipt does not count.

    Raises ValueError when ``days`` is negative.
    """
    if days < 0:
        raise ValueError("A term has no negative days.")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and with ``end``; negative when ``end`` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return len(working_days(start, end))


def working_days(start: date, end: date) -> list[date]:
    """Return the working days after ``start`` up to and with ``end``."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return [day for day in days if is_working_day(day)]
