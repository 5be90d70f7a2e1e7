"""What can be done with a letter after it was issued."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.actions import moves
from enterprises.enums import RequestState, Verb
from enterprises.invitations.enums import LetterState
from enterprises.invitations.workflow import make_letter
from enterprises.models import Letter, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule


@audit.action
def revoke(letter_id: int, *, reason: str, by: User) -> None:
    """Withdraw an issued letter; its verification page says so at once, and the company is told why.

    Raises PermissionDenied, Refusal without a reason, NotNow when the letter is not in force.
    """
    if not by.has_perm("enterprises.revoke_letter"):
        raise PermissionDenied
    if not reason.strip():
        raise Refusal(_("Give the reason; the company will read it."))
    request_id = Letter.objects.values_list("request_id", flat=True).get(pk=letter_id)
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.state != LetterState.ISSUED:
        raise NotNow(_("Only a letter in force can be revoked."))
    letter.state, letter.revoked_at, letter.revoked_by = LetterState.REVOKED, timezone.now(), by
    letter.revoked_reason = reason.strip()
    letter.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
    moves.note_down(request, verb=Verb.REVOKE, by=by, note=letter.revoked_reason)
    notify(
        request.created_by,
        key=f"letter-revoked:{letter.pk}",
        template="enterprises/mail/letter_revoked.txt",
        context={"letter": letter, "request_row": request},
        url=request.get_absolute_url(),
    )


@audit.action
def reissue(letter_id: int, *, reason: str, by: User) -> Letter:
    """Issue a revoked letter anew, under a new number and with the texts in force today; the request stays as it is.

    By an approver who did not review the request. Raises PermissionDenied, TwoPersonRule, Refusal, NotNow.
    """
    if not reason.strip():
        raise Refusal(_("Give the reason; the company will read it."))
    request_id = Letter.objects.values_list("request_id", flat=True).get(pk=letter_id)
    request = moves.lock_for(request_id, rights=("enterprises.approve_request",), by=by)
    if request.reviewed_by_id == by.pk:
        raise TwoPersonRule(_("You reviewed this request; another officer has to sign it off."))
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if not can_be_reissued(letter, request):
        raise NotNow(_("Only the latest letter of an issued request can be issued anew, after it was revoked."))
    new = make_letter(request, replaces=letter, by=by)
    moves.note_down(request, verb=Verb.REISSUE, by=by, note=reason.strip())
    return new


def can_be_reissued(letter: Letter, request: ServiceRequest) -> bool:
    """Tell whether a revoked letter is the last word on its visit."""
    is_last = not Letter.objects.filter(replaces=letter).exists()
    return letter.state == LetterState.REVOKED and request.state == RequestState.ISSUED and is_last
