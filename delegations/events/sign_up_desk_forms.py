"""What officers type about sign-ups."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from delegations.events.sign_up_forms import EMAIL_AT_MOST, GuestForm, validate_no_address
from delegations.events.signing import Guest
from enterprises.validators import validate_visible
from shenyang_fao.core.bilingual import in_each

LINES_AT_MOST = 500
NAME_AT_MOST = 80
SEPARATOR = re.compile(r"[,，;；\t]")
# How people write a language, beside its code and its names.
SHORT = {"zh": "zh-hans", "中": "zh-hans", "中文": "zh-hans", "chinese": "zh-hans", "英": "en", "英文": "en"}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever is cancelled reads it in the mail."),
        max_length=300,
        validators=[validate_visible],
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class ByHandForm(GuestForm):
    """Somebody whom an officer signs up."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Such as: registered by telephone."),
        max_length=300,
        validators=[validate_visible],
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("name", "email", "organisation"):
            self.fields[name].widget = UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"})
            self.fields[name].help_text = ""
        self.fields["name"].label = pgettext_lazy("person", "name")
        self.fields["language"].widget = UnfoldAdminSelectWidget(choices=settings.LANGUAGES)


class InviteForm(forms.Form):
    """One person a line. Nothing is sent while a line is wrong; each wrong one is named with what to mend."""

    people = forms.CharField(
        label=_("Whom to invite"),
        help_text=_("One person a line: name, e-mail address, language (zh or en; without it, Chinese)."),
        max_length=100_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def clean_people(self) -> list[Guest]:
        lines = [
            (number, line) for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1) if line.strip()
        ]
        if len(lines) > LINES_AT_MOST:
            raise ValidationError(now("At most %(limit)s people at once.") % {"limit": LINES_AT_MOST})
        guests: dict[str, Guest] = {}
        faults = []
        for number, line in lines:
            try:
                guest = _guest(line)
                if guest.email.casefold() in guests:
                    raise ValidationError(now("This address stands in a line above."))
                guests[guest.email.casefold()] = guest
            except ValidationError as fault:
                words = {"number": number, "line": line.strip()[:100], "fault": " ".join(fault.messages)}
                faults.append(now("Line %(number)s (%(line)s): %(fault)s") % words)
        if faults:
            raise ValidationError(faults)
        return list(guests.values())


def _guest(line: str) -> Guest:
    """Read a line. Raises ValidationError with what to mend."""
    cells = [" ".join(cell.split()) for cell in SEPARATOR.split(line)]
    if len(cells) not in (2, 3):
        raise ValidationError(now("Write name, e-mail address and language, separated by commas."))
    name, email, language = (*cells, "")[:3]
    if not name or len(name) > NAME_AT_MOST:
        raise ValidationError(now("Write a name of at most %(limit)s characters.") % {"limit": NAME_AT_MOST})
    validate_visible(name)
    validate_no_address(name)
    if len(email) > EMAIL_AT_MOST:
        raise ValidationError(now("This address is too long."))
    validate_email(email)
    return Guest(name=name, email=email, language=_language(language))


def _language(text: str) -> str:
    if not text:
        return settings.LANGUAGE_CODE
    known = {code: code for code, _name in settings.LANGUAGES} | SHORT
    known |= {name.casefold(): code for code, label in settings.LANGUAGES for name in in_each(label).values()}
    if text.casefold() not in known:
        raise ValidationError(now("The language is zh or en."))
    return known[text.casefold()]
