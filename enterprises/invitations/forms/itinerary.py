"""Step 2: when, where, and what each day brings."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from enterprises.form_fields import DayField
from enterprises.forms import StepPage
from enterprises.invitations import actions
from enterprises.invitations.rules import STAY_AT_MOST, check_dates, stay_days
from enterprises.models import ServiceRequest
from enterprises.validators import validate_chinese, validate_english
from shenyang_fao.accounts.models import User

PREFIX = "days"
ROWS_AT_MOST = STAY_AT_MOST + 20
DIGITS_AT_MOST = 9
ADD, FILL = "add_row", "fill_days"


class VisitForm(StepPage):
    """Dates and places."""

    arrival_on = DayField(label=_("Day of arrival"), help_text=_("The last day on which the visa can be applied for."))
    departure_on = DayField(label=_("Day of departure"))
    stay_days = forms.IntegerField(
        label=_("Days of stay"), help_text=_("The days of arrival and departure both count."), min_value=1
    )
    places_zh_hans = forms.CharField(
        label=_("Places to visit, in Chinese"), max_length=300, validators=[validate_chinese]
    )
    places_en = forms.CharField(label=_("Places to visit, in English"), max_length=300, validators=[validate_english])

    def clean(self) -> dict[str, Any]:
        arrival, departure = self.cleaned_data.get("arrival_on"), self.cleaned_data.get("departure_on")
        if arrival and departure:
            check_dates(arrival, departure, today=timezone.localdate())
            self._check_stay(stay_days(arrival, departure))
        return self.cleaned_data

    def _check_stay(self, days: int) -> None:
        if self.cleaned_data.get("stay_days") not in (None, days):
            message = ngettext(
                "From arrival to departure is %(days)s day. Check the dates, or write %(days)s here.",
                "From arrival to departure are %(days)s days. Check the dates, or write %(days)s here.",
                days,
            )
            self.add_error("stay_days", message % {"days": days})


class DayForm(forms.Form):
    """A row of the itinerary; a row left empty is no row."""

    on = DayField(label=_("Date"), required=False)
    plan = forms.CharField(label=_("Place and activity"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        on, plan = self.cleaned_data.get("on"), self.cleaned_data.get("plan")
        if plan and not on and "on" not in self.errors:
            self.add_error("on", _("Add the day."))
        if on and not plan and "plan" not in self.errors:
            self.add_error("plan", _("Write what is planned for this day, or empty the row."))
        return self.cleaned_data


DayFormSet = forms.formset_factory(DayForm, extra=0, max_num=ROWS_AT_MOST, absolute_max=ROWS_AT_MOST, validate_max=True)


class ItineraryPage:
    """The form of the visit and the rows of its days, as one step.

    Two buttons ask for more rows: what was typed is shown again, unchecked, with the new rows.
    """

    page = "enterprises/invitations/itinerary.html"

    def __init__(self, case: ServiceRequest, data: Any = None, files: Any = None) -> None:
        self.case = case
        self.is_redrawn = bool(data) and (ADD in data or FILL in data)
        if self.is_redrawn:
            self.form = VisitForm(case, initial=_typed(data))
            self.formset = DayFormSet(prefix=PREFIX, initial=_more_rows(data))
            return
        self.form = VisitForm(case, data, initial=_saved(case))
        self.formset = DayFormSet(data, prefix=PREFIX, initial=_saved_rows(case))

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.formset.is_valid(), self._has_good_days()])

    def save(self, *, by: User) -> None:
        actions.save_itinerary(self.case.pk, answers=self.form.cleaned_data, days=self._days(), by=by)

    def keep(self, *, by: User) -> None:
        """Save the answers that are right so far; dates only together."""
        answers = dict(self.form.cleaned_data)
        if not {"arrival_on", "departure_on"} <= answers.keys():
            answers = {name: value for name, value in answers.items() if name.startswith("places")}
        actions.save_answers(self.case.pk, answers=answers, step=None, by=by)

    def _days(self) -> list[tuple[date, str]]:
        rows = [form.cleaned_data for form in self.formset if form.cleaned_data.get("on")]
        return sorted((row["on"], row["plan"]) for row in rows)

    def _has_good_days(self) -> bool:
        if not self.form.is_valid() or not self.formset.is_valid():
            return False
        if not self._days():
            # The formset's own list of errors is how the summary learns of it.
            self.formset.non_form_errors().append(ValidationError(_("Describe at least one day of the itinerary.")))
            return False
        first, last = self.form.cleaned_data["arrival_on"], self.form.cleaned_data["departure_on"]
        outside = [row for row in self.formset if not first <= (row.cleaned_data.get("on") or first) <= last]
        for row in outside:
            row.add_error("on", _("This day is not between arrival and departure."))
        return not outside


def _saved(case: ServiceRequest) -> dict[str, Any]:
    return {name: getattr(case.invitation, name) for name in VisitForm.base_fields}


def _saved_rows(case: ServiceRequest) -> list[dict[str, Any]]:
    return [{"on": day.on, "plan": day.plan} for day in case.invitation.days.all()] or [{}]


def _typed(data: Any) -> dict[str, str]:
    return {name: data.get(name, "") for name in VisitForm.base_fields}


def _typed_rows(data: Any) -> list[dict[str, str]]:
    total = min(int(data[f"{PREFIX}-TOTAL_FORMS"]), ROWS_AT_MOST) if _is_count(data) else 0
    return [{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in ("on", "plan")} for row in range(total)]


def _is_count(data: Any) -> bool:
    # Python refuses to read thousands of digits at all.
    count = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    return count.isdecimal() and len(count) <= DIGITS_AT_MOST


def _more_rows(data: Any) -> list[dict[str, str]]:
    rows = _typed_rows(data)
    if ADD in data:
        return [*rows, {}][:ROWS_AT_MOST]
    written = [row for row in rows if row["on"] or row["plan"]]
    known = {row["on"] for row in written}
    added = [{"on": day, "plan": ""} for day in _visit_days(data) if day not in known]
    return sorted([*written, *added], key=lambda row: row["on"])[:ROWS_AT_MOST] or [{}]


def _visit_days(data: Any) -> list[str]:
    try:
        first, last = (date.fromisoformat(data.get(name, "")) for name in ("arrival_on", "departure_on"))
    except ValueError:
        return []
    length = min(stay_days(first, last), STAY_AT_MOST)
    return [(first + timedelta(days=offset)).isoformat() for offset in range(length)]
