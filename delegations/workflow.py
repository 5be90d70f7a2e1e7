"""The background work of visits, events and trips."""

from django.utils.translation import gettext_lazy as _

from delegations.events.sign_up_mails import send_letter
from delegations.events.signing import SEND_LETTER
from shenyang_fao.core import outbox


@outbox.keeper(SEND_LETTER, title=_("send a mail about a sign-up"))
def send_sign_up_letter(letter_id: int) -> None:
    """Write to somebody who signed up or is invited."""
    send_letter(letter_id, by=None)
