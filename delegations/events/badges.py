"""Badges to be printed: ten on an A4 sheet, with the event's name in both languages and the code for the door."""

from collections.abc import Iterable

from django.utils import timezone

from delegations.events.models import Event
from delegations.events.sign_up_mails import door_address
from delegations.events.signups import SignUp
from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.documents.fonts import missing_glyphs
from shenyang_fao.core.documents.typesetting import qr, render_pdf

TEMPLATE = "badge-1"


def badges_pdf(event: Event, rows: Iterable[SignUp]) -> bytes:
    """Typeset the badges of sign-ups, one each."""
    return render_pdf(TEMPLATE, badge_payload(event, rows))


def badge_payload(event: Event, rows: Iterable[SignUp]) -> dict[str, object]:
    """Return what the template reads. What no font can print leaves a gap, to be written in by hand."""
    names = in_each(lambda: event.name)
    return {
        "issued_on": f"{timezone.localdate():%Y-%m-%d}",
        "event_zh": printable(names["zh-hans"]),
        "event_en": printable(names["en"]),
        "on": f"{event.starts_on:%Y-%m-%d}",
        "badges": [
            {
                "name": printable(row.name),
                "organisation": printable(row.organisation),
                "seat": str(row.seat),
                "code": qr(door_address(row)),
            }
            for row in rows
        ],
    }


def printable(text: str) -> str:
    """Return a text without the characters that no font of ours has."""
    return " ".join(text.translate(dict.fromkeys(map(ord, missing_glyphs(text)), " ")).split())
