"""Every row of a list held against the rules of one invitee, against the other rows and against other requests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enterprises.invitations.batches.models import BatchRow
from enterprises.invitations.forms.batch_rows import RowForm
from enterprises.invitations.overlaps import Elsewhere, elsewhere
from enterprises.models import ServiceRequest
from shenyang_fao.core.tables.kinds import Joined

LISTED = "listed"


@dataclass
class Verdict:
    """What is to be said about a row: faults by the name of the field, warnings that keep nobody from going on."""

    row: BatchRow
    answers: dict[str, Any]
    passport: str
    faults: dict[str, list[str]]
    is_listed: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults

    @property
    def name(self) -> str:
        """Return what the row says its person is called."""
        return f"{self.row.cells.get('surname', '')} {self.row.cells.get('given_names', '')}".strip()

    @property
    def masked_passport(self) -> str:
        """Return the number with all but its last three characters hidden."""
        number = str(self.row.cells.get("passport_number", ""))
        return "•" * max(len(number) - 3, 3) + number[-3:]


def check(case: ServiceRequest, rows: Sequence[BatchRow]) -> list[Verdict]:
    """Return a verdict for each row, in the reader's language; takes two queries for any number of rows."""
    listed = set(case.invitation.invitees.values_list("passport_index", flat=True))
    verdicts = [_verdict(RowForm(case, row.cells, listed=listed), row) for row in rows]
    _name_doubles(verdicts)
    _warn_of_others(case, [verdict for verdict in verdicts if verdict.passport])
    return verdicts


def _verdict(form: RowForm, row: BatchRow) -> Verdict:
    faults = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    warnings = [] if faults else [str(note) for note in form.notes()]
    is_listed = form.has_error("passport_number", LISTED)
    return Verdict(row, form.cleaned_data, form.passport, faults, is_listed, warnings)


def _name_doubles(verdicts: Iterable[Verdict]) -> None:
    same: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.passport:
            same[verdict.passport].append(verdict)
    for together in filter(lambda found: len(found) > 1, same.values()):
        for verdict in together:
            others = [str(other.row.number) for other in together if other is not verdict]
            message = ngettext(
                "The same passport stands in row %(rows)s.", "The same passport stands in rows %(rows)s.", len(others)
            )
            said = message % {"rows": Joined(others)}
            verdict.faults.setdefault("passport_number", []).append(said)


def _warn_of_others(case: ServiceRequest, verdicts: Sequence[Verdict]) -> None:
    found = elsewhere(case.invitation, [verdict.passport for verdict in verdicts])
    for verdict in verdicts:
        verdict.warnings += [said for other in found.get(verdict.passport, []) if (said := _about(other, case))]


def _about(other: Elsewhere, case: ServiceRequest) -> str:
    """What another company asks for is nobody's business here: not its number, not even whether it is another one."""
    if other.company_id == case.company_id:
        return _("Your request %(number)s invites the same person for overlapping days.") % {"number": other.number}
    return _("Another request invites the same person for overlapping days. The office may ask about it.")
