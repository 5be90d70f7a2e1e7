"""Dates in templates."""

from datetime import date, datetime

from django import template

from shenyang_fao.core.dates import day_text, moment_text, parse_partial, partial_text

register = template.Library()


@register.filter
def partial_date(text: str) -> str:
    """Write `2022`, `2022-10` or `2022-10-17` in the reader's language."""
    return partial_text(*parse_partial(text))


@register.filter
def day(value: date | None) -> str:
    """Write a date in the reader's language; nothing for none."""
    return day_text(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write date and time in the reader's language; nothing for none."""
    return moment_text(value) if value else ""
