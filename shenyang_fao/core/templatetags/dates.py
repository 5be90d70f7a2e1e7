"""Dates in templates."""

from django import template

from shenyang_fao.core.dates import parse_partial, partial_text

register = template.Library()


@register.filter
def partial_date(text: str) -> str:
    """Write `2022`, `2022-10` or `2022-10-17` in the reader's language."""
    return partial_text(*parse_partial(text))
