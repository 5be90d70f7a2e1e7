"""What waits for an officer in the register of ties; each number leads to the list behind it."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.dashboard import Group, Tile, source
from sister_cities.models import CounterpartLink, PlanAction, Tie
from sister_cities.upcoming import with_anniversary_soon

ANNIVERSARY_DAYS = 90


@source
def sister_cities(user: Any) -> Group | None:
    """Count anniversaries to prepare, actions past their deadline, links that sleep, and ties to clear up."""
    if not user.has_perm("sister_cities.view_tie"):
        return None
    ties = _tie_counts()
    soon = _("Anniversaries within 90 days")
    tiles = [_tile(soon, ties["soon"], "tie", f"anniversary={ANNIVERSARY_DAYS}")]
    if user.has_perm("sister_cities.view_planaction"):
        overdue = PlanAction.objects.overdue().count()
        tiles.append(_tile(_("Overdue actions"), overdue, "planaction", "overdue=yes", is_urgent=True))
    if user.has_perm("sister_cities.view_counterpartlink"):
        dormant = CounterpartLink.objects.dormant().count()
        tiles.append(_tile(_("Dormant links"), dormant, "counterpartlink", "dormant=yes"))
    tiles.append(_tile(_("Ties to clear up"), ties["unclear"], "tie", "clear_up=any"))
    return Group(_("Sister cities"), tiles)


def _tie_counts() -> dict[str, int]:
    """Count everything about ties in one query."""
    soon = with_anniversary_soon(Tie.objects.all(), days=ANNIVERSARY_DAYS)
    return Tie.objects.aggregate(
        soon=Count("pk", filter=Q(pk__in=soon.values("pk"))),
        unclear=Count("pk", filter=Q(pk__in=Tie.objects.to_clear_up().values("pk"))),
    )


def _tile(title: Any, count: int, model: str, query: str, *, is_urgent: bool = False) -> Tile:
    return Tile(title, count, f"{reverse(f'admin:sister_cities_{model}_changelist')}?{query}", is_urgent=is_urgent)
