"""Loads the limits of the rules; may run again at any time: a limit is found by its key and first day."""

from pathlib import Path

from delegations.trips.models import TripLimit
from shenyang_fao.core import facts


def load_limits(folder: Path) -> int:
    """Bring the limits in line with `trip_limits.csv` and say how many it names; what an officer changed stands."""
    limits = [_load_row(row) for row in facts.rows(folder / "trip_limits.csv")]
    return len(limits)


def _load_row(row: dict[str, str]) -> TripLimit:
    values = {"value": int(row["value"]), "source": row["source"]}
    return facts.put(TripLimit, key=row["key"], valid_from=row["valid_from"], values=values)
