"""Which column of a file is which: a header cell may be the key or the name in any language of the portal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.tables.kinds import Joined, Text, folded
from shenyang_fao.core.tables.reading import Line

# "中文名称 / name_zh" names a column as well as either half; an asterisk marks what is required.
HALVES = re.compile(r"[/\n|]")


@dataclass(frozen=True)
class Column:
    """A column that a table knows; an empty cell stands for ``default``, written as a person would.

    ``aliases`` are other names that people give it.
    """

    key: str
    label: str | LazyText
    kind: Text = field(default_factory=Text)
    help: object = ""
    is_required: bool = False
    default: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name as a heading, in the reader's language."""
        return capfirst(str(self.label))


@dataclass(frozen=True)
class Row:
    """A row that could be read: its number in the spreadsheet and the values of the columns that the file has."""

    number: int
    values: dict[str, Any]


Places = dict[int, Column]


def place(header: Sequence[str], columns: Sequence[Column]) -> Places:
    """Return the columns by their place in the file. Raises ValidationError, naming what is missing, unknown or doubled."""
    places = _places(header, columns)
    faults = [*_unknown(header, places), *_doubled(places), *_missing(places, columns)]
    if faults:
        raise ValidationError(faults)
    return places


def recognise(header: Sequence[str], columns: Sequence[Column]) -> tuple[Places, list[str]]:
    """Return the known columns by their place, and the names that are none. Raises ValidationError when one stands twice."""
    places = _places(header, columns)
    if faults := _doubled(places):
        raise ValidationError(faults)
    return places, [cell for index, cell in enumerate(header) if cell and index not in places]


def parse(line: Line, places: Places) -> Row:
    """Return the values of a row. Raises ValidationError with all its faults, each under its column's key."""
    faults: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for index, column in places.items():
        cell = line.cells[index] if index < len(line.cells) else ""
        try:
            values[column.key] = _value(cell, column)
        except ValidationError as fault:
            faults[column.key] = fault
    # What stands below no name was not meant to be there: a stray sign, or a separator inside a text.
    if any(line.cells[index] for index in range(len(line.cells)) if index not in places):
        faults["__all__"] = ValidationError(_("A cell of this row has no column above it."), code="stray")
    if faults:
        raise ValidationError(faults)
    return Row(line.number, values)


def written(line: Line, places: Places) -> dict[str, str]:
    """Return the cells of a row as they stand in the file, by their column's key."""
    return {column.key: line.cells[index] for index, column in places.items() if index < len(line.cells)}


def _value(cell: str, column: Column) -> Any:
    text = cell or column.default
    if not text and column.is_required:
        raise ValidationError(_("This may not be empty."), code="required")
    return column.kind.read(text) if text else None


def _places(header: Sequence[str], columns: Sequence[Column]) -> Places:
    names = {
        folded(name): column
        for column in columns
        for name in (column.key, *column.aliases, *in_each(column.label).values())
    }
    found = {index: _known(cell, names) for index, cell in enumerate(header)}
    places = {index: column for index, column in found.items() if column}
    if not places:
        raise ValidationError(
            _("The first row has to name the columns; none of its cells is a known name."), code="no_header"
        )
    return places


def _known(cell: str, names: dict[str, Column]) -> Column | None:
    halves = [cell, *HALVES.split(cell)]
    return next((names[name] for half in halves if (name := folded(half).strip(" *")) in names), None)


def _unknown(header: Sequence[str], places: Places) -> list[ValidationError]:
    strange = [cell for index, cell in enumerate(header) if cell and index not in places]
    text = _("The file has columns that this table does not know: %(names)s.")
    return [ValidationError(text, code="unknown_columns", params={"names": Joined(strange)})] if strange else []


def _doubled(places: Places) -> list[ValidationError]:
    keys = [column.key for column in places.values()]
    twice = {column.key: column.label for column in places.values() if keys.count(column.key) > 1}
    text = _("The file has columns twice: %(names)s.")
    return [ValidationError(text, code="doubled_columns", params={"names": Joined(twice.values())})] if twice else []


def _missing(places: Places, columns: Sequence[Column]) -> list[ValidationError]:
    present = {column.key for column in places.values()}
    absent = [column.label for column in columns if column.is_required and column.key not in present]
    text = _("The file lacks columns: %(names)s.")
    return [ValidationError(text, code="missing_columns", params={"names": Joined(absent)})] if absent else []
