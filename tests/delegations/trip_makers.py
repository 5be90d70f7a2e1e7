"""Official trips in one line: a draft that every rule allows, its officers, and the way to each state."""

from datetime import date
from decimal import Decimal

from time_machine import travel

from delegations.trips import actions
from delegations.trips.enums import TripPaperRole, TripState
from delegations.trips.models import Trip, TripLeg, TripMember, TripPaper
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from tests.cast import officer, picture

# On notice from Monday, so that it may be filed on Tuesday of the week after.
MONDAY, SUNDAY, TUESDAY = "2026-03-09", "2026-03-15", "2026-03-17"
LEAVES, RETURNS, BACK = date(2026, 4, 13), date(2026, 4, 17), "2026-04-20"
WORDS = {
    "execution_zh_hans": "实际执行情况",
    "execution_en": "",
    "report_zh_hans": "出访报告",
    "report_en": "The report",
}


def filer() -> User:
    return _officer("protocol", Role.PROTOCOL)


def reviewer() -> User:
    return _officer("reviewer", Role.REVIEWER)


def approver() -> User:
    return _officer("approver", Role.APPROVER)


def unit() -> Unit:
    words = {"name_zh_hans": "沈阳市测试局", "name_en": "Test Bureau of Shenyang", "kind": UnitKind.DEPARTMENT}
    return Unit.objects.get_or_create(slug="test-bureau", defaults=words)[0]


def draft(slug: str = "2026-04-a1b2c3d4", *, people: int = 2, by: User | None = None, **fields) -> Trip:
    """Two people for five days in Japan."""
    by = by or filer()
    values = {
        "unit": unit(), "name_zh_hans": "测试局赴日团组", "name_en": "Test Bureau's group to Japan",
        "purpose_zh_hans": "商谈养老合作", "purpose_en": "Talks on care for the aged", "leaves_on": LEAVES, "returns_on": RETURNS,
        "route": "沈阳—札幌—沈阳", "inviter_zh_hans": "札幌市政府", "inviter_country": "JP", "budget": Decimal("80000.00"),
        "budget_source": "部门预算", "created_by": by,
    }  # fmt: skip
    trip = Trip.objects.create(slug=slug, **values | fields)
    for number in range(people):
        TripMember.objects.create(
            trip=trip, name_zh_hans=f"王测{number}", unit_zh_hans="沈阳市测试局", post_zh_hans="处长", position=number
        )
    leg(trip)
    paper = picture("invitation.png", by=by)
    TripPaper.objects.create(trip=trip, role=TripPaperRole.INVITATION, file=paper, filed_by=by)
    return trip


def leg(trip: Trip, country: str = "JP", arrives: date = LEAVES, departs: date = RETURNS, **fields) -> TripLeg:
    words = {"city_zh_hans": "札幌", "agenda_zh_hans": "会谈"}
    return TripLeg.objects.create(trip=trip, country=country, arrives_on=arrives, departs_on=departs, **words | fields)


def bring(trip: Trip, state: TripState) -> Trip:
    """Let everybody act, each on their day, until a trip stands in ``state`` on its usual way."""
    way = {
        TripState.NOTICED: (MONDAY, lambda: actions.publish(trip.pk, by=filer())),
        TripState.FILED: (TUESDAY, lambda: actions.file(trip.pk, by=filer())),
        TripState.REVIEWED: (TUESDAY, lambda: actions.review(trip.pk, seen=newest(trip), by=reviewer())),
        TripState.APPROVED: (TUESDAY, lambda: actions.approve(trip.pk, seen=newest(trip), by=approver())),
        TripState.REPORTED: (BACK, lambda: reported(trip)),
    }
    for step, (day, act) in way.items():
        with travel(f"{day}T02:00Z", tick=False):
            act()
        if step == state:
            break
    return Trip.objects.get(pk=trip.pk)


def reported(trip: Trip, **fields) -> None:
    told = {"left_on": LEAVES, "returned_on": RETURNS, "visited": ["JP"], "words": WORDS}
    actions.report(trip.pk, **told | fields, by=filer())


def newest(trip: Trip) -> int:
    return actions.newest_entry(trip)


def _officer(name: str, role: Role) -> User:
    return User.objects.filter(email=f"{name}@example.com").first() or officer(
        f"{name}@example.com", role, language="en"
    )
