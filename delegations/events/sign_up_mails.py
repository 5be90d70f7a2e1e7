"""The mails about sign-ups and invitations: written when they are sent, so that the secret link is kept nowhere."""

import io
from urllib.parse import urljoin

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from delegations.events.channels import channel_of
from delegations.events.enums import EventState, LetterKind, SignUpState
from delegations.events.models import Event
from delegations.events.signups import EventLetter, SignUp
from shenyang_fao.core import audit
from shenyang_fao.core.mail import Attachment, send_unkept
from shenyang_fao.core.secret_links import digest_of, new_token
from shenyang_fao.core.subscriptions import calendar_of

QR_SCALE = 8


@audit.action
def send_letter(letter_id: int, *, by: None = None) -> None:
    """Make the token of a mail and send it; called again it does nothing. It tells what is true when it is sent."""
    locked = EventLetter.objects.select_for_update(of=("self",))
    letter = locked.select_related("sign_up__event", "invitation__event").get(pk=letter_id)
    if letter.sent_at:
        return
    token = new_token()
    letter.digest, letter.sent_at = digest_of(token), timezone.now()
    letter.save(update_fields=["digest", "sent_at"])
    if letter.sign_up:
        _send_standing(letter.sign_up, token, is_move=letter.kind == LetterKind.MOVED_UP)
    elif letter.invitation:
        asked = letter.invitation
        context: dict[str, object] = {"event": asked.event, "name": asked.name, "token": token}
        template = "delegations/mail/sign_up_invited.txt"
        send_unkept(to=asked.email, language=asked.language, template=template, context=context)


def door_address(row: SignUp) -> str:
    """Return what the QR code says: the page on which an officer at the door notes who came."""
    return urljoin(settings.SITE_URL, reverse("admin:delegations_signup_door", args=[row.key]))


def event_address(event: Event) -> str:
    """Return the path of the event's page, from which one may sign up."""
    return reverse("delegations:sign_up", args=[event.slug])


def _send_standing(row: SignUp, token: str, *, is_move: bool) -> None:
    is_called_off = row.event.state == EventState.CANCELLED
    is_confirmed = row.state == SignUpState.CONFIRMED and not is_called_off
    context: dict[str, object] = {
        "event": row.event,
        "row": row,
        "token": token,
        "is_move": is_move,
        "is_confirmed": is_confirmed,
        "is_called_off": is_called_off,
        "is_cancelled": row.state == SignUpState.CANCELLED,
    }
    send_unkept(
        to=row.email,
        language=row.language,
        template="delegations/mail/sign_up.txt",
        context=context,
        attachments=_attachments(row) if is_confirmed else (),
    )


def _attachments(row: SignUp) -> list[Attachment]:
    with override(row.language):
        calendar = calendar_of(channel_of(row.event, page=event_address(row.event)))
    code = io.BytesIO()
    segno.make(door_address(row), error="m", micro=False).save(code, kind="png", scale=QR_SCALE)
    return [
        Attachment("event.ics", calendar, "text/calendar"),
        Attachment("door.png", code.getvalue(), "image/png"),
    ]
