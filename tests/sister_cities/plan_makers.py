"""Programmes, plans, actions and counterpart links for tests."""

from datetime import date
from itertools import count
from typing import Any

from shenyang_fao.accounts.models import User
from shenyang_fao.core.files import Scan
from shenyang_fao.core.models import Unit
from sister_cities.actions import plans as actions
from sister_cities.models import ActionReport, CounterpartLink, LinkActivity, Plan, PlanAction, Programme
from tests.cast import png
from tests.sister_cities.factories import make_tie

_numbers = count(1)
# The day on which the tests of the plans are told (fixture `may_2025`).
TODAY = date(2025, 5, 20)
SOURCE = {"source": "https://www.shenyang.gov.cn/x", "source_grade": "official"}


def make_unit(**fields: object) -> Unit:
    number = next(_numbers)
    values = {
        "slug": f"unit-{number}",
        "kind": "department",
        "name_zh_hans": f"单位{number:04d}",
        "name_en": f"Unit {number:04d}",
    }
    return Unit.objects.create(**(values | fields))


def make_programme(**fields: object) -> Programme:
    number = next(_numbers)
    values = {
        "slug": f"programme-{number}",
        "kind": "action_plan",
        "name_zh_hans": f"行动计划{number:04d}",
        "name_en": f"Action plan {number:04d}",
        "first_year": 2023,
        "last_year": 2025,
        "is_public": True,
        "note": "SECRET programme note",
        **SOURCE,
    }
    return Programme.objects.create(**(values | fields))


def make_plan(**fields: object) -> Plan:
    """A plan for a partner with a public tie, not published unless asked."""
    values = {
        "objectives_zh_hans": "SECRET 内部目标",
        "objectives_en": "SECRET objectives",
        "summary_zh_hans": "每年互访一次。",
        "summary_en": "A visit each way every year.",
    }
    if "programme" not in fields:
        values["programme"] = make_programme()
    if "partner" not in fields:
        values["partner"] = make_tie().partner
    return Plan.objects.create(**(values | fields))


def make_action(**fields: object) -> PlanAction:
    number = next(_numbers)
    values = {"name_zh_hans": f"行动{number:04d}", "name_en": f"Action {number:04d}", "due_on": date(2025, 6, 30)}
    if "plan" not in fields:
        values["plan"] = make_plan()
    if "unit" not in fields:
        values["unit"] = make_unit()
    return PlanAction.objects.create(**(values | fields))


def make_link(**fields: object) -> CounterpartLink:
    number = next(_numbers)
    values = {
        "foreign_zh_hans": f"外方学校{number:04d}",
        "foreign_en": f"Foreign school {number:04d}",
        "country": "JP",
        "kind": "school",
        "contacts": "SECRET contact",
        "note": "SECRET link note",
        "is_public": True,
        **SOURCE,
    }
    if "local" not in fields:
        values["local"] = make_unit(kind="institution")
    return CounterpartLink.objects.create(**(values | fields))


def make_activity(link: CounterpartLink, happened_on: date) -> LinkActivity:
    return LinkActivity.objects.create(
        link=link, happened_on=happened_on, name_zh_hans="教师互访", name_en="Teachers visit"
    )


def evidence(colour: str = "white") -> Scan:
    return Scan("photo.png", png(colour), "image/png")


def report(action: PlanAction, editor: User, progress: int = 40, on: date = TODAY, **said: Any) -> ActionReport:
    return actions.report_progress(action.pk, on=on, progress=progress, by=editor, **({"note": "Met."} | said))


def standing(action: PlanAction) -> tuple[str, int, date | None]:
    found = PlanAction.objects.get(pk=action.pk)
    return found.state, found.progress, found.done_on
