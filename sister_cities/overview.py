"""The register at a glance."""

from dataclasses import dataclass

from shenyang_fao.core.models import PublishedFigure
from sister_cities.enums import FIGURE_OF, Level
from sister_cities.models import Tie


@dataclass(frozen=True)
class LevelCount:
    """What was published about a level, and what the register holds of it."""

    level: Level
    figure: PublishedFigure | None
    held: int


def level_counts() -> list[LevelCount]:
    """Both counts of each level; the register counts public ties only."""
    held = Tie.objects.public().count_by_level()
    figures = PublishedFigure.objects.in_bulk(list(FIGURE_OF.values()), field_name="key")
    return [LevelCount(level, figures.get(FIGURE_OF[level]), held[level]) for level in FIGURE_OF]
