"""The pages of the guided form for invitation letters, one module a step."""

from enterprises.invitations.forms.invitees import InviteeForm, InviteeParts, InviteesForm
from enterprises.invitations.forms.itinerary import ItineraryPage
from enterprises.invitations.forms.papers import PapersForm
from enterprises.invitations.forms.purpose import PurposeForm

__all__ = ["InviteeForm", "InviteeParts", "InviteesForm", "ItineraryPage", "PapersForm", "PurposeForm"]
