"""Invented official trips for `manage.py generate --trips N`, in the states that officers meet. None is on a public page."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random

from django.db import transaction
from django.utils import timezone

from delegations.trips import actions
from delegations.trips.enums import Companion, TripLane, TripPaperRole
from delegations.trips.models import Trip, TripLeg, TripMember, TripPaper
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from shenyang_fao.portal import demonstration

COUNTRIES = ("JP", "KR", "TH", "DE", "EG", "BR")
NOTE = "演示数据，并非事实。Demonstration data, not a fact."


def generate(scale: int, *, seed: int) -> Iterator[Trip]:
    """Make so many trips more, every second on notice; yield each when all of it is there."""
    demonstration.make()
    officer = User.objects.get(email=f"{Role.PROTOCOL.value}@{demonstration.DOMAIN}")
    start = next(number for number in count(1) if not Trip.objects.filter(slug=_slug(number)).exists())
    for number in range(start, start + scale):
        with transaction.atomic():
            audit.sign(officer)
            chance = Random(f"{seed}:trip:{number}")  # noqa: S311 - no secret: the same seed has to bring the same data
            trip = _draft(number, chance, by=officer)
            if number % 2:
                actions.publish(trip.pk, by=officer)
        yield trip


def _draft(number: int, chance: Random, *, by: User) -> Trip:
    leaves, country = timezone.localdate() + timedelta(days=chance.randint(30, 120)), chance.choice(COUNTRIES)
    trip = Trip.objects.create(
        slug=_slug(number),
        is_demonstration=True,
        unit=_unit(),
        name_zh_hans=f"演示团组（第{number}号）",
        name_en=f"Demonstration group (No. {number})",
        purpose_zh_hans=NOTE,
        purpose_en=NOTE,
        leaves_on=leaves,
        returns_on=leaves + timedelta(days=4),
        route="演示路线",
        inviter_zh_hans="演示邀请方",
        inviter_en="Demonstration inviter",
        inviter_country=country,
        budget=chance.randint(20, 200) * 1000,
        budget_source="演示预算",
        lane=chance.choice(TripLane.values),
        created_by=by,
    )
    _fill(trip, country, chance.randint(1, 6), by=by)
    return trip


def _fill(trip: Trip, country: str, people: int, *, by: User) -> None:
    for place in range(people):
        TripMember.objects.create(
            trip=trip,
            name_zh_hans=f"演示人员{place + 1}",
            name_en=f"Demonstration person {place + 1}",
            unit_zh_hans="演示单位",
            unit_en="Demonstration Unit",
            post_zh_hans="演示职务",
            post_en="Demonstration post",
            part=Companion.MEMBER if place else Companion.HEAD,
            position=place,
        )
    TripLeg.objects.create(
        trip=trip,
        country=country,
        arrives_on=trip.leaves_on,
        departs_on=trip.returns_on,
        agenda_zh_hans="演示日程",
        agenda_en="Demonstration",
    )
    file = demonstration.scan("invitation", by=by)
    TripPaper.objects.create(trip=trip, role=TripPaperRole.INVITATION, file=file, filed_by=by)


def _unit() -> Unit:
    words = {"name_zh_hans": "演示单位", "name_en": "Demonstration Unit", "kind": UnitKind.DEPARTMENT}
    return Unit.objects.get_or_create(slug="demonstration-unit", defaults=words)[0]


def _slug(number: int) -> str:
    return f"demonstration-{number}"
