"""The background work that every kind of request shares."""

from django.utils.translation import gettext_lazy as _

from enterprises.actions import bulk
from shenyang_fao.core import outbox


@outbox.keeper(bulk.SIGN_OFF, title=_("sign off a request of a bulk sign-off"))
def sign_off(item_id: int) -> None:
    """Sign off one request of a bulk sign-off, or note why not."""
    bulk.carry_out(item_id, by=None)
