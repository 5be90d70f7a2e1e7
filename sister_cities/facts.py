"""Loads the sourced ties; may run again at any time: rows are found by their address and level."""

from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from shenyang_fao.core import facts
from shenyang_fao.core.dates import parse_partial
from sister_cities import sources
from sister_cities.models import City, Tie


@facts.loader("sister_cities")
@transaction.atomic
def load(folder: Path) -> str:
    """Bring the register in line with `sister_cities.csv` and say how many ties it names."""
    ties = [_load_row(row) for row in facts.rows(folder / "sister_cities.csv")]
    return f"sister cities: {len(ties)} ties"


def _load_row(row: dict[str, str]) -> Tie:
    signed_on, precision = parse_partial(row["signed_on"])
    return facts.put(
        Tie,
        city=_load_city(row),
        level=row["level"],
        values={
            "signed_on": signed_on,
            "signed_precision": precision,
            "source": row["source"],
            "source_grade": sources.best_grade(row["source"]),
            "note": row["note"],
        },
    )


def _load_city(row: dict[str, str]) -> City:
    return facts.put(
        City,
        slug=slugify(row["name_en"]),
        values={
            "name_zh_hans": row["name_zh"],
            "name_en": row["name_en"],
            "country": row["country_iso2"],
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
        },
    )
