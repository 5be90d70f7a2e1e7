"""Sections of a partner's page: its published plans, and the links of its institutions with Shenyang's."""

from sister_cities import registry
from sister_cities.models import Partner
from sister_cities.plan_record import public_links, public_plans


@registry.panel(order=40)
def plans(partner: Partner) -> registry.Panel | None:
    """The published plans for this partner."""
    found = list(public_plans().filter(partner=partner))
    return registry.Panel("sister_cities/plans_panel.html", {"plans": found}) if found else None


@registry.panel(order=50)
def links(partner: Partner) -> registry.Panel | None:
    """The public counterpart links with this partner."""
    found = list(public_links().filter(partner=partner))
    return registry.Panel("sister_cities/links_panel.html", {"links": found}) if found else None
