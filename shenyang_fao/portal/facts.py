"""Loads the published figures; may run again at any time: figures are found by their key."""

from pathlib import Path

from django.db import transaction

from shenyang_fao.core import facts
from shenyang_fao.core.models import PublishedFigure


@facts.loader("published_figures")
@transaction.atomic
def load(folder: Path) -> str:
    """Bring the published figures in line with `achievements.csv` and say how many there are."""
    figures = [_load_row(row) for row in facts.rows(folder / "achievements.csv")]
    return f"published figures: {len(figures)}"


def _load_row(row: dict[str, str]) -> PublishedFigure:
    return facts.put(
        PublishedFigure,
        key=row["metric_key"],
        values={
            "label_zh_hans": row["label_zh"],
            "label_en": row["label_en"],
            "value": row["value"],
            "unit": row["unit"],
            "as_of": row["as_of"],
            "source": row["source"],
        },
    )
