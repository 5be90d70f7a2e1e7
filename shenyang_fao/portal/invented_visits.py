"""Invented inbound visits for `manage.py generate --visits N`: each with members, a programme, bookings and an outcome.

All say in both languages that they are a demonstration; none is public, and none names a source.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import transaction
from django.utils import timezone

from delegations.enums import OutcomeKind
from delegations.visits.actions import programme
from delegations.visits.actions.visits import change_state
from delegations.visits.clashes import Clash
from delegations.visits.enums import Duty, HeadRank, Purpose, ResourceKind, StopKind, VisitState
from delegations.visits.models import Member, Resource, Visit, VisitOutcome
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.dates import Precision
from shenyang_fao.portal import demonstration

NOTE = "演示数据，并非事实。Demonstration data, not a fact."
COUNTRIES = ("JP", "KR", "DE", "FR", "RU", "AU")
RESOURCES = (
    (ResourceKind.PERSON, "演示礼宾员", "Demonstration officer"),
    (ResourceKind.PERSON, "演示译员", "Demonstration interpreter"),
    (ResourceKind.VEHICLE, "演示车辆", "Demonstration minibus"),
    (ResourceKind.ROOM, "演示会议室", "Demonstration meeting room"),
)
# Hour of the day, hours it lasts, kind, and what happens.
STOPS = (
    (9, 2, StopKind.TALKS, "演示会谈", "Demonstration talks"),
    (14, 2, StopKind.VISIT, "演示参观", "Demonstration site visit"),
    (18, 2, StopKind.BANQUET, "演示宴请", "Demonstration banquet"),
)


def generate(scale: int, *, seed: int) -> Iterator[Visit]:
    """Make so many visits more; yield each when all of it is there."""
    demonstration.make()
    officer = User.objects.get(email=f"{Role.PROTOCOL.value}@{demonstration.DOMAIN}")
    start = next(number for number in count(1) if not Visit.objects.filter(slug=_slug(number)).exists())
    for number in range(start, start + scale):
        with transaction.atomic():
            audit.sign(None)
            chance = Random(f"{seed}:visit:{number}")  # noqa: S311 - no secret: the same seed has to bring the same data
            visit = _visit(number, chance, officer=officer)
        yield visit


def _visit(number: int, chance: Random, *, officer: User) -> Visit:
    arrives_on = timezone.localdate() + timedelta(days=chance.randint(-20, 40))
    visit = Visit.objects.create(
        slug=_slug(number),
        name_zh_hans=f"演示代表团（第{number}号）",
        name_en=f"Demonstration delegation (No. {number})",
        country=chance.choice(COUNTRIES),
        head_zh_hans="演示团长",
        head_en="Demonstration head",
        head_rank=chance.choice((HeadRank.MINISTER, HeadRank.CITY, HeadRank.BUSINESS)),
        purpose=chance.choice(Purpose.values),
        arrives_on=arrives_on,
        arrives_precision=Precision.DAY,
        departs_on=arrives_on + timedelta(days=2),
        officer=officer,
        note=NOTE,
    )
    Member.objects.create(visit=visit, name_zh_hans="演示成员", name_en="Demonstration member")
    _programme(visit, officer=officer)
    _outcome(visit, officer=officer)
    if chance.random() > 1 / 3:
        change_state(visit.pk, state=VisitState.CONFIRMED, by=officer)
    return visit


def _programme(visit: Visit, *, officer: User) -> None:
    wanted = dict(zip(Duty, ([resource.pk] for resource in _resources()), strict=True))
    for day in range(2):
        for hour, hours, kind, name_zh, name_en in STOPS:
            on = timezone.make_aware(datetime.combine(_arrival(visit, day), time(hour)))
            names = {"name_zh_hans": name_zh, "name_en": name_en, "place_zh_hans": "演示地点", "place_en": "Demo place"}
            values = names | {"kind": kind, "starts_at": on, "ends_at": on + timedelta(hours=hours), "note": NOTE}
            try:
                programme.save_stop(visit.pk, values=values, wanted=wanted, by=officer)
            except Clash:  # another invented visit has them then
                programme.save_stop(visit.pk, values=values, wanted={}, by=officer)


def _arrival(visit: Visit, days: int) -> date:
    return (visit.arrives_on or timezone.localdate()) + timedelta(days=days)


def _outcome(visit: Visit, *, officer: User) -> None:
    VisitOutcome.objects.create(
        visit=visit,
        kind=OutcomeKind.PROJECT,
        name_zh_hans="演示成果",
        name_en="Demonstration outcome",
        officer=officer,
        due_on=_arrival(visit, 30),
    )


def _resources() -> list[Resource]:
    return [
        Resource.objects.get_or_create(kind=kind, name_zh_hans=name_zh, defaults={"name_en": name_en})[0]
        for kind, name_zh, name_en in RESOURCES
    ]


def _slug(number: int) -> str:
    return f"demonstration-visit-{number}"
