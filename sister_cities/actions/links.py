"""What the two institutions of a counterpart link do together."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import Refusal
from sister_cities.models import CounterpartLink, LinkActivity

RIGHT = "sister_cities.change_counterpartlink"


@audit.action
def record_activity(
    link_id: int, *, on: date, precision: str, name_zh_hans: str, name_en: str, source: str, by: User
) -> LinkActivity:
    """Record something the two did together, as precisely as its date is known.

    Sent twice it is recorded once. Raises PermissionDenied; Refusal for a date in the future.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    link = CounterpartLink.objects.select_for_update(of=("self",)).defer("contacts").get(pk=link_id)
    if on > timezone.localdate():
        raise Refusal(_("An activity has taken place: its date cannot lie in the future."))
    activity, _is_new = LinkActivity.objects.get_or_create(
        link=link,
        happened_on=on,
        happened_precision=precision,
        name_zh_hans=name_zh_hans,
        name_en=name_en,
        defaults={"source": source},
    )
    return activity
