"""The tables of this app: the company, its requests of any kind, and each kind's own details."""

from enterprises.invitations.batches.models import BatchRow, InviteeBatch
from enterprises.invitations.letter_template import LetterTemplate
from enterprises.invitations.models import Invitation, Invitee, ItineraryDay, Letter
from enterprises.invitations.results import VisitResult
from enterprises.models.attachment import ATTACHMENTS_AT_MOST, Attachment
from enterprises.models.bulk import BulkSignOff, BulkSignOffItem
from enterprises.models.closing import BarLift, CloseOut
from enterprises.models.company import Company, Membership
from enterprises.models.consent import ConsentLink, ConsentRequest
from enterprises.models.correction import Correction, CorrectionItem, KeptReason, RefusalNote
from enterprises.models.rating import Rating
from enterprises.models.request import Message, Paper, RequestEvent, ServiceRequest

__all__ = [
    "ATTACHMENTS_AT_MOST",
    "Attachment",
    "BarLift",
    "BatchRow",
    "BulkSignOff",
    "BulkSignOffItem",
    "CloseOut",
    "Company",
    "ConsentLink",
    "ConsentRequest",
    "Correction",
    "CorrectionItem",
    "Invitation",
    "Invitee",
    "InviteeBatch",
    "ItineraryDay",
    "KeptReason",
    "Letter",
    "LetterTemplate",
    "Membership",
    "Message",
    "Paper",
    "Rating",
    "RefusalNote",
    "RequestEvent",
    "ServiceRequest",
    "VisitResult",
]
