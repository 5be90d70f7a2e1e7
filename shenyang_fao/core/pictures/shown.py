"""Who may see a picture: everybody, while some public record shows it; nobody has to remember to switch it off.

An app whose records show pictures registers here what its public records show, as a query. A picture is given out only if
one of these queries finds it at the moment of asking, so that a record that is unpublished, deleted or changed past every
action takes its pictures with it. Where no query is registered, nothing is public.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

Shown = Callable[[], QuerySet[Any, Any]]
_shown: list[Shown] = []


def shown_by(query: Shown) -> Shown:
    """Register a function that returns the keys of the pictures that an app's public records show."""
    _shown.append(query)
    return query


def is_shown() -> Q:
    """Return the condition that a public record shows the picture."""
    condition = Q(pk__in=[])
    for query in _shown:
        condition |= Q(pk__in=query())
    return condition
