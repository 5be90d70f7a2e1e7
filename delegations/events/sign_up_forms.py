"""What somebody fills in to take part, and how programs are told from people without asking anybody else."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from delegations.events.signing import Guest
from enterprises.form_fields import LineField

STAMP = "sign-up form"
# Nobody reads a form and fills it in within two seconds; a page left open overnight is still good.
QUICKEST_SECONDS, LONGEST_SECONDS = 2, 24 * 60 * 60
EMAIL_AT_MOST = 254
# What makes an address of a text. Names are repeated in our mails, which must not carry somebody else's advertisement.
NO_NAME = ("://", "@", "www.", "/")


def validate_no_address(value: str) -> None:
    """Refuse a name that is a web or mail address. Raises ValidationError."""
    if any(part in value.casefold() for part in NO_NAME):
        raise ValidationError(_("Write a name, without web or e-mail addresses."), code="address")


class GuestForm(forms.Form):
    """Who takes part."""

    name = LineField(
        label=_("Your name"),
        max_length=80,
        validators=[validate_no_address],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The confirmation and a link to cancel are sent there."),
        max_length=EMAIL_AT_MOST,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation = LineField(
        label=_("Organisation"),
        help_text=_("Leave it empty if you come for yourself."),
        max_length=120,
        required=False,
        validators=[validate_no_address],
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES, initial=get_language)

    @property
    def guest(self) -> Guest:
        return Guest(**{name: self.cleaned_data[name] for name in ("name", "email", "organisation", "language")})


class SignUpForm(GuestForm):
    """The form that everybody may fill in: a field that only programs see, and the time at which the page was shown."""

    website = forms.CharField(label=_("Leave this field empty"), required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        self.initial["shown"] = signing.dumps("", salt=STAMP)

    @property
    def is_from_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("website"))

    def clean_shown(self) -> str:
        stamp = self.cleaned_data["shown"]
        if _was_shown(stamp, within=LONGEST_SECONDS) and not _was_shown(stamp, within=QUICKEST_SECONDS):
            return str(stamp)
        again: Any = self.data.copy()  # type: ignore[attr-defined]  # what a form was sent is a QueryDict
        again["shown"] = self.initial["shown"]
        self.data = again
        raise ValidationError(
            _("That was very quick, or the page had been open for a day. Please send the form again.")
        )


class InvitedForm(GuestForm):
    """The form behind an invitation's link: the address is the one that was invited."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("The invitation is for this address.")


def _was_shown(stamp: str, *, within: int) -> bool:
    try:
        signing.loads(stamp, salt=STAMP, max_age=within)
    except signing.BadSignature:
        return False
    return True
