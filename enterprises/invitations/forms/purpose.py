"""Step 1: which document, which visa, why, and who answers for the visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.form_fields import choices_of
from enterprises.forms import StepPage
from enterprises.invitations import actions
from enterprises.invitations.enums import DocumentType, Entries, Payer, Reason, VisaClass
from enterprises.invitations.rules import PURPOSE
from enterprises.models import ServiceRequest
from enterprises.validators import validate_chinese, validate_english
from shenyang_fao.accounts.models import User


class PurposeForm(StepPage):
    page = "enterprises/invitations/purpose.html"

    document_type = forms.ChoiceField(
        label=_("Which document do you need?"),
        help_text=_("Ask the visa post which of the two it wants to see."),
        choices=choices_of(DocumentType),
        widget=forms.RadioSelect,
    )
    visa_class = forms.ChoiceField(
        label=_("Class of visa the guests will apply for"), choices=choices_of(VisaClass), widget=forms.RadioSelect
    )
    entries = forms.ChoiceField(
        label=_("Number of entries"),
        help_text=_("Multiple entries are for guests who have had Chinese visas before."),
        choices=choices_of(Entries),
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(
        label=pgettext_lazy("visit", "Reason"), choices=choices_of(Reason), widget=forms.RadioSelect
    )
    reason_zh_hans = forms.CharField(
        label=_("Purpose of the visit, in Chinese"),
        help_text=_("Two or three sentences; they are printed in the letter."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        validators=[validate_chinese],
    )
    reason_en = forms.CharField(
        label=_("Purpose of the visit, in English"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        validators=[validate_english],
    )
    relation_zh_hans = forms.CharField(
        label=_("Relation between your company and the guests, in Chinese"),
        help_text=_("For example since when you have worked together, and on what."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        validators=[validate_chinese],
    )
    relation_en = forms.CharField(
        label=_("Relation between your company and the guests, in English"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        validators=[validate_english],
    )
    payer = forms.ChoiceField(
        label=_("Who pays for the stay and for medical care?"), choices=choices_of(Payer), widget=forms.RadioSelect
    )
    is_guarantee_accepted = forms.BooleanField(label=_("Our company accepts this guarantee."))

    def __init__(self, case: ServiceRequest, data: Any = None, files: Any = None) -> None:
        invitation = case.invitation
        super().__init__(case, data, files, initial={name: getattr(invitation, name) for name in self.base_fields})

    def save(self, *, by: User) -> None:
        actions.save_answers(self.case.pk, answers=self.cleaned_data, step=PURPOSE, by=by)

    def keep(self, *, by: User) -> None:
        """Save the answers that are right so far."""
        actions.save_answers(self.case.pk, answers=self.cleaned_data, step=None, by=by)
