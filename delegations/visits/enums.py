"""Choices of the inbound visits, and the one table of how a visit may move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HeadRank(TextChoices):
    """The rank of the head of a delegation, the highest first."""

    STATE = "state", _("head of state or government")
    MINISTER = "minister", _("minister or head of a province")
    CONSUL = "consul", _("consul-general")
    CITY = "city", _("city leader")
    BUSINESS = "business", _("business")
    OTHER = "other", pgettext_lazy("rank", "other")


class Purpose(TextChoices):
    OFFICIAL = "official", _("official visit")
    SISTER_CITY = "sister_city", _("sister-city exchange")
    ECONOMY = "economy", _("trade and investment")
    CULTURE = "culture", _("culture and sport")
    EDUCATION = "education", _("education and science")
    HEALTH = "health", _("health")
    CONSULAR = "consular", _("consular affairs")
    OTHER = "other", pgettext_lazy("purpose", "other")


class VisitState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("visit", "proposed")
    CONFIRMED = "confirmed", pgettext_lazy("visit", "confirmed")
    UNDER_WAY = "under_way", pgettext_lazy("visit", "under way")
    COMPLETED = "completed", pgettext_lazy("visit", "completed")
    CANCELLED = "cancelled", pgettext_lazy("visit", "cancelled")


class StopKind(TextChoices):
    ARRIVAL = "arrival", _("arrival")
    TALKS = "talks", _("talks")
    VISIT = "visit", _("site visit")
    SIGNING = "signing", _("signing ceremony")
    BANQUET = "banquet", _("banquet")
    TRANSFER = "transfer", _("transfer")
    REST = "rest", _("free time")
    DEPARTURE = "departure", _("departure")


class ResourceKind(TextChoices):
    """What can be booked for a stop; each only once at a time."""

    PERSON = "person", _("person")
    VEHICLE = "vehicle", _("vehicle")
    ROOM = "room", _("room")


class Duty(TextChoices):
    """What a person or thing is booked for."""

    OFFICER = "officer", _("responsible officer")
    INTERPRETER = "interpreter", _("interpreter")
    VEHICLE = "vehicle", _("vehicle")
    ROOM = "room", _("room")


KIND_FOR = {
    Duty.OFFICER: ResourceKind.PERSON,
    Duty.INTERPRETER: ResourceKind.PERSON,
    Duty.VEHICLE: ResourceKind.VEHICLE,
    Duty.ROOM: ResourceKind.ROOM,
}

V = VisitState
# From where, to where; the actions and the database's trigger are both made from it.
VISIT_STEPS: dict[VisitState, tuple[VisitState, ...]] = {
    V.PROPOSED: (V.CONFIRMED, V.CANCELLED),
    V.CONFIRMED: (V.PROPOSED, V.UNDER_WAY, V.CANCELLED),
    V.UNDER_WAY: (V.COMPLETED, V.CANCELLED),
    V.COMPLETED: (),
    V.CANCELLED: (V.PROPOSED,),
}
# The visits whose people, vehicles and rooms stay booked.
BOOKED = (V.PROPOSED, V.CONFIRMED, V.UNDER_WAY)
del V
