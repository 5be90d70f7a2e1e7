"""Facts: the sourced records of `facts/`. Each app registers a loader; `manage.py load_facts` runs them all."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

Loader = Callable[[Path], str]
loaders: dict[str, Loader] = {}


def loader(name: str) -> Callable[[Loader], Loader]:
    """Register a function that loads facts from a folder and reports in one line. It may run again and then changes nothing."""

    def register(function: Loader) -> Loader:
        loaders[name] = function
        return function

    return register


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file (UTF-8, header row) with every cell stripped."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in row.items() if key}
