"""The tables of this app, room by room."""

from delegations.visits.models import Booking, Member, Resource, Stop, Visit, VisitOutcome

__all__ = ["Booking", "Member", "Resource", "Stop", "Visit", "VisitOutcome"]
