"""What of an invitation an officer can ask to be corrected: each answer, each day's plan as a whole, each guest, each paper."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.enums import PaperRole
from enterprises.invitations.forms.itinerary import VisitForm
from enterprises.invitations.forms.purpose import PurposeForm
from enterprises.invitations.models import Invitation, Invitee
from enterprises.invitations.rules import INVITEES, ITINERARY, PAPERS, PURPOSE
from enterprises.kinds import Target
from enterprises.models.request import ServiceRequest

GENERAL_PAPERS = (PaperRole.SEALED_REQUEST, PaperRole.GUARANTEE, PaperRole.OTHER)
# What the office's own columns of a guest are not.
_NOT_ANSWERS = {"id", "invitation", "passport_index"}


def targets(request: ServiceRequest) -> list[Target]:
    """Return the targets in the order of the form."""
    invitation = request.invitation
    guests = list(invitation.invitees.all())
    return [
        *_answers(invitation, PURPOSE, PurposeForm),
        *_answers(invitation, ITINERARY, VisitForm),
        _days(invitation),
        *(Target(INVITEES, guest.full_name, part=guest.pk, content=_all_of(guest)) for guest in guests),
        *_papers(request, guests),
    ]


def _answers(invitation: Invitation, step: str, form: type[PurposeForm] | type[VisitForm]) -> Iterator[Target]:
    for name, field in form.base_fields.items():
        yield Target(step, field.label or name, field=name, content=f"{name}={getattr(invitation, name)}")


def _days(invitation: Invitation) -> Target:
    plan = "\n".join(f"{day.on} {day.plan}" for day in invitation.days.all())
    return Target(ITINERARY, _("Plan of each day"), field="days", content=f"days={plan}")


def _all_of(guest: Invitee) -> str:
    names = [field.attname for field in guest._meta.concrete_fields if field.name not in _NOT_ANSWERS]
    return "\n".join(f"{name}={getattr(guest, name)}" for name in names)


def _papers(request: ServiceRequest, guests: list[Invitee]) -> Iterator[Target]:
    filed = {(role, part): file for role, part, file in request.papers.values_list("role", "part", "file_id")}
    for role in GENERAL_PAPERS:
        file = filed.get((role.value, None))
        yield Target(PAPERS, capfirst(str(role.label)), field=role.value, content=f"file={file}")
    for guest in guests:
        label = gettext("Passport data page of %(name)s") % {"name": guest.full_name}
        file = filed.get((PaperRole.PASSPORT.value, guest.pk))
        yield Target(PAPERS, label, part=guest.pk, field=f"passport_{guest.pk}", content=f"file={file}")
