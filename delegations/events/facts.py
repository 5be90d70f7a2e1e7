"""Events and series: the facts of `events.csv`, with `event_details.csv` and `series.csv` for what we write in our own words.

Visits are the visits' own. The exchange of photographs and films is kept with the sister cities: its series leads there. An
event that comes back is a series without events, and a declaration is an outcome of the conference that released it.
"""

from pathlib import Path
from typing import Any

from django.utils import timezone

from delegations.enums import OutcomeKind
from delegations.events.enums import EventState
from delegations.events.models import Event, EventOutcome, Series
from shenyang_fao.core import facts, sources
from shenyang_fao.core.dates import parse_partial
from shenyang_fao.core.enums import SourceGrade
from shenyang_fao.core.models import Unit
from sister_cities.models import Partner

# What the files call "seed".
SEED = "China Daily, 2022-10-17"
DECLARED_BY = {"Release of the Shenyang Declaration": "world-winter-cities-conference-18"}


def load(folder: Path) -> dict[str, int]:
    """Load series, events and their outcomes and return how many there are of each. Raises KeyError for one without details."""
    series = [_put_series(row) for row in facts.rows(folder / "series.csv")]
    rows = {row["name_zh"]: row for row in facts.rows(folder / "events.csv")}
    details = list(facts.rows(folder / "event_details.csv"))
    events = [_put_event(rows[facts.punctuate(detail["found_by"])], detail) for detail in details]
    outcomes = [_put_outcome(row) for row in rows.values() if row["kind"] == "outcome"]
    return {"series of events": len(series), "events": len(events), "outcomes of events": len(outcomes)}


def _put_series(row: dict[str, str]) -> Series:
    values = _words(row) | {"kind": row["kind"], "source": row["source"], "source_grade": SourceGrade.PRESS}
    flags = {name: row[name] == "yes" for name in ("has_matrix", "shows_editions")}
    return facts.put(
        Series, slug=row["slug"], values=values | flags | {"note": row["note"]}, at_first={"is_public": True}
    )


def _put_event(row: dict[str, str], detail: dict[str, str]) -> Event:
    starts_on, precision = parse_partial(row["date"])
    named = {"name_zh": detail["name_zh"] or row["name_zh"], "name_en": detail["name_en"] or row["name_en"]}
    values = {
        **_words(detail | named),
        **_origin(row["source"]),
        "kind": detail["kind"],
        "state": EventState(detail["state"]),
        "starts_on": starts_on,
        "starts_precision": precision,
        "series": Series.objects.get(slug=detail["series"]) if detail["series"] else None,
        "edition": int(detail["edition"]) if detail["edition"] else None,
    }
    event = facts.put(
        Event, slug=detail["slug"], values=values, at_first={"is_public": True, "published_at": timezone.now()}
    )
    event.partners.add(*_named(Partner, detail["partners"]))
    event.units.add(*_named(Unit, detail["units"]))
    return event


def _put_outcome(row: dict[str, str]) -> EventOutcome:
    event = Event.objects.get(slug=DECLARED_BY[row["name_en"]])
    values = {"name_zh_hans": row["name_zh"], "kind": OutcomeKind.DECLARATION}
    return facts.put(EventOutcome, event=event, name_en=row["name_en"], values=values, at_first={"is_public": True})


def _words(row: dict[str, str]) -> dict[str, str]:
    return {
        "name_zh_hans": row["name_zh"],
        "name_en": row["name_en"],
        "summary_zh_hans": row["summary_zh"],
        "summary_en": row["summary_en"],
    }


def _origin(cell: str) -> dict[str, Any]:
    """Return the press that names it, with every link; what is general knowledge stays in the note, which is internal."""
    urls = [link.url.rstrip(")") for link in sources.links(cell)]
    source = " ; ".join([SEED, *urls])
    has_better = urls and sources.best_grade(source) == SourceGrade.OFFICIAL
    return {"source": source, "source_grade": SourceGrade.OFFICIAL if has_better else SourceGrade.PRESS, "note": cell}


def _named(model: Any, slugs: str) -> list[Any]:
    """Return the records of a cell such as "shenyang; hunnan". Raises DoesNotExist for one that nobody knows."""
    return [model.objects.get(slug=slug.strip()) for slug in slugs.split(";") if slug.strip()]
