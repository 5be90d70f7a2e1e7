"""The card of the first kind of request: invitation letters."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.invitations import closing, consenting, rules
from enterprises.invitations.amending import amend, can_be_amended, letter_to_replace, open_amendment
from enterprises.invitations.batches.actions import put_away
from enterprises.invitations.desk import DESK
from enterprises.invitations.enums import LetterState, PaperRole
from enterprises.invitations.forms import InviteeParts, InviteesForm, ItineraryPage, PapersForm, PurposeForm
from enterprises.invitations.forms.close_out import CloseOutPage
from enterprises.invitations.models import Invitation, Letter
from enterprises.invitations.workflow import make_letter
from enterprises.kinds import Amending, Closing, Consenting, Kind, Step, register
from enterprises.models.request import ServiceRequest
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.models import StoredFile


def _begin(request: ServiceRequest) -> None:
    Invitation.objects.create(request=request)


def _approve(request: ServiceRequest, by: Actor) -> None:
    make_letter(request, replaces=letter_to_replace(request), by=by)


def _details(request: ServiceRequest) -> dict[str, object]:
    invitation, letter = request.invitation, _letter_in_force(request)
    return {
        "invitation": invitation,
        "days": list(invitation.days.all()),
        "invitees": list(invitation.invitees.all()),
        "lapsed_on": letter.lapses_on if letter and letter.has_lapsed else None,
    }


def _issued_file(request: ServiceRequest) -> StoredFile | None:
    letter = _letter_in_force(request)
    return letter.signed if letter else None


def _letter_in_force(request: ServiceRequest) -> Letter | None:
    return request.letters.filter(state=LetterState.ISSUED).select_related("signed").first()


register(
    Kind(
        code="invitation",
        prefix="INV",
        title=_("Invitation letters"),
        summary=_("For foreign guests who need a visa to visit your company in Shenyang."),
        steps=(
            Step(rules.PURPOSE, pgettext_lazy("step of the form", "Purpose"), PurposeForm),
            Step(rules.ITINERARY, _("Itinerary"), ItineraryPage),
            Step(rules.INVITEES, _("Invitees"), InviteesForm, parts=InviteeParts()),
            Step(rules.PAPERS, _("Papers"), PapersForm),
        ),
        begin=_begin,
        faults=rules.faults,
        approve=_approve,
        guide_template="enterprises/invitations/guide.html",
        answers_template="enterprises/invitations/answers.html",
        paper_roles=PaperRole,
        papers_step=rules.PAPERS,
        details=_details,
        issued_file=_issued_file,
        desk=DESK,
        amending=Amending(begin=amend, is_possible=can_be_amended, opened=open_amendment),
        closing=Closing(ends_on=closing.ends_on, open=CloseOutPage, outcomes=closing.outcomes),
        consenting=Consenting(read=consenting.read, lines=consenting.lines),
        put_away=put_away,
    )
)
