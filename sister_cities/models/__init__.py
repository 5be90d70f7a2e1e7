"""The tables of this app: partners and ties, what was signed and won, plans, counterpart links, exchanges."""

from sister_cities.models.exchanges import Edition, EditionPicture, Exchange, Film
from sister_cities.models.links import CounterpartLink, LinkActivity
from sister_cities.models.papers import Agreement, Award
from sister_cities.models.partners import TAKEN_SLUGS, Partner, Tie, TieStep
from sister_cities.models.plans import ActionReport, Plan, PlanAction, Programme

__all__ = [
    "TAKEN_SLUGS",
    "ActionReport",
    "Agreement",
    "Award",
    "CounterpartLink",
    "Edition",
    "EditionPicture",
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
