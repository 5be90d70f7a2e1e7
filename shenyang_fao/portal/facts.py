"""Loads the published figures and the groups of countries; may run again at any time: each is found by its key."""

import re
from pathlib import Path

from django.db import transaction

from shenyang_fao.core import facts
from shenyang_fao.core.models import CountryGroup, PublishedFigure

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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


@facts.loader("country_groups")
@transaction.atomic
def load_groups(folder: Path) -> str:
    """Bring the groups of countries in line with `country_groups.csv` and say how many members they have."""
    members = [_load_member(row) for row in facts.rows(folder / "country_groups.csv")]
    return f"country groups: {len(members)} members"


def _load_member(row: dict[str, str]) -> CountryGroup:
    """A note that is nothing but a date is the day of entry into force."""
    since = row["note"] if _DAY.fullmatch(row["note"]) else None
    return facts.put(
        CountryGroup,
        group=row["group"].lower(),
        country=row["iso2"],
        values={"note": "" if since else row["note"], "source": row["source"]},
        at_first={"since": since},
    )
