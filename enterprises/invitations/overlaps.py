"""Whether a guest is invited elsewhere for the same days: found by the index of the passport, without opening anybody's data."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q

from enterprises.invitations.enums import LetterState
from enterprises.invitations.models import Invitation, Invitee
from enterprises.models.request import ServiceRequest


class Elsewhere(NamedTuple):
    """Another request that was handed in, came to no end and invites the same person."""

    number: str
    company_id: int


def elsewhere(invitation: Invitation, passports: Collection[str]) -> dict[str, list[Elsewhere]]:
    """Return, by index of passport, the other requests whose days overlap with this visit; none while it has no days."""
    if not (invitation.arrival_on and invitation.departure_on):
        return {}
    others = Invitee.objects.filter(
        passport_index__in=passports,
        invitation__arrival_on__lte=invitation.departure_on,
        invitation__departure_on__gte=invitation.arrival_on,
        invitation__request__in=ServiceRequest.objects.in_progress(),
    ).exclude(invitation=invitation)
    # A changed letter invites the same people as the one it replaces.
    same_visit = Q(invitation__request__amendments=invitation.pk) | Q(invitation__request__amends=invitation.pk)
    others = others.exclude(same_visit).exclude(invitation__request__letters__state=LetterState.SUPERSEDED)
    found: dict[str, list[Elsewhere]] = {}
    columns = ("passport_index", "invitation__request__number", "invitation__request__company_id")
    for index, number, company_id in others.values_list(*columns):
        found.setdefault(index, []).append(Elsewhere(str(number), company_id))
    return found
