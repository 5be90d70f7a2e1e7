"""The card of the first kind of request: invitation letters."""

from django.utils.translation import gettext_lazy as _

from enterprises.invitations.enums import PaperRole
from enterprises.invitations.models import Invitation
from enterprises.invitations.rules import faults
from enterprises.invitations.workflow import make_letter
from enterprises.kinds import Kind, register
from enterprises.models.request import ServiceRequest
from shenyang_fao.core.actors import Actor


def _begin(request: ServiceRequest) -> None:
    Invitation.objects.create(request=request)


def _approve(request: ServiceRequest, by: Actor) -> None:
    make_letter(request, by=by)


INVITATION = register(
    Kind(
        code="invitation",
        prefix="INV",
        title=_("Invitation letters"),
        summary=_("For foreign guests who need a visa to visit your company in Shenyang."),
        steps=(),
        begin=_begin,
        faults=faults,
        approve=_approve,
        guide_template="enterprises/invitations/guide.html",
        answers_template="enterprises/invitations/answers.html",
        paper_roles=PaperRole,
    )
)
