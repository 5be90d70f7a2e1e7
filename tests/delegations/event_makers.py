"""Events and series in one line."""

from datetime import date
from itertools import count

from delegations.events.enums import EventKind, EventState
from delegations.events.models import Event, Series

_numbers = count(1)
PUBLIC = {"is_public": True, "source": "https://www.shenyang.gov.cn/x", "source_grade": "official"}


def make_series(**fields: object) -> Series:
    values = {"slug": "salon", "kind": EventKind.SALON, "name_zh_hans": "领事沙龙", "name_en": "Consular Salon"}
    return Series.objects.create(**values | PUBLIC | fields)


def make_event(**fields: object) -> Event:
    """A public event that was held; by keyword anything else."""
    number = next(_numbers)
    values = {
        "slug": f"event-{number}",
        "kind": EventKind.CONFERENCE,
        "name_zh_hans": f"活动{number}",
        "name_en": f"Event {number}",
        "state": EventState.HELD,
        "starts_on": date(2025, 5, 12),
        "starts_precision": "day",
    }
    return Event.objects.create(**values | PUBLIC | fields)


def announced(**fields: object) -> Event:
    """An event that will be held on 11 May 2027."""
    return make_event(**{"state": EventState.ANNOUNCED, "starts_on": date(2027, 5, 11)} | fields)
