"""Form fields that more than one app asks with."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from shenyang_fao.core import files
from shenyang_fao.core.files import Scan

# What `files.check_upload` takes, as a browser's file dialogue reads it.
ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,.pdf,.jpg,.jpeg,.png,.webp"


class ScanField(forms.FileField):
    """A scanned paper or a picture. Cleans to a `Scan`, or None when nothing was chosen."""

    widget = forms.FileInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Scan | None:
        upload: UploadedFile[bytes] | None = super().clean(data, None)
        if not upload:
            return None
        clean, media_type = files.check_upload(upload)
        return Scan(upload.name or "file", clean, media_type)

    def to_python(self, data: Any) -> Any:
        """Leave empty files to the examination, which says so in plain words."""
        return None if data in self.empty_values else data
