"""The rules of an invitation: single checks that forms share, and the whole list that submission asks.

Sources: Exit and Entry Administration Law art. 19; Regulations on Foreigners' Entry and Exit arts. 6-7; Liaoning guide to the
invitation verification sheet (2019-08-22); ICAO 9303 for names and check digits.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.batches.models import BatchRow
from enterprises.invitations.enums import Entries, PaperRole
from enterprises.invitations.models import Invitation, Invitee
from enterprises.kinds import Fault
from enterprises.models.request import ServiceRequest
from shenyang_fao.core.documents.fonts import MissingGlyphs, missing_glyphs

INVITEES_AT_MOST = 200
STAY_AT_MOST = 180
PASSPORT_MARGIN = timedelta(days=183)
PURPOSE, ITINERARY, INVITEES, PAPERS = "purpose", "itinerary", "invitees", "papers"
REQUIRED_PAPERS = (PaperRole.SEALED_REQUEST, PaperRole.GUARANTEE)


def stay_days(arrival: date, departure: date) -> int:
    """Return the days of stay, the days of arrival and departure both counted."""
    return (departure - arrival).days + 1


def check_dates(arrival: date, departure: date, *, today: date) -> None:
    """Raise ValidationError, keyed by field, when the dates of a visit cannot be."""
    if arrival <= today:
        raise ValidationError({"arrival_on": _("The day of arrival has to be in the future.")})
    if departure < arrival:
        raise ValidationError({"departure_on": _("The day of departure is before the day of arrival.")})
    if stay_days(arrival, departure) > STAY_AT_MOST:
        message = _("A stay may last %(days)s days at most.") % {"days": STAY_AT_MOST}
        raise ValidationError({"departure_on": message})


def check_latin(value: str) -> None:
    """Raise ValidationError when a name holds anything but Latin letters, spaces, hyphens, apostrophes and full stops."""
    if not any(map(_is_latin, value)):
        raise ValidationError(_("Write the name in Latin letters, as in the passport's machine-readable zone."))
    for letter in value:
        if letter not in " -'’." and not _is_latin(letter) and not unicodedata.combining(letter):
            raise ValidationError(_("“%(letter)s” is not a Latin letter.") % {"letter": letter})


def _is_latin(letter: str) -> bool:
    # The full-width forms of Chinese keyboards and signs such as the Latin cross have "LATIN" in their names as well.
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN ")


def expires_too_early(expires_on: date, departure: date) -> bool:
    """Tell whether a passport expires before or on the day of departure."""
    return expires_on <= departure


def expires_soon(expires_on: date, departure: date) -> bool:
    """Tell whether a passport is valid for less than six months after departure: a warning, not a refusal."""
    # A difference, not a sum: no calendar has the days after the last one.
    return expires_on - departure < PASSPORT_MARGIN


def faults(request: ServiceRequest) -> list[Fault]:
    """Return everything that keeps this invitation from being submitted."""
    invitation = request.invitation
    invitees = list(invitation.invitees.all())
    found = [*_purpose_faults(invitation), *_visit_faults(invitation), *_count_faults(len(invitees))]
    for invitee in invitees:
        found += _invitee_faults(invitee, invitation)
    return [*found, *_list_faults(request), *_paper_faults(request, invitees)]


def _purpose_faults(invitation: Invitation) -> Iterator[Fault]:
    texts = ("reason_zh_hans", "reason_en", "relation_zh_hans", "relation_en")
    if not all(getattr(invitation, name) for name in ("visa_class", "reason_code", "payer", *texts)):
        yield Fault(PURPOSE, _("Complete the purpose of the visit."))
    yield from _unprintable(PURPOSE, *(getattr(invitation, name) or "" for name in texts))
    if not invitation.is_guarantee_accepted:
        yield Fault(PURPOSE, _("Accept the guarantee."))


def _visit_faults(invitation: Invitation) -> Iterator[Fault]:
    arrival, departure = invitation.arrival_on, invitation.departure_on
    if not (arrival and departure and invitation.places_zh_hans and invitation.places_en):
        yield Fault(ITINERARY, _("Complete the dates and places of the visit."))
        return
    yield from _unprintable(ITINERARY, invitation.places_zh_hans, invitation.places_en)
    try:
        check_dates(arrival, departure, today=timezone.localdate())
    except ValidationError as error:
        yield Fault(ITINERARY, error.messages[0])
    if invitation.stay_days != stay_days(arrival, departure):
        yield Fault(ITINERARY, _("The days of stay do not agree with the dates."))
    days = [day.on for day in invitation.days.all()]
    if not days or not all(arrival <= day <= departure for day in days):
        yield Fault(ITINERARY, _("Describe the itinerary, each day between arrival and departure."))


def _unprintable(step: str, *texts: str) -> Iterator[Fault]:
    if strange := missing_glyphs("".join(texts)):
        yield Fault(step, str(MissingGlyphs(strange)))


def _count_faults(count: int) -> Iterator[Fault]:
    if not count:
        yield Fault(INVITEES, _("Add at least one invitee."))
    if count > INVITEES_AT_MOST:
        message = _("A request may name %(limit)s invitees at most; this one has %(count)s.")
        yield Fault(INVITEES, message % {"limit": INVITEES_AT_MOST, "count": count})


def _list_faults(request: ServiceRequest) -> Iterator[Fault]:
    """What was uploaded and not taken over would be lost on handing in."""
    if BatchRow.objects.filter(batch__request=request).exists():
        yield Fault(
            INVITEES, _("Rows of the uploaded list have not been taken over. Take them over, or discard the list.")
        )


def _invitee_faults(invitee: Invitee, invitation: Invitation) -> Iterator[Fault]:
    name = {"name": invitee.full_name}
    printed = (invitee.full_name, invitee.native_name, invitee.employer, invitee.job_title, invitee.visa_post_city)
    if strange := missing_glyphs("".join(printed)):
        message = _("%(name)s: the letter cannot print “%(letters)s”.")
        yield Fault(INVITEES, message % (name | {"letters": "".join(strange)}), invitee.pk)
    if invitation.departure_on and expires_too_early(invitee.passport_expires_on, invitation.departure_on):
        yield Fault(INVITEES, _("%(name)s: the passport expires before the departure.") % name, invitee.pk)
    if invitee.visa_post_country != invitee.nationality and not invitee.visa_post_reason:
        message = _("%(name)s: say why the visa is not applied for in the country of nationality.")
        yield Fault(INVITEES, message % name, invitee.pk)
    if invitation.entries == Entries.MULTIPLE and not invitee.earlier_visas:
        yield Fault(INVITEES, _("%(name)s: multiple entries need earlier visas.") % name, invitee.pk)


def _paper_faults(request: ServiceRequest, invitees: list[Invitee]) -> Iterator[Fault]:
    filed = set(request.papers.values_list("role", "part"))
    for role in REQUIRED_PAPERS:
        if (role.value, None) not in filed:
            yield Fault(PAPERS, _("Add: %(paper)s.") % {"paper": role.label})
    for invitee in invitees:
        if (PaperRole.PASSPORT.value, invitee.pk) not in filed:
            yield Fault(PAPERS, _("%(name)s: add the passport data page.") % {"name": invitee.full_name}, invitee.pk)
    if not request.invitation.is_consent_given:
        yield Fault(PAPERS, _("Confirm that the invitees agree to the use of their data."))
