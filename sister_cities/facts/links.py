"""Counterpart links between institutions; intentions and contacts are kept as what they are."""

from pathlib import Path

from shenyang_fao.core import facts
from shenyang_fao.core.dates import parse_partial
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from sister_cities.enums import LinkKind, LinkStage
from sister_cities.facts import ties
from sister_cities.models import CounterpartLink, Partner

# How the notes of the file say that nothing was agreed.
STAGE_WORDS = {
    "Contact only": LinkStage.CONTACT,
    "not an agreement": LinkStage.CONTACT,
    "intention only": LinkStage.INTENTION,
}


def load(folder: Path) -> int:
    """Load every link and return how many there are."""
    words = {
        (row["local_party_en"], row["foreign_party_en"]): row for row in facts.rows(folder / "link_descriptions.csv")
    }
    rows = [row for row in facts.rows(folder / "other_ties.csv") if row["kind"] not in ties.PLACES]
    partners = list(Partner.objects.all())
    for row in rows:
        _load_row(row, words.get((row["local_party_en"], row["foreign_party_en"]), {}), partners)
    return len(rows)


def _load_row(row: dict[str, str], words: dict[str, str], partners: list[Partner]) -> None:
    signed_on, precision = parse_partial(row["signed_on"])
    facts.put(
        CounterpartLink,
        local=_unit(row),
        foreign_en=row["foreign_party_en"],
        kind=LinkKind(row["kind"]),
        values={
            "foreign_zh_hans": row["foreign_party_zh"],
            "partner": _partner_in(row["foreign_party_en"], partners),
            "country": row["country_iso2"],
            "stage": _stage(row["note"]),
            "agreement_zh_hans": words.get("agreement_zh", ""),
            "agreement_en": words.get("agreement_en", ""),
            "signed_on": signed_on,
            "signed_precision": precision,
            **ties.origin(row),
        },
        at_first={"is_public": ties.is_verified(row)},
    )


def _unit(row: dict[str, str]) -> Unit:
    if row["local_party_zh"] == "沈阳市":
        return ties.shenyang()
    kind = UnitKind.DEPARTMENT if "Bureau" in row["local_party_en"] else UnitKind.INSTITUTION
    return ties.put_unit(row["local_party_zh"], row["local_party_en"], kind)


def _partner_in(foreign_party: str, partners: list[Partner]) -> Partner | None:
    return next((partner for partner in partners if partner.name_en in foreign_party), None)  # type: ignore[attr-defined]


def _stage(note: str) -> LinkStage:
    return next((stage for words, stage in STAGE_WORDS.items() if words in note), LinkStage.AGREEMENT)
