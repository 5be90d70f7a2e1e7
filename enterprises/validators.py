"""Rules on single values, shared by forms, models and imports."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as NumberError

from shenyang_fao.core.documents.fonts import MissingGlyphs, missing_glyphs

# Spaces of Chinese and of Latin texts that Python does not count as printable.
SPACES = "\u3000\u00a0"


def clean_uscc(value: str) -> str:
    """Return a unified social credit code in its normal form (GB 32100-2015, 18 characters with a check character).

    Raises ValidationError saying what is wrong.
    """
    try:
        return uscc.validate(value)
    except InvalidLength:
        raise ValidationError(_("A unified social credit code has 18 characters."), code="length") from None
    except InvalidChecksum:
        message = _("The check character does not fit: compare each character with the business licence.")
        raise ValidationError(message, code="checksum") from None
    except NumberError:
        message = _("A unified social credit code has digits and capital letters only, without I, O, Z, S and V.")
        raise ValidationError(message, code="format") from None


def validate_uscc(value: str) -> None:
    """Check a unified social credit code; raises ValidationError."""
    clean_uscc(value)


def validate_printable(value: str) -> None:
    """Check that the letters can print a text; raises ValidationError."""
    if strange := missing_glyphs(value):
        raise ValidationError(str(MissingGlyphs(strange)), code="unprintable")


def validate_one_line(value: str) -> None:
    """Check that a text stands in one line and holds no sign that turns or hides what is read; raises ValidationError."""
    if not all(letter.isprintable() or letter in SPACES for letter in value):
        raise ValidationError(_("This name has characters that cannot be shown."), code="hidden")


def validate_visible(value: str) -> None:
    """Check that a text has no signs that turn or hide it; raises ValidationError."""
    if not all(letter.isprintable() or letter.isspace() for letter in value):
        raise ValidationError(_("This text has characters that cannot be shown."), code="invisible")


def validate_chinese(value: str) -> None:
    """Check that a text meant for the Chinese side has Chinese characters and prints; raises ValidationError."""
    validate_printable(value)
    if not any(_is_han(letter) for letter in value):
        raise ValidationError(_("Write this in Chinese characters."), code="script")


def validate_english(value: str) -> None:
    """Check that a text meant for the English side is in Latin letters and prints; raises ValidationError."""
    validate_printable(value)
    if any(_is_han(letter) for letter in value):
        raise ValidationError(_("Write this in English, without Chinese characters."), code="script")
    if not any("LATIN" in unicodedata.name(letter, "") for letter in value):
        raise ValidationError(_("Write this in English, in Latin letters."), code="script")


def _is_han(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("CJK UNIFIED IDEOGRAPH")
