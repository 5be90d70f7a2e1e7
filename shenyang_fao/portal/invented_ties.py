"""Invented partners for `manage.py generate --ties N`: each with a tie, a plan with actions, and a counterpart link.

All say in both languages that they are a demonstration; none is public, and none names a source.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

from django.db import transaction
from django.utils import timezone

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.dates import Precision
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from shenyang_fao.portal import demonstration
from sister_cities.actions.ties import enter_tie
from sister_cities.clocks import zone_of
from sister_cities.enums import ActionState, Level, LinkKind, ProgrammeKind, TieStatus
from sister_cities.models import CounterpartLink, Partner, Plan, PlanAction, Programme, Tie

COUNTRIES = ("JP", "KR", "DE", "FR", "US", "RU", "BR", "AU", "ZA", "EG")
# In days from today: one action late, one due soon, one far away, one done.
DEADLINES = (-20, 10, 120, -60)
NOTE = "演示数据，并非事实。Demonstration data, not a fact."


def generate(scale: int, *, seed: int) -> Iterator[Partner]:
    """Make so many partners more; yield each when all of it is there."""
    demonstration.make()
    officer = User.objects.get(email=f"{Role.EDITOR.value}@{demonstration.DOMAIN}")
    start = next(number for number in count(1) if not Partner.objects.filter(slug=_slug(number)).exists())
    for number in range(start, start + scale):
        with transaction.atomic():
            audit.sign(None)
            chance = Random(f"{seed}:tie:{number}")  # noqa: S311 - no secret: the same seed has to bring the same data
            partner = _partner(number, chance, officer=officer)
        yield partner


def _partner(number: int, chance: Random, *, officer: User) -> Partner:
    country = chance.choice(COUNTRIES)
    latitude, longitude = round(chance.uniform(-60, 70), 2), round(chance.uniform(-180, 180), 2)
    partner = Partner.objects.create(
        slug=_slug(number),
        name_zh_hans=f"演示城市（第{number}号）",
        name_en=f"Demonstration City (No. {number})",
        country=country,
        latitude=latitude,
        longitude=longitude,
        time_zone=zone_of(country, latitude, longitude),
        officer=officer,
    )
    _tie(partner, chance, officer=officer)
    _plan(partner)
    _link(partner, number, chance, officer=officer)
    return partner


def _tie(partner: Partner, chance: Random, *, officer: User) -> None:
    status = chance.choice((TieStatus.SIGNED, TieStatus.SIGNED, TieStatus.PROPOSED, TieStatus.DORMANT))
    tie = Tie(local=_unit("demonstration-municipality", "演示市", "Demonstration Municipality", UnitKind.CITY))
    tie.partner, tie.status, tie.note = partner, status, NOTE
    tie.level = chance.choice((Level.SISTER, Level.FRIENDLY_COOPERATION))
    if status != TieStatus.PROPOSED:
        tie.signed_on, tie.signed_precision = _past(chance, years=40), Precision.DAY
    enter_tie(tie, by=officer)


def _plan(partner: Partner) -> None:
    names = {"name_zh_hans": "演示方案（并非事实）", "name_en": "Demonstration programme (not a fact)"}
    programme, _is_new = Programme.objects.get_or_create(
        slug="demonstration", defaults={"kind": ProgrammeKind.ACTION_PLAN, "note": NOTE, **names}
    )
    plan = Plan.objects.create(programme=programme, partner=partner, objectives_zh_hans=NOTE, objectives_en=NOTE)
    unit = _unit("demonstration-unit", "演示单位", "Demonstration Unit", UnitKind.DEPARTMENT)
    for place, days in enumerate(DEADLINES, start=1):
        PlanAction.objects.create(
            plan=plan,
            unit=unit,
            name_zh_hans=f"演示任务{place}",
            name_en=f"Demonstration action {place}",
            due_on=timezone.localdate() + timedelta(days=days),
            **_state(is_done=place == len(DEADLINES)),
        )


def _state(*, is_done: bool) -> dict[str, object]:
    if not is_done:
        return {"state": ActionState.UNDER_WAY, "progress": 40}
    return {"state": ActionState.DONE, "progress": 100, "done_on": timezone.localdate()}


def _link(partner: Partner, number: int, chance: Random, *, officer: User) -> None:
    CounterpartLink.objects.create(
        local=_unit("demonstration-school", "演示学校", "Demonstration School", UnitKind.INSTITUTION),
        foreign_zh_hans=f"演示友校（第{number}号）",
        foreign_en=f"Demonstration Partner School (No. {number})",
        partner=partner,
        country=partner.country,
        kind=LinkKind.SCHOOL,
        signed_on=_past(chance, years=4),
        signed_precision=Precision.DAY,
        officer=officer,
        note=NOTE,
    )


def _unit(slug: str, name_zh: str, name_en: str, kind: UnitKind) -> Unit:
    words = {"name_zh_hans": name_zh, "name_en": name_en, "kind": kind}
    return Unit.objects.get_or_create(slug=slug, defaults=words)[0]


def _past(chance: Random, *, years: int) -> date:
    return timezone.localdate() - timedelta(days=chance.randint(30, years * 365))


def _slug(number: int) -> str:
    return f"demonstration-city-{number}"
