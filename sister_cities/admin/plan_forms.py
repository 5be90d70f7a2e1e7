"""What officers write on the page of an action."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from shenyang_fao.core import files
from sister_cities.actions.plans import Evidence

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,.pdf,.jpg,.jpeg,.png,.webp"
TEXT_AT_MOST = 4000


class EvidenceField(forms.FileField):
    """A paper or a picture. Cleans to `Evidence`, or None when nothing was chosen."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Evidence | None:
        upload: UploadedFile[bytes] | None = super().clean(data, None)
        if not upload:
            return None
        clean, media_type = files.check_upload(upload)
        return Evidence(upload.name or "file", clean, media_type)

    def to_python(self, data: Any) -> Any:
        """Leave empty files to the examination, which says so in plain words."""
        return None if data in self.empty_values else data


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
    file = EvidenceField(
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
