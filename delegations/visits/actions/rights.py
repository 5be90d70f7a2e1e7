"""Who may do it, and which visit is meant: what every action on visits asks first."""

from django.core.exceptions import PermissionDenied

from delegations.visits.models import Visit
from shenyang_fao.accounts.models import User

MAY_CHANGE = "delegations.change_visit"


def locked(visit_id: int, *, by: User) -> Visit:
    """Return a visit that nobody else can change meanwhile. Raises PermissionDenied, Visit.DoesNotExist."""
    if not by.has_perm(MAY_CHANGE):
        raise PermissionDenied
    return Visit.objects.select_for_update(of=("self",)).get(pk=visit_id)
