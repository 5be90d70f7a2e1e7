"""What the check of a file found: how many rows do what, every fault, and rows to look at; kept as a private file."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shenyang_fao.core.actors import Actor
from shenyang_fao.core.tables.columns import Column, Places, Row, parse, written
from shenyang_fao.core.tables.reading import Line, Sheet
from shenyang_fao.core.tables.registry import Examiner, Outcome, Tell

# So many rows of each fate are kept to be looked at.
KEPT = 50
EACH = 200


class Fate(TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    FAULTY = "faulty", _("faulty")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, or with one column of it; the message in every language."""

    row: int
    column: str
    value: str
    message: dict[str, str]


@dataclass(frozen=True)
class Shown:
    """A row to look at: its cells in plain signs (as they stand in the file if faulty), and what would change."""

    row: int
    fate: str
    cells: dict[str, str]
    changes: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Findings:
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Fate.values, 0))
    faults: list[Fault] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    # Of every row's number, fate and changes: whether today's import would do what was shown.
    plan: str = ""

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Findings":
        found = json.loads(data)
        return cls(
            found["counts"],
            [Fault(**fault) for fault in found["faults"]],
            [Shown(**row) for row in found["shown"]],
            found["plan"],
        )


class Check:
    """One walk through the rows of a file."""

    def __init__(self, examiner: Examiner, places: Places) -> None:
        self.findings = Findings()
        self.outcomes: list[Outcome] = []
        self._examiner, self._places = examiner, places
        self._digest = hashlib.sha256()

    def walk(self, sheet: Sheet, tell: Tell) -> None:
        """Examine every row; afterwards ``findings`` tells everything and ``outcomes`` what there is to write."""
        for count, line in enumerate(sheet.lines, 1):
            self._look(line)
            if count % EACH == 0:
                tell(count)
        self.findings.plan = self._digest.hexdigest()

    def write(self, *, by: Actor, tell: Tell) -> None:
        """Write what there is to write."""
        self._examiner.write(self.outcomes, by=by, tell=tell)

    def _look(self, line: Line) -> None:
        try:
            row = parse(line, self._places)
            outcome = self._examiner.examine(row)
        except ValidationError:
            self._note_faults(line)
            return
        if outcome.is_new or outcome.changes:
            self.outcomes.append(outcome)
        self._note(row, outcome)

    def _note(self, row: Row, outcome: Outcome) -> None:
        fate = Fate.NEW if outcome.is_new else Fate.CHANGED if outcome.changes else Fate.UNCHANGED
        changes = {key: list(pair) for key, pair in outcome.changes.items()}
        self._digest.update(repr((row.number, fate.value, sorted(changes.items()))).encode())
        if self._counted(fate) <= KEPT:
            kinds = {column.key: column.kind for column in self._places.values()}
            cells = {key: kinds[key].plain(value) for key, value in row.values.items()}
            self.findings.shown.append(Shown(row.number, fate.value, cells, changes))

    def _note_faults(self, line: Line) -> None:
        cells = written(line, self._places)
        attempt = lambda: self._examiner.examine(parse(line, self._places))  # noqa: E731 - said once a language
        for column, message in _in_each_language(attempt):
            self.findings.faults.append(Fault(line.number, column, cells.get(column, ""), message))
        if self._counted(Fate.FAULTY) <= KEPT:
            self.findings.shown.append(Shown(line.number, Fate.FAULTY.value, cells))

    def _counted(self, fate: Fate) -> int:
        self.findings.counts[fate.value] += 1
        return self.findings.counts[fate.value]


def _in_each_language(attempt: Callable[[], object]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what an attempt complains about, by column: models speak the language that is active, so each is asked."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = _complaints(attempt)
    for together in zip(*said.values(), strict=True):
        yield together[0][0], {code: message for code, (_column, message) in zip(said, together, strict=True)}


def _complaints(attempt: Callable[[], object]) -> list[tuple[str, str]]:
    try:
        attempt()
    except ValidationError as error:
        by_column = getattr(error, "error_dict", None) or {NON_FIELD_ERRORS: error.error_list}
        return [
            ("" if column == NON_FIELD_ERRORS else column, message)
            for column, errors in by_column.items()
            for fault in errors
            for message in fault.messages
        ]
    return []


def cells_to_show(row: Shown, columns: Sequence[Column]) -> Iterator[tuple[Column, str, str]]:
    """Yield each column with what the cell says, and what stood in the register if that changes, for the reader."""
    for column in columns:
        before, after = row.changes.get(column.key, ("", row.cells.get(column.key, "")))
        is_raw = row.fate == Fate.FAULTY
        yield column, (after if is_raw else _for_reader(column, after)), _for_reader(column, before)


def _for_reader(column: Column, plain: str) -> Any:
    return column.kind.show(column.kind.read(plain)) if plain else ""
