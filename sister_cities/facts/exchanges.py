"""Documented exchanges, awards, programmes, and editions of the photo and film exchange."""

from pathlib import Path
from typing import Any

from django.utils.text import slugify

from shenyang_fao.core import facts, sources
from shenyang_fao.core.dates import parse_partial
from shenyang_fao.core.enums import SourceGrade
from sister_cities.models import Award, Edition, Exchange, Partner, Programme

# How one file calls a partner that another file names in full.
ALIASES = {"Seoul (Yongsan-gu)": "Yongsan-gu, Seoul"}


def load_exchanges(folder: Path) -> int:
    """Load every documented exchange with its partners and return how many there are."""
    rows = list(facts.rows(folder / "exchanges.csv"))
    for row in rows:
        happened_on, precision = parse_partial(row["date"])
        exchange = facts.put(
            Exchange,
            name_en=row["title_en"],
            values={
                "name_zh_hans": row["title_zh"],
                "happened_on": happened_on,
                "happened_precision": precision,
                "source": row["source"],
                "source_grade": sources.best_grade(row["source"]),
            },
            at_first={"is_public": True},
        )
        exchange.partners.add(*_partners(row["city_en"]))
    return len(rows)


def load_awards(folder: Path) -> int:
    """Load every award with its winners and return how many there are."""
    rows = list(facts.rows(folder / "awards.csv"))
    for row in rows:
        awarded_on, precision = parse_partial(row["awarded_on"])
        award = _put_press(
            Award,
            row,
            body_zh_hans=row["body_zh"],
            body_en=row["body_en"],
            awarded_on=awarded_on,
            awarded_precision=precision,
        )
        award.partners.add(*_partners(row["partners"]))
    return len(rows)


def load_programmes(folder: Path) -> int:
    """Load every programme and return how many there are."""
    rows = list(facts.rows(folder / "programmes.csv"))
    for row in rows:
        _put_press(
            Programme,
            row,
            kind=row["kind"],
            first_year=int(row["first_year"]) if row["first_year"] else None,
            last_year=int(row["last_year"]) if row["last_year"] else None,
            summary_zh_hans=row["summary_zh"],
            summary_en=row["summary_en"],
        )
    return len(rows)


def load_editions(folder: Path) -> int:
    """Load every edition of the photo and film exchange and return how many there are."""
    rows = list(facts.rows(folder / "editions.csv"))
    for row in rows:
        _put_press(
            Edition,
            row,
            number=int(row["number"]),
            year=int(row["year"]),
            summary_zh_hans=row["summary_zh"],
            summary_en=row["summary_en"],
        )
    return len(rows)


def _put_press(model: Any, row: dict[str, str], **values: Any) -> Any:
    """Put a record that the press reports, found by its address."""
    named = {"name_zh_hans": row["name_zh"], "name_en": row["name_en"], "note": row["note"]}
    origin = {"source": row["source"], "source_grade": SourceGrade.PRESS}
    return facts.put(model, slug=row["slug"], values={**named, **origin, **values}, at_first={"is_public": True})


def _partners(names: str) -> list[Partner]:
    """Return the partners of a cell such as "Sapporo; Kawasaki". Raises Partner.DoesNotExist for a name nobody knows."""
    parts = [part.strip() for part in names.split(";") if part.strip()]
    return [Partner.objects.get(slug=slugify(ALIASES.get(part, part))) for part in parts]
