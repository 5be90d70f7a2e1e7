"""Choices of the register of ties."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


class Level(TextChoices):
    """Declared in the order in which the levels are listed."""

    SISTER = "sister", _("Sister city")
    FRIENDLY_COOPERATION = "friendly_cooperation", _("Friendly-cooperation city")

    @property
    def plural(self) -> StrPromise:
        """The level as a heading over its cities."""
        return _PLURALS[self.value]


_PLURALS = {"sister": _("Sister cities"), "friendly_cooperation": _("Friendly-cooperation cities")}


class Sort(TextChoices):
    DATE = "date", _("date of establishment")
    NAME = "name", _("name")
    DISTANCE = "distance", _("distance from Shenyang")


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
