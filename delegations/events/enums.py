"""Choices of the events and of who takes part in them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(TextChoices):
    CONFERENCE = "conference", _("conference or forum")
    SALON = "salon", _("salon")
    TOUR = "tour", _("tour")
    DELIVERY = "delivery", _("service brought to people")
    EXHIBITION = "exhibition", _("exhibition")
    YOUTH = "youth", _("youth exchange")
    CEREMONY = "ceremony", _("ceremony")
    SIGNING = "signing", _("signing")
    PROMOTION = "promotion", _("promotion")
    SPORT = "sport", _("sport")
    MEDIA = "media", _("in the media")
    MILESTONE = "milestone", _("milestone")
    SUPPORT = "support", _("support for enterprises")
    OTHER = "other", pgettext_lazy("event", "other")


class EventState(TextChoices):
    PLANNED = "planned", pgettext_lazy("event", "planned")
    ANNOUNCED = "announced", pgettext_lazy("event", "announced")
    HELD = "held", pgettext_lazy("event", "held")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


E = EventState
# From where, to where.
EVENT_STEPS: dict[EventState, tuple[EventState, ...]] = {
    E.PLANNED: (E.ANNOUNCED, E.HELD, E.CANCELLED),
    E.ANNOUNCED: (E.PLANNED, E.HELD, E.CANCELLED),
    E.HELD: (),
    E.CANCELLED: (E.PLANNED,),
}
del E


class DocumentKind(TextChoices):
    DECLARATION = "declaration", _("declaration")
    PROGRAMME = "programme", pgettext_lazy("document", "programme")
    REPORT = "report", pgettext_lazy("document", "report")
    OTHER = "other", pgettext_lazy("document", "other")


class SignUpMode(TextChoices):
    NONE = "none", _("no sign-up")
    OPEN = "open", _("open to everybody")
    INVITED = "invited", _("by invitation")


class SignUpState(TextChoices):
    CONFIRMED = "confirmed", pgettext_lazy("sign-up", "confirmed")
    WAITING = "waiting", pgettext_lazy("sign-up", "on the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("sign-up", "cancelled")


class LetterKind(TextChoices):
    """Why somebody who takes part, or is asked to, is written to."""

    STANDING = "standing", _("where the sign-up stands")
    MOVED_UP = "moved_up", _("moved up from the waiting list")
    INVITED = "invited", pgettext_lazy("letter", "invitation")


class PlaceKind(TextChoices):
    """Where the Five Visits go (五进)."""

    DISTRICT = "district", _("districts and counties")
    PARK = "park", _("parks")
    UNIVERSITY = "university", _("universities")
    COMPANY = "company", _("enterprises")
    COMMUNITY = "community", _("communities")


class DeliveryKind(TextChoices):
    """What the Five Deliveries bring (五送)."""

    POLICY = "policy", _("policies")
    GUIDANCE = "guidance", _("guidance")
    INFORMATION = "information", _("information")
    KNOWLEDGE = "knowledge", _("knowledge")
    SERVICE = "service", _("services")


class ApplicationState(TextChoices):
    APPLIED = "applied", pgettext_lazy("exhibitor", "applied")
    SELECTED = "selected", pgettext_lazy("exhibitor", "selected")
    DECLINED = "declined", pgettext_lazy("exhibitor", "not selected")
    WITHDRAWN = "withdrawn", pgettext_lazy("exhibitor", "withdrawn")
