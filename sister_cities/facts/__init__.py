"""Loads the sourced records of this app; may run again at any time and then changes nothing."""

from pathlib import Path

from django.db import transaction

from shenyang_fao.core import facts
from sister_cities.facts import exchanges, links, ties, zones


@facts.loader("sister_cities")
@transaction.atomic
def load(folder: Path) -> str:
    """Bring the register in line with the files of `folder` and say how many records they name."""
    counts = {
        "ties": ties.load(folder),
        "development zones": zones.load(folder),
        "counterpart links": links.load(folder),
        "documented exchanges": exchanges.load_exchanges(folder),
        "awards": exchanges.load_awards(folder),
        "programmes": exchanges.load_programmes(folder),
        "editions": exchanges.load_editions(folder),
    }
    return "sister cities: " + ", ".join(f"{count} {what}" for what, count in counts.items())
