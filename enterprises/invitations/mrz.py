"""The machine-readable zone of a passport: two lines of 44 characters (ICAO 9303-4, TD3)."""

from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 3, 1)
LINE = 44
DIGITS = frozenset("0123456789")  # str.isdigit() also takes superscripts, which int() does not


@dataclass(frozen=True)
class Passport:
    """What a passport's two lines say. ``nationality`` is the three-letter code printed there."""

    surname: str
    given_names: str
    nationality: str
    number: str
    sex: str
    born_on: date
    expires_on: date


class MrzError(ValueError):
    """The text is no TD3 zone, or a check digit does not fit. ``field`` names what to look at."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def check_digit(text: str) -> int:
    """Return the check digit of a field: weights 7-3-1, modulo 10 (ICAO 9303-3, 4.9).

    Raises MrzError on a character that the zone cannot hold.
    """
    return sum(_value(character) * WEIGHTS[index % 3] for index, character in enumerate(text)) % 10


def read(text: str, *, today: date) -> Passport:
    """Read two pasted lines and check their digits; raises MrzError.

    ``today`` decides the century of the birth date, which is never in the future.
    """
    first, second = _lines(text)
    checked = {
        "passport_number": (second[0:9], second[9]),
        "born_on": (second[13:19], second[19]),
        "passport_expires_on": (second[21:27], second[27]),
        "mrz": (second[0:10] + second[13:20] + second[21:43], second[43]),
    }
    for field, (value, digit) in checked.items():
        if digit not in DIGITS or check_digit(value) != int(digit):
            raise MrzError(field)
    surname, _, given = first[5:].partition("<<")
    born_on = _date(second[13:19], "born_on", century=2000)
    return Passport(
        surname=_words(surname),
        given_names=_words(given),
        nationality=second[10:13].rstrip("<"),
        number=second[0:9].rstrip("<"),
        sex=second[20] if second[20] in "MF" else "X",
        born_on=born_on if born_on <= today else _date(second[13:19], "born_on", century=1900),
        expires_on=_date(second[21:27], "passport_expires_on", century=2000),
    )


def _value(character: str) -> int:
    if character == "<":
        return 0
    if character.isascii() and character.isdigit():
        return int(character)
    if "A" <= character <= "Z":
        return ord(character) - ord("A") + 10
    raise MrzError("mrz")


def _lines(text: str) -> tuple[str, str]:
    whole = "".join(text.upper().split())
    if len(whole) != 2 * LINE or not whole.startswith("P"):
        raise MrzError("mrz")
    return whole[:LINE], whole[LINE:]


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _date(text: str, field: str, *, century: int) -> date:
    try:
        return date(century + int(text[0:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        raise MrzError(field) from None
