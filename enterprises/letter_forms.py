"""What a person who was shown a letter hands in."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from enterprises.verification import CODE, normal_code
from shenyang_fao.core.documents.inspection import LARGEST


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        help_text=_("32 characters, printed below the QR code of the letter."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = normal_code(self.cleaned_data["code"])
        if not CODE.fullmatch(code):
            raise ValidationError(_("A code has 32 characters: digits and the letters a to f."))
        return code


class LetterFileForm(forms.Form):
    letter = forms.FileField(
        label=_("The letter as a PDF file"),
        help_text=_("Drop the file here or choose it. It is examined and not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_letter(self) -> "UploadedFile[bytes]":
        upload: UploadedFile[bytes] = self.cleaned_data["letter"]
        if (upload.size or 0) > LARGEST:
            raise ValidationError(_("The file is larger than 20 MB; no letter of this office is."))
        return upload
