"""Dates that are known to the day, the month or only the year."""

from datetime import date, datetime

from django.db.models import CheckConstraint, Q, TextChoices
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class Precision(TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


def with_precision(on: str, precision: str, *, name: str) -> CheckConstraint:
    """Return the constraint that a date and its precision are both there or both not."""
    return CheckConstraint(
        condition=Q(**{f"{on}__isnull": True, precision: ""})
        | Q(**{f"{on}__isnull": False, f"{precision}__in": Precision.values}),
        name=name,
        violation_error_message=_("Give the date and how precisely it is known, or neither."),
    )


def parse_partial(text: str) -> tuple[date | None, str]:
    """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an empty text gives no date and no precision.

    Raises ValueError for anything else. The missing parts are stored as 1 and never shown.
    """
    if not text:
        return None, ""
    year, month, day = [int(part) for part in text.split("-")] + [1] * (2 - text.count("-"))
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[text.count("-")]
    return date(year, month, day), precision


def partial_text(value: date | None, precision: str) -> str:
    """The date as precisely as it is known, in the reader's language; empty without a date."""
    if value is None:
        return ""
    return format_date(value, _pattern(precision))


def day_text(value: date) -> str:
    """A full date in the reader's language."""
    return partial_text(value, Precision.DAY)


def moment_text(value: datetime) -> str:
    """Date and time of day in the reader's language, by the clock of Shenyang."""
    return format_date(timezone.localtime(value), pgettext("pattern of a date and time", "j F Y, H:i"))


def _pattern(precision: str) -> str:
    # The order of day, month and year belongs to the catalogue, so that no line here asks for the language.
    if precision == Precision.DAY:
        return pgettext("pattern of a full date", "j F Y")
    if precision == Precision.MONTH:
        return pgettext("pattern of a month and year", "F Y")
    return pgettext("pattern of a year", "Y")
