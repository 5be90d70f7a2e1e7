"""What a district or development zone reads of an invitation before it consents: no names of guests, no passport data."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_countries import countries

from enterprises.kinds import Told
from enterprises.models.request import ServiceRequest
from shenyang_fao.core.bilingual import in_each, in_own
from shenyang_fao.core.countries import by_sound
from shenyang_fao.core.dates import day_text


def read(request: ServiceRequest) -> dict[str, Any]:
    """Return the company, the visit and how many guests come from where, as plain data in every language."""
    visit, company = request.invitation, request.company
    guests = Counter(str(guest.nationality) for guest in visit.invitees.all())
    return {
        "company": in_each(lambda: company.name),
        "reason": in_each(lambda: visit.reason),
        "places": in_each(lambda: visit.places),
        "arrival_on": visit.arrival_on.isoformat() if visit.arrival_on else "",
        "departure_on": visit.departure_on.isoformat() if visit.departure_on else "",
        "guests": dict(sorted(guests.items())),
    }


def lines(shown: dict[str, Any]) -> list[Told]:
    """Return such data in words; the company's name in every language."""
    days = [day_text(date.fromisoformat(shown[name])) for name in ("arrival_on", "departure_on") if shown[name]]
    return [
        Told(_("Inviting company"), [shown["company"][code] for code, _name in settings.LANGUAGES]),
        Told(_("Purpose of the visit"), [in_own(shown["reason"])]),
        Told(_("Arrival and departure"), [" – ".join(days)]),
        Told(_("Places to visit"), [in_own(shown["places"])]),
        Told(_("Number of guests"), [str(sum(shown["guests"].values()))]),
        Told(
            _("Nationalities of the guests"), [pgettext("between nationalities", ", ").join(_nations(shown["guests"]))]
        ),
    ]


def _nations(guests: dict[str, int]) -> list[str]:
    named = sorted(((str(countries.name(code)), count) for code, count in guests.items()), key=lambda n: by_sound(n[0]))
    words = pgettext("nationality and number of guests", "%(country)s (%(count)s)")
    return [words % {"country": name, "count": count} for name, count in named]
