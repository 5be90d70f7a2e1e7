"""Figures that were published, each beside what a register holds; the two are never added up.

    figures = beside({"consulates": Consulate.objects.public().count(), "airlifts": None})      # keys of achievements.csv

`None` says that the register cannot tell. The template includes `includes/figures.html` (tiles, inside `<dl class="grid">`) or
`includes/figure_table.html`. Without a published figure a key is left out, unless `labels` names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from shenyang_fao.core.models import PublishedFigure


@dataclass(frozen=True)
class Figure:
    """What was published, if anything, and what the register holds of it; None where it cannot tell."""

    key: str
    label: StrOrPromise
    published: PublishedFigure | None
    held: int | None


def beside(held: Mapping[str, int | None], labels: Mapping[str, StrOrPromise] | None = None) -> list[Figure]:
    """Return the figures of these keys in their order; `labels` replace the names under which they were published."""
    published = PublishedFigure.objects.in_bulk(list(held), field_name="key")
    names: dict[str, StrOrPromise] = {key: figure.label for key, figure in published.items()}
    names.update(labels or {})
    return [Figure(key, names[key], published.get(key), count) for key, count in held.items() if key in names]
