"""Invented events for `manage.py generate --events N`: past, coming and cancelled ones, with agenda, speaker and follow-up.

All say in both languages that they are a demonstration; none is public, and none names a source.
"""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import count
from random import Random

from django.db import transaction
from django.utils import timezone

from delegations.enums import OutcomeKind
from delegations.events.actions import change_state
from delegations.events.enums import EventKind, EventState
from delegations.events.models import AgendaItem, Event, EventOutcome, Series, Speaker
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.dates import Precision
from shenyang_fao.portal import demonstration

NOTE = "演示数据，并非事实。Demonstration data, not a fact."
KINDS = (EventKind.CONFERENCE, EventKind.SALON, EventKind.TOUR, EventKind.EXHIBITION, EventKind.YOUTH)
S = EventState
# Days from today, and what becomes of it: a past one, one whose end nobody reported, two that are coming, one cancelled.
COURSES = ((-90, S.HELD), (-5, S.ANNOUNCED), (20, S.ANNOUNCED), (75, S.PLANNED), (40, S.CANCELLED))


def generate(scale: int, *, seed: int) -> Iterator[Event]:
    """Make so many events more; yield each when all of it is there."""
    demonstration.make()
    officer = User.objects.get(email=f"{Role.PROTOCOL.value}@{demonstration.DOMAIN}")
    start = next(number for number in count(1) if not Event.objects.filter(slug=_slug(number)).exists())
    for number in range(start, start + scale):
        with transaction.atomic():
            audit.sign(None)
            chance = Random(f"{seed}:event:{number}")  # noqa: S311 - no secret: the same seed has to bring the same data
            event = _event(number, chance, officer=officer)
        yield event


def _event(number: int, chance: Random, *, officer: User) -> Event:
    days, state = COURSES[number % len(COURSES)]
    event = Event.objects.create(
        slug=_slug(number),
        series=_series(),
        edition=number,
        kind=chance.choice(KINDS),
        name_zh_hans=f"演示活动（第{number}号）",
        name_en=f"Demonstration event (No. {number})",
        starts_on=timezone.localdate() + timedelta(days=days + chance.randint(-3, 3)),
        starts_precision=Precision.DAY,
        starts_time=time(9, 30),
        ends_time=time(17),
        venue_zh_hans="演示会场",
        venue_en="Demonstration venue",
        note=NOTE,
    )
    _programme(event)
    _follow_up(event, officer=officer)
    return change_state(event.pk, state=state, by=officer)


def _series() -> Series:
    words = {"name_zh_hans": "演示系列活动（并非事实）", "name_en": "Demonstration series (not a fact)"}
    kind = {"kind": EventKind.SALON, "note": NOTE}
    return Series.objects.get_or_create(slug="demonstration", defaults=words | kind)[0]


def _programme(event: Event) -> None:
    speaker = {"name_zh_hans": "演示嘉宾", "name_en": "Demonstration Speaker"}
    Speaker.objects.create(event=event, title_zh_hans="演示职务", title_en="Demonstration title", **speaker)
    for hour, name_zh, name_en in ((9, "演示致辞", "Demonstration address"), (14, "演示讨论", "Demonstration talks")):
        AgendaItem.objects.create(event=event, starts_time=time(hour, 30), name_zh_hans=name_zh, name_en=name_en)


def _follow_up(event: Event, *, officer: User) -> None:
    EventOutcome.objects.create(
        event=event,
        kind=OutcomeKind.PROJECT,
        name_zh_hans="演示后续事项",
        name_en="Demonstration follow-up",
        officer=officer,
        due_on=timezone.localdate() + timedelta(days=10),
    )


def _slug(number: int) -> str:
    return f"demonstration-event-{number}"
