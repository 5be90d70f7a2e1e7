"""The register of ties in the back office."""

from sister_cities.admin import exchanges, links, papers, partners, plan_actions, plans, ties  # each registers its own

__all__ = ["exchanges", "links", "papers", "partners", "plan_actions", "plans", "ties"]
