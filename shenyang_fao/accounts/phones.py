"""Mobile numbers as people write them, and the one form in which the portal keeps them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CHINESE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
# E.164: a country code and the number, fifteen digits at most.
_FOREIGN = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")


def normal(text: str) -> str:
    """Return a mobile number as E.164 has it: a Chinese one with or without +86, a foreign one with its country code.

    Full-width digits, spaces, dashes, dots, brackets, and signs that nobody sees are understood. Raises ValidationError.
    """
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not _is_between(sign))
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    if chinese := _CHINESE.fullmatch(digits):
        return f"+86{chinese[1]}"
    if _FOREIGN.fullmatch(digits):
        return digits
    message = _("Enter a Chinese mobile number of 11 digits, or a foreign one that begins with + and the country code.")
    raise ValidationError(message, code="phone")


def _is_between(sign: str) -> bool:
    """Tell what stands between digits: spaces, dashes, brackets, dots, and marks of the writing direction."""
    return sign == "." or unicodedata.category(sign) in {"Zs", "Cc", "Cf", "Pd", "Ps", "Pe"}
