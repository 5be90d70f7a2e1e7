"""Facts: the sourced records of `facts/`. Each app registers a loader; `manage.py load_facts` runs them all."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Model

from shenyang_fao.core.models import AuditEntry

M = TypeVar("M", bound=Model)
Loader = Callable[[Path], str]
loaders: dict[str, Loader] = {}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# Only beside a Chinese character or mark: the comma of a number stays.
_HAN = "\u3001-\u303f\u4e00-\u9fff\uff01-\uff1f“”"
_ASCII_MARK = re.compile(f"(?<=[{_HAN}])[,;:?!]|[,;:?!](?=[{_HAN}])")
_BRACKETS = re.compile(f"(?<=[{_HAN}])\\(([^()]*)\\)|\\(([^()]*[{_HAN}][^()]*)\\)")
_QUOTED = re.compile(r'"([^"]*)"')


def loader(name: str) -> Callable[[Loader], Loader]:
    """Register a function that loads facts from a folder and reports in one line. It may run again and then changes nothing."""

    def register(function: Loader) -> Loader:
        loaders[name] = function
        return function

    return register


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file (UTF-8, header row) with every cell stripped and Chinese columns punctuated as Chinese is."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = {key.strip(): (value or "").strip() for key, value in row.items() if key}
            yield {key: punctuate(cell) if key.endswith("_zh") else cell for key, cell in cells.items()}


def punctuate(text: str) -> str:
    """Return a Chinese text with the full-width marks of GB/T 15834-2011 where sources typed ASCII ones."""
    text = _BRACKETS.sub(lambda found: f"（{found[1] or found[2]}）", _QUOTED.sub(r"“\1”", text))
    return _ASCII_MARK.sub(lambda found: _FULL_WIDTH[found[0]], text)


def put(model: type[M], *, values: dict[str, Any], at_first: dict[str, Any] | None = None, **found_by: Any) -> M:
    """Make a record equal to its facts and return it. One that a person has changed stays as it is: the officer's word stands.

    ``at_first`` is written with a new record only, such as whether it is public.
    """
    row = model._default_manager.filter(**found_by).first()
    if row is None:
        return model._default_manager.create(**found_by, **values, **(at_first or {}))
    stale = [name for name, value in values.items() if getattr(row, name) != value]
    if stale and not _is_changed_by_a_person(row):
        for name in stale:
            setattr(row, name, values[name])
        row.save(update_fields=stale)
    return row


def _is_changed_by_a_person(row: Model) -> bool:
    trail = AuditEntry.objects.filter(table=row._meta.db_table, row=str(row.pk))
    return trail.filter(actor_id__isnull=False).exists()
