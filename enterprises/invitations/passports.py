"""A passport as it is typed: the pasted zone fills what is empty, and nobody's slip of the finger goes unseen."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_stubs_ext import StrPromise

from enterprises.invitations import mrz

_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
# Germany prints one letter instead of three (ICAO 9303-3, section 5).
_OWN_CODES = {"D": "DE"}
_FAULTS: dict[str, StrPromise | str] = {
    "passport_number": _(
        "The check digit of the passport number does not fit. Compare the second line with the passport."
    ),
    "born_on": _("The check digit of the date of birth does not fit. Compare the second line with the passport."),
    "passport_expires_on": _(
        "The check digit of the expiry date does not fit. Compare the second line with the passport."
    ),
    "mrz": _("These are not the two lines of 44 characters of a passport, or the last check digit does not fit."),
}
_COMPARED = ("passport_number", "born_on", "passport_expires_on")


def clean_number(value: str) -> str:
    """Return a passport number in capital letters without spaces; raises ValidationError."""
    number = "".join(value.split()).upper()
    if not _NUMBER.fullmatch(number):
        raise ValidationError(_("A passport number has 5 to 20 letters and digits."))
    return number


class Zone:
    """The machine-readable zone somebody pasted, or none."""

    def __init__(self, text: str) -> None:
        self._fault = ""
        self._fields: dict[str, str] = {}
        if text.strip():
            self._read(text)

    def check(self) -> None:
        """Raise ValidationError when the zone cannot be read or a check digit does not fit."""
        if self._fault:
            raise ValidationError(_FAULTS.get(self._fault, _FAULTS["mrz"]), code="mrz")

    def fill(self, data: Any) -> Any:
        """Return what was typed with the empty fields filled from the zone."""
        filled = data.copy()
        for name, value in self._fields.items():
            if value and not filled.get(name, "").strip():
                filled[name] = value
        return filled

    def differences(self, typed: dict[str, Any]) -> Iterator[tuple[str, StrPromise | str]]:
        """Yield each field whose typed value is not what the zone says."""
        for name in _COMPARED:
            if name in self._fields and typed.get(name) is not None and str(typed[name]) != self._fields[name]:
                yield name, _("This differs from the machine-readable zone.")

    def _read(self, text: str) -> None:
        try:
            passport = mrz.read(text, today=timezone.localdate())
        except mrz.MrzError as error:
            self._fault = error.field
            return
        self._fields = {
            "surname": passport.surname,
            "given_names": passport.given_names,
            "nationality": _OWN_CODES.get(passport.nationality) or countries.alpha2(passport.nationality),
            "passport_number": passport.number,
            "sex": passport.sex,
            "born_on": passport.born_on.isoformat(),
            "passport_expires_on": passport.expires_on.isoformat(),
        }
