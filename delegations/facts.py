"""Loads the sourced records of this app, room by room; may run again at any time and then changes nothing."""

from pathlib import Path

from django.db import transaction

from delegations.trips import facts as trips
from shenyang_fao.core import facts


@facts.loader("official_trips")
@transaction.atomic
def load_trips(folder: Path) -> str:
    """Bring the limits of official trips in line with the files of `folder` and say how many there are."""
    return f"official trips: {trips.load_limits(folder)} limits"
