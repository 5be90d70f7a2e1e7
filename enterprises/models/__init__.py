"""The tables of this app: the company, its requests of any kind, and each kind's own details."""

from enterprises.invitations.models import Invitation, Invitee, ItineraryDay, Letter
from enterprises.models.company import Company, Membership
from enterprises.models.request import Correction, CorrectionItem, Message, Paper, RequestEvent, ServiceRequest

__all__ = [
    "Company",
    "Correction",
    "CorrectionItem",
    "Invitation",
    "Invitee",
    "ItineraryDay",
    "Letter",
    "Membership",
    "Message",
    "Paper",
    "RequestEvent",
    "ServiceRequest",
]
