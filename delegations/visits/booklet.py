"""The programme booklet: what Typst prints, in both languages, for the delegation or for the officers who go along."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from delegations.visits.days import Day, Line, days_of
from delegations.visits.enums import Duty, HeadRank, Purpose, StopKind
from delegations.visits.models import Member, Resource, Visit
from shenyang_fao.core.bilingual import Pair, pair
from shenyang_fao.core.documents.typesetting import render_pdf

TEMPLATE = "programme-1"


def booklet(visit: Visit, *, internal: bool) -> bytes:
    """Typeset the booklet. Notes, needs and who is booked stand in the internal copy only.

    Raises MissingGlyphs where a text holds a character that no font has.
    """
    return render_pdf(TEMPLATE, payload(visit, internal=internal))


def payload(visit: Visit, *, internal: bool) -> dict[str, object]:
    """Return what the template prints; the delegation's copy holds nothing that is for officers."""
    days = days_of(visit)
    return {
        "issued_on": timezone.localdate().isoformat(),
        "internal": internal,
        "delegation": in_two(visit, "name"),
        "country": pair(lambda: visit.country.name),
        "head": in_two(visit, "head"),
        "head_title": in_two(visit, "head_title"),
        "rank": pair(HeadRank(visit.head_rank).label),
        "purpose": pair(Purpose(visit.purpose).label),
        "hosts": in_two(visit, "hosts"),
        "arrives_on": visit.arrives_on.isoformat() if visit.arrives_on else "",
        "departs_on": visit.departs_on.isoformat() if visit.departs_on else "",
        "about": visit.about if internal else "",
        "members": [_member(member, internal=internal) for member in visit.members.all()],
        "days": [_day(day, internal=internal) for day in days],
        "contacts": _contacts(visit, days),
    }


def in_two(record: Any, name: str) -> Pair:
    """Return what a record says in each language; empty where it says nothing."""
    return {"zh": getattr(record, f"{name}_zh_hans") or "", "en": getattr(record, f"{name}_en") or ""}


def _member(member: Member, *, internal: bool) -> dict[str, object]:
    return {
        "name": in_two(member, "name"),
        "title": in_two(member, "title"),
        "needs": str(member.needs or "") if internal else "",
    }


def _day(day: Day, *, internal: bool) -> dict[str, object]:
    return {
        "on": day.on.isoformat(),
        "weekday": pair(lambda: format_date(day.on, "l")),
        "stops": [_stop(line, internal=internal) for line in day.lines],
    }


def _stop(line: Line, *, internal: bool) -> dict[str, object]:
    stop = line.stop
    return {
        "time": line.time,
        "zone": line.zone,
        "kind": pair(StopKind(stop.kind).label),
        "name": in_two(stop, "name"),
        "place": in_two(stop, "place"),
        "host": in_two(stop, "host"),
        "group": stop.group,
        "officers": [in_two(booking.resource, "name") for booking in line.booked_for(Duty.OFFICER)],
        "booked": _booked(line) if internal else [],
        "note": stop.note if internal else "",
    }


def _booked(line: Line) -> list[dict[str, object]]:
    others = [duty for duty in Duty if duty != Duty.OFFICER]
    return [
        {"duty": pair(duty.label), "name": in_two(booking.resource, "name")}
        for duty in others
        for booking in line.booked_for(duty)
    ]


def _contacts(visit: Visit, days: Iterable[Day]) -> list[dict[str, object]]:
    """Return whom to call: the owner officer and the responsible officers, as far as their phones are kept."""
    own = Resource.objects.filter(user=visit.officer_id) if visit.officer_id else Resource.objects.none()
    booked = [booking.resource for day in days for line in day.lines for booking in line.booked_for(Duty.OFFICER)]
    people = {person.pk: person for person in (*own, *booked)}
    return [{"name": in_two(person, "name"), "phone": str(person.phone)} for person in people.values() if person.phone]
