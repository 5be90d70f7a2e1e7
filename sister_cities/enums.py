"""Choices of the register of ties, and the one table of how the status of a tie may change."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from shenyang_fao.core.enums import UnitKind


class PartnerKind(TextChoices):
    CITY = "city", _("city")
    DISTRICT = "district", _("district of a city")
    ZONE = "zone", _("development zone")


class Level(TextChoices):
    """Declared in the order in which the levels are listed."""

    SISTER = "sister", _("Sister city")
    FRIENDLY_COOPERATION = "friendly_cooperation", _("Friendly-cooperation city")
    DISTRICT = "district", _("Friendly district")
    ZONE = "zone", _("Partner zone")
    # In the back office only, until a source says which it is.
    UNCLEAR = "unclear", _("Level not clear")

    @property
    def plural(self) -> StrPromise:
        """The level as a heading over its cities."""
        return _PLURALS[self.value]


_PLURALS = {
    "sister": _("Sister cities"),
    "friendly_cooperation": _("Friendly-cooperation cities"),
    "district": _("Friendly districts"),
    "zone": _("Partner zones"),
    "unclear": _("Level not clear"),
}
# The ties of the city itself, which the published figures count and the compass draws.
CITY_LEVELS = (Level.SISTER, Level.FRIENDLY_COOPERATION)
# The levels a reader may meet.
PUBLIC_LEVELS = (*CITY_LEVELS, Level.DISTRICT, Level.ZONE)


@dataclass(frozen=True)
class Parties:
    """What each side of a tie has to be."""

    local: UnitKind
    partner: PartnerKind


PARTY_OF = {
    Level.SISTER: Parties(UnitKind.CITY, PartnerKind.CITY),
    Level.FRIENDLY_COOPERATION: Parties(UnitKind.CITY, PartnerKind.CITY),
    Level.DISTRICT: Parties(UnitKind.DISTRICT, PartnerKind.DISTRICT),
    Level.ZONE: Parties(UnitKind.ZONE, PartnerKind.ZONE),
}


class TieStatus(TextChoices):
    PROPOSED = "proposed", _("proposed")
    UNDER_APPROVAL = "under_approval", _("under approval")
    SIGNED = "signed", _("signed")
    DORMANT = "dormant", _("dormant")
    ENDED = "ended", _("ended")


# The one table: from which status to which. Actions and the database's trigger are both made from it.
TIE_STEPS: dict[TieStatus, tuple[TieStatus, ...]] = {
    TieStatus.PROPOSED: (TieStatus.UNDER_APPROVAL, TieStatus.SIGNED, TieStatus.ENDED),
    TieStatus.UNDER_APPROVAL: (TieStatus.SIGNED, TieStatus.PROPOSED, TieStatus.ENDED),
    TieStatus.SIGNED: (TieStatus.DORMANT, TieStatus.ENDED),
    TieStatus.DORMANT: (TieStatus.SIGNED, TieStatus.ENDED),
    TieStatus.ENDED: (TieStatus.PROPOSED, TieStatus.SIGNED),
}
# A tie in one of these has been signed; only such a tie has a date of signature and may be public.
IN_FORCE_ONCE = (TieStatus.SIGNED, TieStatus.DORMANT, TieStatus.ENDED)


class AgreementKind(TextChoices):
    AGREEMENT = "agreement", _("agreement")
    MEMORANDUM = "memorandum", _("memorandum of understanding")
    LETTER_OF_INTENT = "letter_of_intent", _("letter of intent")
    RENEWAL = "renewal", _("renewal")


class ProgrammeKind(TextChoices):
    ACTION_PLAN = "action_plan", _("action plan")
    FRIENDLY_DISTRICTS = "friendly_districts", _("friendly-districts programme")


class ActionState(TextChoices):
    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


OPEN_ACTIONS = (ActionState.PLANNED, ActionState.UNDER_WAY)


class LinkKind(TextChoices):
    """Between what two institutions of a kind are linked."""

    SCHOOL = "school", _("schools")
    UNIVERSITY = "university", _("universities")
    HOSPITAL = "hospital", _("hospitals")
    PARK = "park", _("parks and zones")
    MUSEUM = "museum", _("museums and culture")
    MEDIA = "media", _("media")
    ENTERPRISE = "enterprise", _("enterprises and associations")
    OTHER = "other", _("other bodies")


class LinkStage(TextChoices):
    AGREEMENT = "agreement", _("agreement")
    INTENTION = "intention", _("intention")
    CONTACT = "contact", _("contact")


class Sort(TextChoices):
    DATE = "date", _("date")
    NAME = "name", _("name")
    DISTANCE = "distance", _("distance")


class Direction(TextChoices):
    """The eight winds, clockwise from north."""

    NORTH = "n", _("north")
    NORTH_EAST = "ne", _("north-east")
    EAST = "e", _("east")
    SOUTH_EAST = "se", _("south-east")
    SOUTH = "s", _("south")
    SOUTH_WEST = "sw", _("south-west")
    WEST = "w", _("west")
    NORTH_WEST = "nw", _("north-west")

    @classmethod
    def of(cls, bearing: float) -> "Direction":
        """The wind nearest to a bearing in degrees."""
        return list(cls)[round(bearing / 45) % 8]


# The published figure that counts what the register holds at a level (keys of achievements.csv).
FIGURE_OF = {Level.SISTER: "sister_cities", Level.FRIENDLY_COOPERATION: "friendly_cooperation_cities"}
