"""The frozen content of a letter: everything it prints, in both languages, as plain data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.letter_template import LetterTemplate
from enterprises.invitations.models import Invitation, Invitee
from enterprises.invitations.wording import fill
from enterprises.models.company import Company
from shenyang_fao.core.bilingual import Pair, pair

OFFICE = _("Foreign Affairs Office of the People's Government of Shenyang Municipality")


@dataclass(frozen=True)
class Head:
    """What a letter has of its own, beside the visit: a specimen has neither number nor code."""

    number: str
    code: str
    verify_url: str
    edition: int = 1
    is_specimen: bool = False


def freeze(invitation: Invitation, *, head: Head, wording: LetterTemplate) -> dict[str, Any]:
    """Return the content of a letter as plain data, its texts filled; dates are ISO strings, names are as in the passports.

    What the texts name and the visit lacks stands in them as missing (`wording.missing_in`). Raises Refusal.
    """
    return with_texts({**_facts(invitation), **of_head(head)}, wording)


def with_texts(facts: dict[str, Any], wording: LetterTemplate) -> dict[str, Any]:
    """Return the facts of a letter with title, layout and filled texts of a version. Raises Refusal."""
    own = {"template": wording.layout_file, "layout": wording.layout, "document_type": wording.texts["title"]}
    return facts | own | {"texts": fill(wording.texts, facts | own)}


def of_head(head: Head) -> dict[str, Any]:
    return {
        "number": head.number,
        "code": head.code,
        "verify_url": head.verify_url,
        "edition": head.edition,
        "specimen": head.is_specimen,
    }


def _facts(invitation: Invitation) -> dict[str, Any]:
    invitees = list(invitation.invitees.all())
    return {
        "issued_on": timezone.localdate().isoformat(),
        "lapses_on": _day(invitation.arrival_on),
        "office": pair(OFFICE),
        "visa": pair(invitation.get_visa_class_display),
        "entries": pair(invitation.get_entries_display),
        "addressees": _once([_post(invitee) for invitee in invitees]),
        "company": _company(invitation.request.company),
        "visit": _visit(invitation),
        "invitees": [_invitee(invitee) for invitee in invitees],
        "demonstration": settings.EMBEDDED,
    }


def _company(company: Company) -> dict[str, Any]:
    return {
        "name": _text(lambda: company.name),
        "address": _text(lambda: company.address),
        "phone": company.phone,
        "uscc": company.uscc,
        "contact": company.contact_name,
    }


def _visit(invitation: Invitation) -> dict[str, Any]:
    return {
        "reason": _text(lambda: invitation.reason),
        "relation": _text(lambda: invitation.relation),
        "places": _text(lambda: invitation.places),
        "payer": pair(invitation.get_payer_display),
        "arrival_on": _day(invitation.arrival_on),
        "departure_on": _day(invitation.departure_on),
        "stay_days": invitation.stay_days or 0,
        "itinerary": [],
    }


def _invitee(invitee: Invitee) -> dict[str, Any]:
    return {
        "surname": invitee.surname,
        "given_names": invitee.given_names,
        "native_name": invitee.native_name,
        "sex": pair(invitee.get_sex_display),
        "born_on": invitee.born_on.isoformat(),
        "nationality": _text(lambda: invitee.nationality.name),
        "passport_number": invitee.passport_number,
        "passport_expires_on": invitee.passport_expires_on.isoformat(),
        "employer": invitee.employer,
        "job_title": invitee.job_title,
        "visa_post": _place(invitee),
    }


def _post(invitee: Invitee) -> Pair:
    def read() -> str:
        post = {"country": invitee.visa_post_country.name, "city": invitee.visa_post_city}
        return str(_("Visa post of China in %(city)s, %(country)s") % post)

    return pair(read)


def _place(invitee: Invitee) -> Pair:
    """Return where the visa post stands; in the table, under its own heading, there is room for no more."""
    post = invitee.visa_post_country
    return pair(lambda: str(_("%(city)s, %(country)s") % {"country": post.name, "city": invitee.visa_post_city}))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _text(read: Callable[[], Any]) -> Pair:
    return pair(lambda: str(read() or ""))


def _once(pairs: list[Pair]) -> list[Pair]:
    return list({item["en"]: item for item in pairs}.values())
