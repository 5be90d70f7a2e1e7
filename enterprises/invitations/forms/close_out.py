"""The page on which a company reports what became of a visit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enterprises.form_fields import DayField
from enterprises.invitations import closing
from enterprises.invitations.closing import Report
from enterprises.invitations.models import Invitee
from enterprises.models.request import ServiceRequest
from shenyang_fao.accounts.models import User

HELD, CANCELLED = "held", "cancelled"
CAME, ABSENT = "yes", "no"


class VisitForm(forms.Form):
    """The visit as a whole; its days count for the guests whose own days are left empty."""

    outcome = forms.ChoiceField(
        label=_("The visit"),
        choices=[
            (HELD, _("It took place, with all guests or some of them")),
            (CANCELLED, _("It was cancelled as a whole")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Remark, or why it was cancelled"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    entered_on = DayField(label=_("The group entered China on"), required=False)
    left_on = DayField(label=_("The group left China on"), required=False)


class GuestForm(forms.Form):
    """One guest. Nothing of it is asked when the visit was cancelled."""

    came = forms.ChoiceField(
        label=_("Did the guest come?"), choices=[(CAME, _("Yes")), (ABSENT, _("No"))], widget=forms.RadioSelect
    )
    entered_on = DayField(label=_("Entered China on"), required=False)
    left_on = DayField(label=_("Left China on"), required=False)
    why = forms.CharField(label=_("If not: why"), max_length=300, required=False)

    def __init__(self, guest: Invitee, request: ServiceRequest, data: Any = None) -> None:
        self.guest, self.case = guest, request
        super().__init__(data, prefix=f"guest-{guest.pk}")

    def settle(self, group: dict[str, Any]) -> bool:
        """Fill in the days of the group where the guest's own are left empty, check them, and tell whether all is right."""
        if not self.is_valid():
            return False
        if self.cleaned_data["came"] == CAME:
            self._settle_days(group)
        return not self.errors

    def report(self) -> Report:
        """Return what was typed; call after `settle`."""
        answers = self.cleaned_data
        if answers["came"] == ABSENT:
            return Report(self.guest.pk, came=False, why=answers["why"])
        return Report(self.guest.pk, came=True, entered_on=answers["entered_on"], left_on=answers["left_on"])

    def _settle_days(self, group: dict[str, Any]) -> None:
        days: dict[str, date] = {}
        for name in ("entered_on", "left_on"):
            day = self.cleaned_data.get(name) or group.get(name)
            if day is None:
                self.add_error(name, _("Give the day here or for the whole group above."))
            else:
                days[name] = self.cleaned_data[name] = day
        if len(days) == len(("entered_on", "left_on")):
            for name, fault in closing.check_days(**days, request=self.case).items():
                self.add_error(name, fault)


class GuestForms:
    """The rows of the guests, as the summary of errors reads them."""

    def __init__(self, rows: list[GuestForm]) -> None:
        self.forms = rows

    @property
    def total_error_count(self) -> int:
        return sum(len(row.errors) for row in self.forms)

    def non_form_errors(self) -> list[str]:
        return []


class CloseOutPage:
    """The form of the visit and the rows of its guests (`enterprises.kinds.CloseOutForm`)."""

    page = "enterprises/invitations/close_out.html"

    def __init__(self, request: ServiceRequest, data: Any = None) -> None:
        self.case = request
        self.form = VisitForm(data)
        self.is_cancelled = bool(data) and data.get("outcome") == CANCELLED
        # What was typed about the guests of a cancelled visit is shown again, but not judged.
        guests = request.invitation.invitees.all()
        self.formset = GuestForms([GuestForm(guest, request, data) for guest in guests])

    def is_valid(self) -> bool:
        is_right = self.form.is_valid()
        if self.is_cancelled:
            return is_right
        settled = [row.settle(self.form.cleaned_data) for row in self.formset.forms]
        return is_right and all(settled)

    def save(self, *, by: User) -> None:
        reports = [] if self.is_cancelled else [row.report() for row in self.formset.forms]
        note = self.form.cleaned_data["note"]
        closing.report(self.case.pk, reports=reports, is_cancelled=self.is_cancelled, note=note, by=by)
