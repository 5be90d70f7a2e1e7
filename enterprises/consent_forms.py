"""What a district or development zone answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enterprises.actions.consent import Answer
from enterprises.form_fields import LineField
from enterprises.validators import validate_visible

GIVE, OBJECT = "give", "object"


class ConsentAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Does your unit consent?"),
        choices=[(GIVE, _("We consent to the visit")), (OBJECT, _("We object to the visit"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Remark or reason"),
        help_text=_("An objection needs its reason."),
        max_length=1000,
        required=False,
        validators=[validate_visible],
        widget=forms.Textarea({"rows": 4}),
    )
    name = LineField(label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"}))
    position = LineField(
        label=_("Your position"),
        help_text=_("With the division or office, as in “Head of the Foreign Affairs Section”."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("answer") == OBJECT and "note" not in self.errors and not self.cleaned_data["note"]:
            self.add_error("note", _("Give the reason of the objection."))
        return self.cleaned_data

    @property
    def said(self) -> Answer:
        words = {name: self.cleaned_data[name] for name in ("name", "position", "note")}
        return Answer(is_given=self.cleaned_data["answer"] == GIVE, **words)
