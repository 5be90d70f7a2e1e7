"""The journey of a letter on one screen.

    sign-off  (actions.requests.approve -> make_letter: number, frozen content and the first promise in one transaction)
      -> render   the frozen content becomes a PDF
      -> sign     the PDF is signed, stored with its SHA-256, the request is issued, the notice is written
      -> notify   core.mail sends the notice in the company's language

Each step runs under its promise's lock and its letter's lock, in one transaction with the promise of the next. Called again,
a step finds its result in the letter and changes nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.invitations import amending
from enterprises.invitations.enums import LetterState
from enterprises.invitations.letter_template import LetterTemplate
from enterprises.invitations.models import Invitation, Letter, new_code
from enterprises.invitations.payload import Head, freeze
from enterprises.invitations.wording import MissingValue, missing_in
from enterprises.models import ServiceRequest
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit, files, mail, numbering, outbox
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.documents import signing, typesetting
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import Promise

SERIES = "LTR"
RENDER, SIGN = "letter.render", "letter.sign"


@audit.action
def make_letter(request: ServiceRequest, *, replaces: Letter | None = None, by: Actor) -> Letter:
    """Number a letter, freeze its content and promise its rendering, inside the sign-off's transaction.

    ``replaces`` is the letter of an earlier visit or the revoked one in whose place this one comes. Raises Refusal when the
    day of arrival has passed meanwhile, for the letter would have lapsed before it is issued, and when a value is missing or
    cannot be printed: a frozen letter that fails could be mended by nobody.
    """
    invitation, today = request.invitation, timezone.localdate()
    if invitation.arrival_on is None or invitation.arrival_on < today:
        raise Refusal(_("The day of arrival has passed. Return the request so that the company can change the dates."))
    wording = LetterTemplate.objects.in_force(invitation.document_type, today)
    if wording is None:
        raise Refusal(_("No version of this document's texts is in force. Tell the administrator."))
    letter = Letter(
        request=request,
        number=f"SYFAO-{SERIES}-{today.year}-{numbering.next_number(SERIES, today.year):06d}",
        code=new_code(),
        template=wording.layout_file,
        wording=wording,
        replaces=replaces,
        edition=replaces.edition + 1 if replaces else 1,
        lapses_on=invitation.arrival_on,
        made_by=by,  # type: ignore[misc]  # whoever signs off is a person
    )
    letter.payload = _content(letter, invitation)
    letter.save()
    outbox.promise(RENDER, letter.pk)
    return letter


def _content(letter: Letter, invitation: Invitation) -> dict[str, Any]:
    typesetting.template_path(letter.template)
    head = Head(letter.number, letter.code, letter.verification_url(), edition=letter.edition)
    payload = freeze(invitation, head=head, wording=letter.wording)
    if missing := missing_in(payload["texts"]):
        raise MissingValue(missing)
    typesetting.require_printable_payload(payload)
    return payload


@outbox.keeper(RENDER, queue="pdf", title=_("make the letter's PDF"))
def render(letter_id: int) -> None:
    """Make the PDF from the frozen content."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.rendered_id is None and letter.state == LetterState.PREPARING:
        pdf = typesetting.render_pdf(letter.template, letter.payload)
        typesetting.require_bearable(pdf)
        letter.rendered = files.store(pdf, name=f"{letter.number}-draft.pdf", media_type=files.PDF, by=None)
        letter.save(update_fields=["rendered"])
    outbox.promise(SIGN, letter.pk)


@outbox.keeper(SIGN, queue="pdf", title=_("sign the letter and issue it"))
def sign(letter_id: int) -> None:
    """Sign the PDF, issue the request, write the notice, and supersede the letter in whose place this one comes."""
    request, earlier = _lock(Letter.objects.values_list("request_id", flat=True).get(pk=letter_id))
    letter = Letter.objects.select_for_update(of=("self",)).select_related("rendered").get(pk=letter_id)
    if letter.state != LetterState.PREPARING or letter.rendered is None:
        return
    with letter.rendered.content.open("rb") as draft:
        pdf = signing.sign_pdf(draft.read(), reason=str(request.company), number=letter.number)
    letter.signed = files.store(pdf, name=f"{letter.number}.pdf", media_type=files.PDF, by=None)
    letter.state, letter.issued_at = LetterState.ISSUED, timezone.now()
    letter.notice = notify(
        request.created_by,
        key=f"letter-issued:{letter.pk}",
        template="enterprises/mail/letter_issued.txt",
        context={"letter": letter, "request_row": request},
        url=request.get_absolute_url(),
    )
    # The frozen columns stay out of it: encrypted anew they would look changed, and the database refuses that.
    letter.save(update_fields=["signed", "state", "issued_at", "notice"])
    if request.state == RequestState.APPROVED:
        requests.issue(request)
    if earlier:
        amending.supersede(earlier, new=letter)


def _lock(request_id: int) -> tuple[ServiceRequest, ServiceRequest | None]:
    """Lock a request and the one whose letter it changes, the older first, as everybody does."""
    amends_id = ServiceRequest.objects.values_list("amends_id", flat=True).get(pk=request_id)
    wanted = ServiceRequest.objects.filter(pk__in=[request_id, amends_id]).order_by("pk")
    found = {request.pk: request for request in wanted.select_for_update(of=("self",))}
    return found[request_id], found.get(amends_id)


def steps(letter: Letter) -> list[tuple[str, Promise | None]]:
    """Return the letter's three steps with their promises; None where a step is not promised yet."""
    return steps_of([letter])[letter.pk]


def steps_of(letters: Sequence[Letter]) -> dict[int, list[tuple[str, Promise | None]]]:
    """Return the steps of each letter by its key, in two queries."""
    own = Promise.objects.filter(kind__in=[RENDER, SIGN], subject_id__in=[letter.pk for letter in letters])
    sent = Promise.objects.filter(kind=mail.SEND, subject_id__in=[letter.notice_id for letter in letters])
    found = {(promise.kind, promise.subject_id): promise for promise in [*own, *sent]}
    return {
        letter.pk: [
            ("render", found.get((RENDER, letter.pk))),
            ("sign", found.get((SIGN, letter.pk))),
            ("notify", found.get((mail.SEND, letter.notice_id)) if letter.notice_id else None),
        ]
        for letter in letters
    }
