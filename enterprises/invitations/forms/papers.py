"""Step 4: the papers, and the invitees' agreement to the use of their data."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enterprises.actions import papers
from enterprises.forms import StepPage
from enterprises.invitations import actions
from enterprises.invitations.enums import PaperRole
from enterprises.invitations.rules import PAPERS, REQUIRED_PAPERS
from enterprises.models import Paper, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core.files import Scan
from shenyang_fao.core.form_fields import ScanField

CONSENT = "is_consent_given"
# A page takes so many files at once; the passports of a larger group follow after saving.
PASSPORTS_AT_ONCE = 20
_HINTS = {
    PaperRole.SEALED_REQUEST: _("Signed by the head of the company and sealed; with the profiles of both sides."),
    PaperRole.GUARANTEE: _("Signed by the legal representative: truth, costs, obeying the law, leaving on time."),
    PaperRole.OTHER: _("For example the consent of the district or development zone, where it is asked for."),
}


@dataclass
class Slot:
    """A place for one paper."""

    name: str
    role: str
    part: int | None
    label: str
    hint: str = ""
    paper: Paper | None = None
    is_required: bool = True


class PapersForm(StepPage):
    page = "enterprises/invitations/papers.html"

    is_consent_given = forms.BooleanField(
        label=_("Each invitee has agreed separately to this use of passport data and itinerary.")
    )

    def __init__(self, case: ServiceRequest, data: Any = None, files: Any = None) -> None:
        super().__init__(case, data, files, initial={CONSENT: case.invitation.is_consent_given})
        self.slots = _slots(case)
        for slot in self._shown():
            required = slot.is_required and slot.paper is None
            self.fields[slot.name] = ScanField(label=slot.label, help_text=slot.hint, required=required)

    def general(self) -> list[tuple[Slot, forms.BoundField]]:
        """Return the papers of the whole request."""
        return [(slot, self[slot.name]) for slot in self.slots if slot.part is None]

    def passports(self) -> list[tuple[Slot, forms.BoundField | None]]:
        """Return the passport pages; those that wait for their turn have no field yet."""
        return [(slot, self._field(slot)) for slot in self.slots if slot.part is not None]

    def save(self, *, by: User) -> None:
        self.keep(by=by)
        actions.save_answers(self.case.pk, answers={}, step=PAPERS, by=by)

    def keep(self, *, by: User) -> None:
        """File every paper that could be taken, whatever is wrong with the others."""
        consent = bool(self.cleaned_data.get(CONSENT))
        actions.save_answers(self.case.pk, answers={CONSENT: consent}, step=None, by=by)
        for slot in self._shown():
            scan: Scan | None = self.cleaned_data.get(slot.name)
            if scan:
                file = scan.store(by=by)
                slot.paper = papers.file_paper(self.case.pk, role=slot.role, part=slot.part, file=file, by=by)

    def _field(self, slot: Slot) -> forms.BoundField | None:
        return self[slot.name] if slot.name in self.fields else None

    def _shown(self) -> list[Slot]:
        general = [slot for slot in self.slots if slot.part is None]
        passports = [slot for slot in self.slots if slot.part is not None]
        if len(passports) > PASSPORTS_AT_ONCE:
            passports = [slot for slot in passports if slot.name in self.fields or slot.paper is None]
        return general + passports[:PASSPORTS_AT_ONCE]


def _slots(case: ServiceRequest) -> list[Slot]:
    filed = {(paper.role, paper.part): paper for paper in case.papers.select_related("file")}
    general = [
        Slot(
            role.value,
            role.value,
            None,
            str(role.label).capitalize(),
            str(_HINTS[role]),
            is_required=role in REQUIRED_PAPERS,
        )
        for role in (*REQUIRED_PAPERS, PaperRole.OTHER)
    ]
    passports = [
        Slot(f"passport_{invitee.pk}", PaperRole.PASSPORT.value, invitee.pk, _page_of(invitee.full_name))
        for invitee in case.invitation.invitees.all()
    ]
    for slot in general + passports:
        slot.paper = filed.get((slot.role, slot.part))
    return general + passports


def _page_of(name: str) -> str:
    return gettext("Passport data page of %(name)s") % {"name": name}
