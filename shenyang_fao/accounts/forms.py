"""What a person tells us when signing up, beside e-mail and password."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not all(letter.isprintable() or letter.isspace() for letter in name):
            raise ValidationError(_("This name has characters that cannot be shown."))
        return " ".join(name.split())

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
