"""The development zones of the city, which companies name as their park."""

from pathlib import Path

from shenyang_fao.core import facts
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from sister_cities.facts.ties import put_unit

# Of the parks in the file only these are bodies of their own; the others are projects within a district.
OF_THE_STATE = "national"


def load(folder: Path) -> int:
    """Load every zone of national standing and return how many there are; one that a tie has brought keeps its words."""
    rows = [row for row in facts.rows(folder / "parks.csv") if row["level"].startswith(OF_THE_STATE)]
    known = set(Unit.objects.filter(kind=UnitKind.ZONE).values_list("name_zh_hans", flat=True))
    for row in rows:
        name = row["name_zh"]
        if name not in known:
            put_unit(name, row["name_en"], UnitKind.ZONE)
    return len(rows)
