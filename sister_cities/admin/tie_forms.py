"""What officers write about a tie."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from shenyang_fao.core.admin_forms import PartialDateField, SourcedForm
from sister_cities.actions.ties import is_signing
from sister_cities.enums import TieStatus
from sister_cities.models import Tie

UNKNOWN_DATE = _("The date of signature is not known")
DATE_OR_UNKNOWN = _("Give the date of signature, or say that it is not known.")


class TieForm(SourcedForm):
    """A tie as it is entered or corrected; the status of one that exists changes by its buttons only."""

    signed = PartialDateField(label=_("signed on"))
    is_date_unknown = forms.BooleanField(label=UNKNOWN_DATE, required=False, widget=UnfoldBooleanWidget)

    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"signed": ("signed_on", "signed_precision")}
    places: ClassVar[dict[str, str]] = {
        "tie_once_per_level": "partner",
        "tie_date_only_once_signed": "signed",
        "tie_date_with_its_precision": "signed",
        "tie_public_once_signed": "level",
        "tie_public_has_source": "source",
    }

    class Meta:
        model = Tie
        fields: ClassVar[list[str]] = ["local", "partner", "level", "status", "source", "source_grade", "note"]

    def clean(self) -> Any:
        cleaned = super().clean()
        if self._lacks_date():
            self.add_error("signed", str(DATE_OR_UNKNOWN))
        return cleaned

    def _lacks_date(self) -> bool:
        status = self.cleaned_data.get("status", self.instance.status)
        if "signed" in self.errors or status not in (TieStatus.SIGNED, TieStatus.DORMANT):
            return False
        return not self.cleaned_data.get("signed", (None,))[0] and not self.cleaned_data.get("is_date_unknown")


class StepForm(forms.Form):
    """Since when a tie has its new status."""

    happened = PartialDateField(label=_("Since"))
    is_date_unknown = forms.BooleanField(label=UNKNOWN_DATE, required=False, widget=UnfoldBooleanWidget)
    note = forms.CharField(
        label=_("Note for officers"),
        required=False,
        max_length=2000,
        help_text=_("For officers: who decided, on which paper."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, tie: Tie, status: TieStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_have_date = is_signing(tie, status)
        if self.must_have_date:
            self.fields["happened"].label = _("signed on")
        else:
            del self.fields["is_date_unknown"]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.must_have_date and "happened" in found and not found["happened"][0] and not found["is_date_unknown"]:
            raise ValidationError({"happened": DATE_OR_UNKNOWN})
        return found
