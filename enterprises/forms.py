"""What a company types: its registration, its messages, and the shape of every step of a request."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.form_fields import AttachmentsField, ParkField
from enterprises.models import Company, ServiceRequest
from enterprises.validators import clean_uscc, validate_chinese, validate_english, validate_one_line, validate_printable
from shenyang_fao.accounts.models import User
from shenyang_fao.core.form_fields import ScanField


class StepPage(forms.Form):
    """One page of the guided form (`enterprises.kinds.StepForm`); kinds fill in ``save``."""

    page = "enterprises/drafts/step.html"
    is_redrawn = False

    def __init__(self, case: ServiceRequest, data: Any = None, files: Any = None, **options: Any) -> None:
        self.case = case
        super().__init__(data, files, **options)

    def save(self, *, by: User) -> None:
        """Save the answers of this page, which are valid."""
        raise NotImplementedError

    def keep(self, *, by: User) -> None:
        """Save what is right so far: nothing, unless a step knows how."""


class CompanyForm(forms.Form):
    """A company's registration. A licence has to be chosen once; later ones replace it."""

    uscc = forms.CharField(
        label=_("Unified social credit code"),
        help_text=_("18 characters, as printed on the business licence."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    name_zh_hans = forms.CharField(
        label=_("Name in Chinese"),
        help_text=_("As printed on the business licence."),
        max_length=200,
        validators=[validate_one_line, validate_chinese],
    )
    name_en = forms.CharField(
        label=_("Name in English"),
        help_text=_("As it is to stand in the letters."),
        max_length=200,
        validators=[validate_one_line, validate_english],
    )
    address_zh_hans = forms.CharField(
        label=_("Address in Chinese"), max_length=300, validators=[validate_one_line, validate_chinese]
    )
    address_en = forms.CharField(
        label=_("Address in English"),
        help_text=_("For example: 1 Example Road, Hunnan District, Shenyang, Liaoning 110000"),
        max_length=300,
        validators=[validate_one_line, validate_english],
    )
    legal_representative = forms.CharField(
        label=_("Legal representative"), max_length=80, validators=[validate_one_line]
    )
    contact_name = forms.CharField(
        label=_("Contact person"), max_length=80, validators=[validate_one_line, validate_printable]
    )
    park = ParkField(help_text=_("Only when the company sits in one of these development zones."))
    phone = forms.RegexField(
        label=_("Telephone"),
        help_text=_("With area code; visa posts may call it."),
        regex=r"^\+?[0-9][0-9 ()\-]{5,38}$",
        error_messages={"invalid": _("A telephone number has digits, spaces, hyphens and brackets only.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    licence = ScanField(
        label=_("Business licence"), help_text=_("A scan or a clear photo: PDF, JPEG, PNG or WebP, at most 10 MB.")
    )

    def __init__(self, company: Company | None, data: Any = None, files: Any = None) -> None:
        self.company = company
        names = [name for name in self.base_fields if name != "licence"]
        super().__init__(data, files, initial={name: getattr(company, name) for name in names} if company else None)
        if company:
            self.fields["licence"].required = False

    def clean_uscc(self) -> str:
        code = clean_uscc(self.cleaned_data["uscc"])
        others = Company.objects.filter(uscc=code)
        if self.company:
            others = others.exclude(pk=self.company.pk)
        if others.exists():
            raise ValidationError(taken())
        return code

    def clean(self) -> dict[str, Any]:
        if self.errors and self.cleaned_data.get("licence"):
            self.add_error("licence", _("Please choose this file again: a browser does not keep it."))
        return self.cleaned_data


def taken() -> Any:
    """Say that a company is known, and nothing about whose it is."""
    return _("This company is already registered. If it is yours, ask the office to add you.")


class MessageForm(forms.Form):
    body = forms.CharField(label=_("Your message to the office"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    attachments = AttachmentsField(
        label=_("Attachments"), help_text=_("Up to 5 files: PDF, JPEG, PNG or WebP, at most 10 MB each.")
    )

    def clean(self) -> dict[str, Any]:
        if self.errors and self.cleaned_data.get("attachments"):
            self.add_error("attachments", _("Please choose all files again: a browser does not keep them."))
        return self.cleaned_data
