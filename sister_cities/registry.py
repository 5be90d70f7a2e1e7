"""What any app may add to a partner's page: panels, and entries of its timeline.

Apps register in a module named ``panels``, so that this room need not know who stands above it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise as LazyText

from shenyang_fao.core.dates import partial_text
from shenyang_fao.core.sources import Link
from sister_cities.models import Partner


@dataclass(frozen=True)
class Panel:
    """A section of the page: a template, and what it reads as ``panel``. It brings its own heading of the second level."""

    template: str
    context: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Something that happened with a partner: when, what, of which kind, and where to read on."""

    happened_on: date | None
    precision: str
    title: str
    kind: str | LazyText
    url: str = ""
    links: list[Link] = field(default_factory=list)
    source_remark: str = ""
    is_to_be_confirmed: bool = False

    @property
    def happened_text(self) -> str:
        return partial_text(self.happened_on, self.precision)


@dataclass(frozen=True)
class Door:
    """A page about a partner in the back office, such as a briefing sheet."""

    title: str | LazyText
    url: str


DoorSource = Callable[[Partner], Door]
PanelSource = Callable[[Partner], Panel | None]
EntrySource = Callable[[Partner], Iterable[Entry]]
_panels: list[tuple[int, PanelSource]] = []
_entries: list[EntrySource] = []
_doors: list[DoorSource] = []


def panel(*, order: int) -> Callable[[PanelSource], PanelSource]:
    """Register a section of the partner's page; a small ``order`` stands high. None: nothing to show for this partner."""

    def register(function: PanelSource) -> PanelSource:
        _panels.append((order, function))
        return function

    return register


def entries(function: EntrySource) -> EntrySource:
    """Register what goes into the partner's timeline; public records only."""
    _entries.append(function)
    return function


def door(function: DoorSource) -> DoorSource:
    """Register a page for officers that the partner's page in the back office leads to."""
    _doors.append(function)
    return function


def doors_of(partner: Partner) -> list[Door]:
    """Return the pages for officers about a partner."""
    return [make(partner) for make in _doors]


def panels_of(partner: Partner) -> list[Panel]:
    """Return the sections for a partner, in their order."""
    made = [make(partner) for _order, make in sorted(_panels, key=lambda pair: pair[0])]
    return [panel for panel in made if panel]


def timeline_of(partner: Partner) -> list[Entry]:
    """Return everything public that happened with a partner, newest first; without a date last."""
    found = [entry for make in _entries for entry in make(partner)]
    return sorted(found, key=lambda entry: entry.happened_on or date.min, reverse=True)
