"""The list as its page shows it: what has to be mended as cards, cell by cell, what is right as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from enterprises.invitations.batches.checking import Verdict
from enterprises.invitations.batches.columns import FIELDS
from enterprises.invitations.batches.words import PASSPORT_TYPE, SEX
from enterprises.invitations.forms.batch_rows import RowForm
from shenyang_fao.core.tables.columns import Column

# Fields with several lines, and the list of suggestions that the others open.
LONG = frozenset({"earlier_visas", "mrz"})
SUGGESTIONS = {
    "sex": "words-sex",
    "passport_type": "words-type",
    "nationality": "words-country",
    "visa_post_country": "words-country",
}


@dataclass(frozen=True)
class Cell:
    """A cell as a control. ``control`` is its name and its id."""

    control: str
    column: Column
    text: str
    faults: list[str]

    @property
    def is_long(self) -> bool:
        return self.column.key in LONG

    @property
    def suggestions(self) -> str:
        return SUGGESTIONS.get(self.column.key, "")

    @property
    def is_plain(self) -> bool:
        """Tell whether a machine should keep its hands off: no spelling, no completion."""
        return not self.is_long and not self.suggestions


@dataclass(frozen=True)
class Card:
    """A row to be mended: the cells at fault first, the others folded away unless the row was opened by hand."""

    verdict: Verdict
    faulty: list[Cell]
    others: list[Cell]
    is_opened: bool


class Repair:
    """All verdicts of a list, sorted by what is to be done with them. ``opened`` is the key of a row opened by hand."""

    def __init__(self, verdicts: Sequence[Verdict], opened: str = "") -> None:
        self._verdicts, self._opened = verdicts, opened

    @cached_property
    def good(self) -> list[Verdict]:
        return [verdict for verdict in self._verdicts if verdict.is_good]

    @cached_property
    def warned(self) -> list[Verdict]:
        return [verdict for verdict in self._verdicts if verdict.warnings]

    @cached_property
    def listed(self) -> list[Verdict]:
        """Rows whose passport is in the request already."""
        return [verdict for verdict in self._verdicts if verdict.is_listed]

    @cached_property
    def to_mend(self) -> list[Verdict]:
        """Return the rows with faults; one that was opened by hand stands first."""
        opened = [verdict for verdict in self._verdicts if self._is_opened(verdict)]
        faulty = [verdict for verdict in self._verdicts if not verdict.is_good and not verdict.is_listed]
        return opened + [verdict for verdict in faulty if verdict not in opened]

    @property
    def total(self) -> int:
        return len(self._verdicts)

    def cards(self, verdicts: Iterable[Verdict]) -> list[Card]:
        """Return the cards of some rows."""
        return [self._card(verdict) for verdict in verdicts]

    def _card(self, verdict: Verdict) -> Card:
        cells = [
            Cell(
                control=f"r{verdict.row.pk}-{column.key}",
                column=column,
                text=verdict.row.cells.get(column.key, ""),
                faults=verdict.faults.get(column.key, []),
            )
            for column in FIELDS
        ]
        faulty, others = [cell for cell in cells if cell.faults], [cell for cell in cells if not cell.faults]
        return Card(verdict, faulty, others, self._is_opened(verdict))

    def _is_opened(self, verdict: Verdict) -> bool:
        return str(verdict.row.pk) == self._opened


def suggestions() -> dict[str, list[str]]:
    """Return the words that the controls of choices suggest, in the reader's language."""
    country: Any = RowForm.base_fields["nationality"]
    return {
        "sex": [str(name) for _key, name in SEX.words()],
        "type": [str(name) for _key, name in PASSPORT_TYPE.words()],
        "country": [name for code, name in country.choices if code],
    }
