"""Events to sign up for, the people on their lists, and what stands in the mails to them, made in one line."""

import re
from datetime import timedelta

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from delegations.events.enums import EventState, SignUpMode, SignUpState
from delegations.events.models import Event, Series
from delegations.events.signing import Guest
from delegations.events.signups import SignUp
from shenyang_fao.core.fields import blind_index

TOKEN = re.compile(r"/(?:sign-ups|invitations)/([A-Za-z0-9_-]{43})/")


def event(slug: str = "salon-9", *, in_days: int = 20, **fields) -> Event:
    """An announced, public event with open sign-up."""
    values = {
        "kind": "salon", "name_zh_hans": "第九期领事沙龙", "name_en": "Ninth Consular Salon", "state": EventState.ANNOUNCED,
        "starts_on": timezone.localdate() + timedelta(days=in_days), "starts_precision": "day", "is_public": True,
        "sign_up": SignUpMode.OPEN, "capacity": 2, "venue_zh_hans": "市图书馆", "venue_en": "City Library",
        "source": "https://wsb.shenyang.gov.cn/", "source_grade": "official",
    }  # fmt: skip
    return Event.objects.create(slug=slug, **values | fields)


def series(slug: str = "five-visits", **fields) -> Series:
    values = {
        "kind": "delivery", "name_zh_hans": "五进五送", "name_en": "Five Visits, Five Deliveries", "is_public": True,
        "has_matrix": True, "source": "https://wsb.shenyang.gov.cn/", "source_grade": "official",
    }  # fmt: skip
    return Series.objects.create(slug=slug, **values | fields)


def guest(number: int = 1, **fields) -> Guest:
    return Guest(**{"name": f"Guest {number}", "email": f"guest{number}@example.com", "language": "en"} | fields)


def seated(of: Event, count: int) -> list[SignUp]:
    """So many confirmed people, numbered from 1001 so that nobody meets them."""
    rows = [
        SignUp(
            event=of,
            name=f"Seated {seat}",
            email=f"s{seat}@example.org",
            email_index=blind_index(f"s{seat}@example.org"),
            language="en",
            state=SignUpState.CONFIRMED,
            seat=seat,
            confirmed_at=timezone.now(),
        )
        for seat in range(1, count + 1)
    ]
    return SignUp.objects.bulk_create(rows)


def mails_to(address: str) -> list[EmailMessage]:
    return [sent for sent in mail.outbox if sent.to == [address]]


def token_in(sent: EmailMessage) -> str:
    found = TOKEN.search(sent.body)
    assert found
    return found[1]


def standing(of: Event) -> dict[str, tuple[str, int | None]]:
    """Who stands where: name -> state and seat."""
    return {row.name: (row.state, row.seat) for row in of.sign_ups.all()}
