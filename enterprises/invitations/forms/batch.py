"""Uploading a list of invitees."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.batches.columns import Said, read
from enterprises.models import InviteeBatch
from shenyang_fao.core import files

ACCEPTED = ".xlsx,.csv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/plain"


class ListField(forms.FileField):
    """A spreadsheet. Cleans to what it says; ``name`` of the upload stays with the form."""

    def clean(self, data: Any, initial: Any = None) -> Said:
        upload: UploadedFile[bytes] = super().clean(data, initial)
        too_large = _("The file is larger than %(limit)s MB.")
        return read(files.read(upload, at_most=settings.UPLOAD_MAX_BYTES, too_large=too_large))


class BatchForm(forms.Form):
    """Which file; where a list is in repair already, whether the new one takes its place."""

    file = ListField(
        label=_("List of invitees"),
        help_text=_("An XLSX workbook or a CSV file, at most 10 MB. The first row names the columns."),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )
    is_replaced = forms.BooleanField(label=_("Discard the list that is being repaired, and use this file instead."))

    def __init__(self, earlier: InviteeBatch | None, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        chosen = files.get("file") if files else None
        self.file_name = str(chosen.name) if chosen else ""
        if earlier is None:
            del self.fields["is_replaced"]
