"""What officers see of an invitation on the page of its case."""

from collections.abc import Sequence

from enterprises.invitations import workflow
from enterprises.invitations.amending import open_amendment
from enterprises.invitations.enums import PaperRole
from enterprises.invitations.models import Invitation, Invitee, Letter
from enterprises.invitations.overlaps import elsewhere
from enterprises.invitations.rules import INVITEES, PAPERS, expires_soon
from enterprises.invitations.targets import targets
from enterprises.kinds import Desk, Row, Work
from enterprises.models.request import ServiceRequest
from shenyang_fao.core import mail, outbox
from shenyang_fao.core.models import Promise, StoredFile


def _facts(request: ServiceRequest) -> dict[str, object]:
    invitation = request.invitation
    invitees = list(invitation.invitees.all())
    others = elsewhere(invitation, [invitee.passport_index for invitee in invitees])
    pages = dict(request.papers.filter(role=PaperRole.PASSPORT).values_list("part", "file__key"))
    return {
        "invitation": invitation,
        "days": list(invitation.days.all()),
        "guests": [
            {
                "invitee": invitee,
                "page": pages.get(invitee.pk),
                "expires_soon": _expires_soon(invitee, invitation),
                "elsewhere": [other.number for other in others.get(invitee.passport_index, [])],
            }
            for invitee in invitees
        ],
        "amendment": open_amendment(request),
        "letters": list(Letter.objects.filter(request=request).defer("payload")),
    }


def _expires_soon(invitee: Invitee, invitation: Invitation) -> bool:
    departure = invitation.departure_on
    return departure is not None and expires_soon(invitee.passport_expires_on, departure)


def _rows(request: ServiceRequest) -> list[Row]:
    guests = request.invitation.invitees.all()
    return [Row(step, guest.pk, guest.full_name) for step in (INVITEES, PAPERS) for guest in guests]


def _works(requests: Sequence[ServiceRequest]) -> dict[int, list[Work]]:
    """Return the steps of the newest letter of each request."""
    letters = Letter.objects.filter(request__in=requests).defer("payload").order_by("request_id", "-pk")
    newest = list(letters.distinct("request_id"))
    steps = workflow.steps_of(newest)
    return {letter.request_id: _titled(steps[letter.pk]) for letter in newest}


def work_of(letter: Letter) -> list[Work]:
    """Return the steps of a letter, each with its promise once it is promised."""
    return _titled(workflow.steps(letter))


def _titled(steps: list[tuple[str, Promise | None]]) -> list[Work]:
    kinds = (workflow.RENDER, workflow.SIGN, mail.SEND)
    return [Work(outbox.title_of(kind), found) for kind, (_step, found) in zip(kinds, steps, strict=True)]


def _disclosed(request: ServiceRequest) -> list[StoredFile]:
    """The passport pages: whoever asks for the numbers sees what stands on them."""
    papers = request.papers.filter(role=PaperRole.PASSPORT).select_related("file")
    return [paper.file for paper in papers]


DESK = Desk(
    template="admin/enterprises/invitation.html",
    facts=_facts,
    rows=_rows,
    targets=targets,
    works=_works,
    disclosed=_disclosed,
)
