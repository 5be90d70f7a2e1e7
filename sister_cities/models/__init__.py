"""The tables of this app: partners and ties, what was signed and won, plans, counterpart links, exchanges."""

from sister_cities.models.exchanges import Edition, Exchange, Film
from sister_cities.models.links import CounterpartLink, LinkActivity
from sister_cities.models.papers import Agreement, Award
from sister_cities.models.partners import Partner, Tie, TieStep
from sister_cities.models.plans import ActionReport, Plan, PlanAction, Programme

__all__ = [
    "ActionReport",
    "Agreement",
    "Award",
    "CounterpartLink",
    "Edition",
    "Exchange",
    "Film",
    "LinkActivity",
    "Partner",
    "Plan",
    "PlanAction",
    "Programme",
    "Tie",
    "TieStep",
]
