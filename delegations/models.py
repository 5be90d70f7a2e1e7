"""The tables of this app, room by room."""

from delegations.events.models import (
    AgendaItem,
    Delivery,
    Event,
    EventDocument,
    EventOutcome,
    Series,
    Speaker,
)
from delegations.events.signups import EventInvitation, EventLetter, Exhibitor, SignUp, Turnout
from delegations.trips.models import PlannedTrip, Trip, TripEvent, TripLeg, TripLimit, TripMember, TripPaper
from delegations.visits.models import Booking, Member, Resource, Stop, Visit, VisitOutcome

__all__ = [
    "AgendaItem",
    "Booking",
    "Delivery",
    "Event",
    "EventDocument",
    "EventInvitation",
    "EventLetter",
    "EventOutcome",
    "Exhibitor",
    "Member",
    "PlannedTrip",
    "Resource",
    "Series",
    "SignUp",
    "Speaker",
    "Stop",
    "Trip",
    "TripEvent",
    "TripLeg",
    "TripLimit",
    "TripMember",
    "TripPaper",
    "Turnout",
    "Visit",
    "VisitOutcome",
]
