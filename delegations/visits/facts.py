"""The visits that the sources name: `events.csv` says that they took place, `visit_details.csv` who came."""

from pathlib import Path

from delegations.visits.enums import HeadRank, Purpose, VisitState
from delegations.visits.models import Visit
from shenyang_fao.core import facts, sources
from shenyang_fao.core.dates import parse_partial


def load(folder: Path) -> int:
    """Load every visit on record as completed and return how many there are. Raises KeyError for one without details."""
    details = {row["name_en"]: row for row in facts.rows(folder / "visit_details.csv")}
    rows = [row for row in facts.rows(folder / "events.csv") if row["kind"] == "visit"]
    for row in rows:
        _put(row, details[row["name_en"]])
    return len(rows)


def _put(row: dict[str, str], more: dict[str, str]) -> None:
    arrives_on, precision = parse_partial(row["date"])
    # After the semicolon stands what nobody has verified, such as a day: for officers, never on a public page.
    source, _semicolon, doubt = row["source"].partition(";")
    facts.put(
        Visit,
        slug=more["slug"],
        values={
            "name_zh_hans": row["name_zh"],
            "name_en": row["name_en"],
            "country": more["country_iso2"],
            "head_title_zh_hans": more["head_title_zh"],
            "head_title_en": more["head_title_en"],
            "head_rank": HeadRank(more["head_rank"]),
            "purpose": Purpose(more["purpose"]),
            "arrives_on": arrives_on,
            "arrives_precision": precision,
            "source": source.strip(),
            "source_grade": sources.best_grade(source),
            "note": doubt.strip(),
        },
        at_first={"state": VisitState.COMPLETED, "is_public": True},
    )
