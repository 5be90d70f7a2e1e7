"""Visits, stops and what is booked for them, made in one line."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from delegations.enums import OutcomeKind
from delegations.visits.enums import Duty, HeadRank, Purpose, ResourceKind, StopKind, VisitState
from delegations.visits.models import Booking, Resource, Stop, Visit, VisitOutcome

SHENYANG = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2027, 5, 11, 9, 0, tzinfo=SHENYANG)


def visit(slug="sapporo-2027", **fields) -> Visit:
    values = {
        "name_zh_hans": "札幌市代表团", "name_en": "Delegation of Sapporo", "country": "JP", "head_rank": HeadRank.CITY,
        "purpose": Purpose.SISTER_CITY, "arrives_on": MORNING.date(), "arrives_precision": "day",
        "departs_on": MORNING.date() + timedelta(days=2),
    }  # fmt: skip
    return Visit.objects.create(slug=slug, **values | fields)


def stop(of: Visit, *, at: datetime = MORNING, hours: float = 1, **fields) -> Stop:
    values = {
        "kind": StopKind.TALKS, "name_zh_hans": "会谈", "name_en": "Talks", "place_zh_hans": "市政府", "place_en": "City Hall",
        "starts_at": at, "ends_at": at + timedelta(hours=hours),
    }  # fmt: skip
    return Stop.objects.create(visit=of, **values | fields)


def resource(kind: ResourceKind = ResourceKind.VEHICLE, name: str = "Minibus 1", **fields) -> Resource:
    return Resource.objects.create(kind=kind, name_zh_hans=f"{name}（中）", name_en=name, **fields)


def book(stop: Stop, resource: Resource, duty: Duty = Duty.VEHICLE) -> Booking:
    return Booking.objects.create(stop=stop, resource=resource, duty=duty)


def public_visit(slug="sapporo-2024", **fields) -> Visit:
    """A visit that took place in May 2024 and has a source."""
    values = {
        "state": VisitState.COMPLETED, "is_public": True, "source": "https://www.shenyang.gov.cn/", "source_grade": "official",
        "arrives_on": "2024-05-01", "arrives_precision": "month", "departs_on": None,
    }  # fmt: skip
    return visit(slug, **values | fields)


def outcome(of: Visit, **fields) -> VisitOutcome:
    values = {"kind": OutcomeKind.PROJECT, "name_zh_hans": "合作项目", "name_en": "A joint project"}
    return VisitOutcome.objects.create(visit=of, **values | fields)
