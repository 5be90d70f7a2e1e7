"""What falls due in the register, and the mails that say so."""

import time_machine

from shenyang_fao.core.models import Mail, Unit
from sister_cities.models import CounterpartLink, Plan, PlanAction, Programme
from tests.sister_cities.factories import make_partner, make_tie, shenyang


def on(day):
    return time_machine.travel(f"{day} 04:00:00+00:00", tick=False)


def tie_of(*, officer=None, **fields):
    names = {"name": "札幌市", "name_zh_hans": "札幌市", "name_en": "Sapporo"}
    return make_tie(**({"partner": make_partner(officer=officer, **names)} | fields))


def make_action(*, due_on, officer=None, partner=None, **fields):
    programme = Programme.objects.create(
        slug="p", kind="action_plan", name="行动计划", name_zh_hans="行动计划", name_en="Action plan"
    )
    plan = Plan.objects.create(programme=programme, partner=partner)
    words = {"name": "互访", "name_zh_hans": "互访", "name_en": "Mutual visits"}
    return PlanAction.objects.create(plan=plan, unit=shenyang(), due_on=due_on, officer=officer, **(words | fields))


def make_link(**fields):
    school = Unit.objects.create(
        slug="school", kind="institution", name="实验学校", name_zh_hans="实验学校", name_en="Trial School"
    )
    words = {"foreign": "友谊学校", "foreign_zh_hans": "友谊学校", "foreign_en": "Friendship School", "country": "JP"}
    return CounterpartLink.objects.create(local=school, kind="school", **(words | fields))


def bodies():
    return [mail.body for mail in Mail.objects.order_by("pk")]


def subjects():
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))
