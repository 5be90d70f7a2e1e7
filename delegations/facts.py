"""Loads the sourced records of this app; may run again at any time and then changes nothing."""

from pathlib import Path

from django.db import transaction

from delegations.events import facts as events
from delegations.trips import facts as trips
from delegations.visits import facts as visits
from shenyang_fao.core import facts
from sister_cities import facts as ties  # noqa: F401 - imported first, its loader runs first: events name its partners


@facts.loader("delegations")
@transaction.atomic
def load(folder: Path) -> str:
    """Bring visits, events and the limits of trips in line with the files of `folder`; say how many records they name."""
    counts = {"visits": visits.load(folder), **events.load(folder), "limits of trips": trips.load_limits(folder)}
    return "delegations: " + ", ".join(f"{count} {what}" for what, count in counts.items())
