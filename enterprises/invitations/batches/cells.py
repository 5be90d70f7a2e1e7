"""What people write into a cell, brought to what the form of one invitee takes. A slip of the keyboard is no fault."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.invitations import passports
from enterprises.invitations.mrz import LINE

Cells = dict[str, str]

# Marks without a width that travel along when a text is copied from a web page or a PDF.
WEIGHTLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
# Full-width letters and digits; the full-width punctuation of a Chinese text is Chinese and stays.
FULL_WIDTH = 0xFEE0
WIDE = {ord(sign) + FULL_WIDTH: sign for sign in map(chr, range(0x21, 0x7F)) if sign.isalnum()} | {0x3000: " "}

YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)")
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
YEAR_LAST = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")
SPOKEN = re.compile(r"(\d{1,2})[-. ]*([A-Z]{3,9})[-., ]*(\d{4})")
# Excel writes a day with its midnight where a cell has a format of date and time.
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?$")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
MONTHS_AT_MOST = 12


def tidy(cells: Mapping[str, str]) -> Cells:
    """Return a row as the form is to read it; an empty passport type is an ordinary one."""
    tidied = {name: RULES.get(name, _text)(text.translate(WEIGHTLESS)).strip() for name, text in cells.items()}
    tidied["passport_type"] = tidied.get("passport_type") or "ordinary"
    return tidied


def with_zone(cells: Cells) -> Cells:
    """Return a row with its empty cells filled from the machine-readable zone, in whichever cell that was pasted."""
    found = dict(cells)
    if not found.get("mrz"):
        for name, text in cells.items():
            if _is_zone(text):
                found["mrz"], found[name] = text, ""
                break
    filled: Cells = passports.Zone(tidy(found).get("mrz", "")).fill(found)
    return filled


def day(text: str) -> date:
    """Return the day that a text means. Raises ValidationError, also where day and month could be either way round."""
    plain = MIDNIGHT.sub("", _compatible(text)).strip()
    try:
        return _day(plain)
    except ValueError:
        raise ValidationError(_("This is no date. Write it as 2026-01-31."), code="date") from None


def _day(text: str) -> date:
    if found := YEAR_FIRST.fullmatch(text.replace(" ", "")) or TOGETHER.fullmatch(text):
        year, month, of_month = (int(part) for part in found.groups() if part and part.isdecimal())
        return date(year, month, of_month)
    if found := DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := YEAR_LAST.fullmatch(text):
        return _either_way(int(found[1]), int(found[3]), int(found[4]))
    if (found := SPOKEN.fullmatch(text.upper())) and found[2][:3] in MONTHS:
        return date(int(found[3]), MONTHS.index(found[2][:3]) + 1, int(found[1]))
    raise ValueError(text)


def _either_way(first: int, second: int, year: int) -> date:
    if first != second and max(first, second) <= MONTHS_AT_MOST:
        raise ValidationError(
            _("Day or month first? %(first)s and %(second)s could be either. Write the date as 2026-01-31."),
            code="ambiguous",
            params={"first": f"{first:02d}", "second": f"{second:02d}"},
        )
    of_month, month = (first, second) if second <= MONTHS_AT_MOST else (second, first)
    return date(year, month, of_month)


def _is_zone(text: str) -> bool:
    whole = "".join(_compatible(text).split()).upper()
    return len(whole) == 2 * LINE and whole.startswith("P") and "<" in whole


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _line(text: str) -> str:
    return " ".join(_compatible(text).split())


def _own_script(text: str) -> str:
    # NFKC would put today's form in place of a rare form of a character, and a name is written as its bearer writes it.
    return " ".join(unicodedata.normalize("NFC", text).translate(WIDE).split())


def _text(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).translate(WIDE).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


RULES: dict[str, Callable[[str], str]] = {
    "surname": _line,
    "given_names": _line,
    "native_name": _own_script,
    "sex": _line,
    "born_on": _line,
    "nationality": _line,
    "passport_number": _line,
    "passport_type": _line,
    "passport_expires_on": _line,
    "visa_post_country": _line,
    "mrz": _compatible,
}
