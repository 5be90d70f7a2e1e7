"""Requests that came back, lapsed or were refused, and the days that pass meanwhile."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from enterprises.actions import requests
from enterprises.actions.corrections import Item
from enterprises.enums import ReasonUse
from enterprises.models import Correction, KeptReason, ServiceRequest
from tests.cast import Cast, complete_invitation

SHENYANG = ZoneInfo("Asia/Shanghai")


def at(day: date, hour: int = 9) -> datetime:
    """An hour of the office on a day."""
    return datetime.combine(day, time(hour), SHENYANG)


def returned(cast: Cast, *items: Item, days: int | None = None) -> Correction:
    """A request that reception has just sent back."""
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    requests.submit(case.pk, by=cast.owner)
    requests.send_back(case.pk, items=items or [Item("papers", "No seal.")], days=days, by=cast.reception)
    return Correction.objects.get(request=case.pk)


def kept(use: ReasonUse = ReasonUse.CORRECTION, slug: str = "seal", **fields: object) -> KeptReason:
    """A reason that officers may choose."""
    texts = {"text_zh_hans": "未加盖公章。", "text_en": "The seal is missing.", "remedy_zh_hans": "", "remedy_en": ""}
    return KeptReason.objects.create(use=use, slug=slug, **(texts | fields))


def again(case: ServiceRequest) -> ServiceRequest:
    return ServiceRequest.objects.get(pk=case.pk)


def correct_and_bring_back(case: ServiceRequest, cast: Cast, *, reviewed: bool) -> None:
    """Another officer returns the request, the company changes it, and it comes back to where it stood."""
    requests.send_back(case.pk, items=[Item("purpose", "Too short.")], by=cast.reviewer)
    requests.submit(case.pk, by=cast.owner)
    requests.accept(case.pk, by=cast.reception)
    if reviewed:
        requests.review(case.pk, by=cast.reviewer)
