"""What a person tells us about themselves: when signing up, and later."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from shenyang_fao.accounts import phones
from shenyang_fao.accounts.models import User
from shenyang_fao.core import sms


class NameForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not all(letter.isprintable() or letter.isspace() for letter in name):
            raise ValidationError(_("This name has characters that cannot be shown."))
        return " ".join(name.split())


class SignupForm(NameForm):
    def signup(self, request: HttpRequest, user: Any) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class DetailsForm(NameForm):
    """A person's own details. Where no carrier sends short messages, they are not offered."""

    language = forms.ChoiceField(
        label=_("Language"), widget=forms.RadioSelect, help_text=_("E-mails and notices come in this language.")
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("For example 138 1234 5678, or +82 10 1234 5678 for a foreign number. It is stored encrypted."),
    )
    wants_sms = forms.BooleanField(
        label=_("Send me short messages (SMS)"),
        required=False,
        help_text=_("Only when something must be corrected, a letter was issued or refused, or a report is due."),
    )

    def __init__(self, person: User, data: Any = None) -> None:
        known = {name: getattr(person, name) for name in ("name", "language", "phone", "wants_sms")}
        super().__init__(data, initial=known)
        language = self.fields["language"]
        language.choices = [(code, _own_name(code)) for code, _name in settings.LANGUAGES]  # type: ignore[attr-defined]
        if person.is_staff:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _("An administrator changes the names of officers.")
            language.help_text = _("E-mails, notices and the back office come in this language.")
        if not sms.is_offered():
            del self.fields["wants_sms"]

    def clean_phone(self) -> str | None:
        typed = str(self.cleaned_data["phone"]).strip()
        return phones.normal(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("wants_sms") and "phone" in data and not data["phone"]:
            self.add_error("phone", _("Enter your mobile number, or do without short messages."))
        return data


def _own_name(code: str) -> SafeString:
    """Return a language's name in that language, marked as such for whoever has the page read aloud."""
    return format_html('<span lang="{}">{}</span>', code, get_language_info(code)["name_local"])
