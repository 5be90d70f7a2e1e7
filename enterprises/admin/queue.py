"""What an officer turns to next: the other cases that wait for the same person, in the order of the queue."""

from dataclasses import dataclass
from typing import Any

from enterprises.models import ServiceRequest


@dataclass(frozen=True)
class Next:
    """The case that follows another one, and how many wait for the officer beside that one."""

    pk: int
    number: str
    waiting: int


def next_case(user: Any, *, after: ServiceRequest) -> Next | None:
    """Return the case that follows ``after`` among what the officer can move on; the first one where it is no longer among them."""
    found = ServiceRequest.objects.to_do_for(user).in_queue_order().values_list("pk", "number")
    todo = [(pk, str(number)) for pk, number in found]
    keys = [pk for pk, _number in todo]
    place = keys.index(after.pk) + 1 if after.pk in keys else 0
    others = [row for row in [*todo[place:], *todo[:place]] if row[0] != after.pk]
    return Next(*others[0], waiting=len(others)) if others else None
