"""What officers write into a trip: its form, and the forms on its page."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from delegations.trips.enums import TripPaperRole
from delegations.trips.models import PlannedTrip, Trip
from shenyang_fao.core.admin_forms import CheckedForm
from shenyang_fao.core.form_fields import ScanField

TEXT_AT_MOST = 4000
REPORT_AT_MOST = 20_000


def _text(rows: int) -> UnfoldAdminTextareaWidget:
    return UnfoldAdminTextareaWidget(attrs={"rows": rows})


def _day() -> UnfoldAdminTextInputWidget:
    return UnfoldAdminTextInputWidget(attrs={"type": "date"})


class TripForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {
        "trip_returns_after_leaving": "returns_on",
        "trip_in_both_languages": "name_en",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "budget" in self.fields:
            self.fields["budget"].min_value = 0  # type: ignore[attr-defined]
        if "planned" in self.fields:
            self.fields["planned"].queryset = _lines_of_plan()  # type: ignore[attr-defined]

    def clean_budget(self) -> Any:
        budget = self.cleaned_data["budget"]
        if budget is not None and budget <= 0:
            raise forms.ValidationError(_("The amount is more than nothing."))
        return budget


class LegForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {"trip_leg_leaves_after_arrival": "departs_on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Else an empty row would name the first country of the alphabet and count as filled in.
        self.fields["country"].choices = [("", "–"), *countries]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note (optional)"), max_length=TEXT_AT_MOST, required=False, widget=_text(2), strip=True
    )


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=TEXT_AT_MOST, widget=_text(3))


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was really done, for the public."""

    class Meta:
        model = Trip
        fields: ClassVar[list[str]] = [
            "left_on",
            "returned_on",
            "visited",
            "execution_zh_hans",
            "execution_en",
            "report_zh_hans",
            "report_en",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "left_on": _("By the stamps of the border; the page names what differs from the approval."),
            "execution_en": _("Empty: the English page shows the Chinese text and says so."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("left_on", "returned_on"):
            self.fields[name].widget = _day()
        for name in ("execution_zh_hans", "execution_en", "report_zh_hans", "report_en"):
            self.fields[name].widget = _text(5)
            self.fields[name].max_length = REPORT_AT_MOST  # type: ignore[attr-defined]
        self.fields["visited"].widget = forms.SelectMultiple(choices=list(countries), attrs={"size": 8})
        for name in ("left_on", "returned_on", "visited", "execution_zh_hans", "report_zh_hans"):
            self.fields[name].required = True

    def clean(self) -> Any:
        found = super().clean() or self.cleaned_data
        left, returned = found.get("left_on"), found.get("returned_on")
        if returned and returned > timezone.localdate():
            self.add_error("returned_on", _("The date cannot lie in the future."))
        elif left and returned and returned < left:
            self.add_error("returned_on", _("The return lies before the departure."))
        return found

    def _post_clean(self) -> None:
        """The record is written by the action, which checks it."""


class DocumentsForm(forms.Form):
    on = forms.DateField(label=_("Travel documents handed in on"), widget=_day())


class PaperForm(forms.Form):
    role = forms.ChoiceField(label=_("paper"), choices=TripPaperRole.choices, widget=UnfoldAdminSelectWidget())
    file = ScanField(label=_("File"), help_text=_("PDF, JPEG, PNG or WebP. Kept in private; each opening is recorded."))


def _lines_of_plan() -> QuerySet[PlannedTrip]:
    """Return the lines of this year and the next, and those of the year before for a trip entered late."""
    return PlannedTrip.objects.filter(year__gte=timezone.localdate().year - 1).select_related("unit")
