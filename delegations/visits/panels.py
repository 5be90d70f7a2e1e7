"""The public visits on the page of a partner: a section of its own, and entries of its timeline."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delegations.visits.models import Visit
from sister_cities import registry
from sister_cities.models import Partner


@registry.panel(order=60)
def visits(partner: Partner) -> registry.Panel | None:
    """The public visits from this partner."""
    found = _visits(partner)
    return registry.Panel("delegations/visits_panel.html", {"visits": found}) if found else None


@registry.entries
def arrivals(partner: Partner) -> Iterator[registry.Entry]:
    """The public visits, as precisely as their dates are known."""
    for visit in _visits(partner):
        yield registry.Entry(
            happened_on=visit.arrives_on,
            precision=visit.arrives_precision,
            title=visit.name,
            kind=_("inbound visit"),
            url=visit.get_absolute_url(),
            links=visit.links,
            source_remark=visit.source_remark,
            is_to_be_confirmed=visit.is_to_be_confirmed,
        )


@registry.door
def briefing(partner: Partner) -> registry.Door:
    """The briefing sheet for officers."""
    return registry.Door(_("Briefing sheet"), reverse("admin:delegations_visit_briefing", args=[partner.pk]))


def _visits(partner: Partner) -> list[Visit]:
    """Return the public visits, asked for once a page."""
    known: list[Visit] | None = getattr(partner, "public_visits", None)
    if known is None:
        known = list(Visit.objects.public().filter(partners=partner).newest_first())
        partner.public_visits = known  # type: ignore[attr-defined]
    return known
