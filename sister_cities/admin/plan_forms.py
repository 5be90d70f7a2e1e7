"""What officers write on the page of an action."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from shenyang_fao.core.form_fields import ScanField

TEXT_AT_MOST = 4000


class ReportForm(forms.Form):
    """How far the action has come."""

    on = forms.DateField(label=_("Date"), widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}))
    progress = forms.IntegerField(
        label=_("Progress in per cent"),
        help_text=_("100: the action is done."),
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(("min_value", "max_value"), _("Progress lies between 0 and 100 per cent.")),
        widget=UnfoldAdminIntegerFieldWidget(attrs={"min": 0, "max": 100}),
    )
    note = forms.CharField(
        label=_("What was done"), max_length=TEXT_AT_MOST, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4})
    )
    file = ScanField(
        label=_("Evidence (optional)"),
        help_text=_("PDF, JPEG, PNG or WebP. Kept in private; each opening is recorded."),
        required=False,
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("The date cannot lie in the future."))
        return on


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=TEXT_AT_MOST, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )
