"""The background work that every kind of request shares."""

from django.utils.translation import gettext_lazy as _

from enterprises.actions import bulk, consent
from shenyang_fao.core import outbox


@outbox.keeper(bulk.SIGN_OFF, title=_("sign off a request of a bulk sign-off"))
def sign_off(item_id: int) -> None:
    """Sign off one request of a bulk sign-off, or note why not."""
    bulk.carry_out(item_id, by=None)


@outbox.keeper(consent.SEND_LINK, title=_("send the link of a request for consent"))
def send_link(link_id: int) -> None:
    """Send a unit the link by which it answers."""
    consent.send_link(link_id, by=None)
