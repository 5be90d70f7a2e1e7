"""Ties of the city, of its districts and of its zones; candidates whose level is unclear stay in the back office."""

from pathlib import Path
from typing import Any

from django.utils.text import slugify

from shenyang_fao.core import facts, sources
from shenyang_fao.core.dates import parse_partial
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from sister_cities.clocks import zone_of
from sister_cities.enums import PARTY_OF, Level, PartnerKind, TieStatus
from sister_cities.models import Partner, Tie, TieStep

PLACES = (Level.DISTRICT.value, Level.ZONE.value)


def load(folder: Path) -> int:
    """Load every tie and return how many there are."""
    cities = [*facts.rows(folder / "sister_cities.csv"), *facts.rows(folder / "ties_unclear.csv")]
    places = [row for row in facts.rows(folder / "other_ties.csv") if row["kind"] in PLACES]
    loaded = [_load_city_tie(row) for row in cities] + [_load_place_tie(row) for row in places]
    return len(loaded)


def shenyang() -> Unit:
    """Return the city itself, the party in Shenyang of all its own ties."""
    return put_unit("沈阳市", "Shenyang", UnitKind.CITY)


def put_unit(name_zh: str, name_en: str, kind: UnitKind) -> Unit:
    """Return the unit of this name, new or known."""
    values = {"kind": kind, "name_zh_hans": name_zh, "name_en": name_en}
    return facts.put(Unit, slug=slugify(name_en), values=values)


def is_verified(row: dict[str, str]) -> bool:
    """Tell whether a row may be public: it has a link, and its note raises no doubt."""
    doubts = ("unverified", "check before use")
    return bool(sources.links(row["source"])) and not any(doubt in row["note"] for doubt in doubts)


def origin(row: dict[str, str]) -> dict[str, str]:
    """Return where a row comes from, and how much weight that carries."""
    return {"source": row["source"], "source_grade": sources.best_grade(row["source"]), "note": row["note"]}


def _load_city_tie(row: dict[str, str]) -> Tie:
    level = Level(row["level"])
    return _put_tie(row, shenyang(), _load_city(row), level, is_public=level != Level.UNCLEAR)


def _load_city(row: dict[str, str]) -> Partner:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return _put_partner(
        row["name_zh"],
        row["name_en"],
        kind=PartnerKind.CITY,
        country=row["country_iso2"],
        latitude=latitude,
        longitude=longitude,
        time_zone=zone_of(row["country_iso2"], latitude, longitude),
    )


def _load_place_tie(row: dict[str, str]) -> Tie:
    level = Level(row["kind"])
    local = put_unit(row["local_party_zh"], row["local_party_en"], PARTY_OF[level].local)
    partner = _put_partner(
        row["foreign_party_zh"],
        row["foreign_party_en"],
        kind=PARTY_OF[level].partner,
        country=row["country_iso2"],
        time_zone=zone_of(row["country_iso2"]),
    )
    return _put_tie(row, local, partner, level, is_public=is_verified(row))


def _put_partner(name_zh: str, name_en: str, **values: Any) -> Partner:
    return facts.put(Partner, slug=slugify(name_en), values={"name_zh_hans": name_zh, "name_en": name_en, **values})


def _put_tie(row: dict[str, str], local: Unit, partner: Partner, level: Level, *, is_public: bool) -> Tie:
    signed_on, precision = parse_partial(row["signed_on"])
    status = TieStatus.PROPOSED if level == Level.UNCLEAR else TieStatus.SIGNED
    tie = facts.put(
        Tie,
        local=local,
        partner=partner,
        level=level,
        values={"signed_on": signed_on, "signed_precision": precision, **origin(row)},
        at_first={"status": status, "is_public": is_public},
    )
    if not tie.steps.exists():
        TieStep.objects.create(tie=tie, status=status, happened_on=signed_on, happened_precision=precision)
    return tie
