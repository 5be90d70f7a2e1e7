"""What a cell may hold: how it is read, how it is stored in a finding, and how it is shown in the reader's language.

A kind's `read` takes what its `plain` and its `show` write, so that what was exported can be imported again.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_countries import countries

from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.dates import Precision, parse_partial

YES = {"yes", "y", "true", "1", "是"}
NO = {"no", "n", "false", "0", "否"}
DATE_PARTS = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


def folded(text: str) -> str:
    """Return a text as it is compared: full-width signs, capitals and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Text:
    """A text up to a length."""

    def __init__(self, *, at_most: int = 500) -> None:
        self.at_most = at_most

    def read(self, cell: str) -> Any:
        """Return the value of a cell that is not empty. Raises ValidationError."""
        if len(cell) > self.at_most:
            raise ValidationError(
                _("At most %(limit)s characters fit here."), code="too_long", params={"limit": self.at_most}
            )
        return cell

    def plain(self, value: Any) -> str:
        """Return a value in signs that are the same in every language; empty for none."""
        return "" if value is None else str(value)

    def show(self, value: Any) -> str:
        """Return a value for the reader."""
        return self.plain(value)


class Number(Text):
    """A decimal number between two bounds, both included."""

    def __init__(self, *, least: float, most: float) -> None:
        super().__init__()
        self.least, self.most = least, most

    def read(self, cell: str) -> Any:
        try:
            # Python would take 1_000 for a number as well.
            value = float(folded(cell).replace("\N{MINUS SIGN}", "-").replace("_", "?"))
        except ValueError:
            raise ValidationError(_("This is not a number."), code="number") from None
        if not (math.isfinite(value) and self.least <= value <= self.most):
            raise ValidationError(
                _("This has to lie between %(least)s and %(most)s."),
                code="range",
                params={"least": f"{self.least:g}", "most": f"{self.most:g}"},
            )
        return value

    def plain(self, value: Any) -> str:
        return "" if value is None else f"{value:.12g}"


class YesNo(Text):
    """Yes or no, as people write it."""

    def read(self, cell: str) -> Any:
        word = folded(cell)
        if word not in YES | NO:
            raise ValidationError(_("Write yes or no."), code="yes_no")
        return word in YES

    def plain(self, value: Any) -> str:
        return "" if value is None else ("yes" if value else "no")

    def show(self, value: Any) -> str:
        return "" if value is None else str(_("yes") if value else _("no"))


class PartialDate(Text):
    """A date known to the year, the month or the day: the pair of `core.dates.parse_partial`."""

    def read(self, cell: str) -> Any:
        found = DATE_PARTS.fullmatch(unicodedata.normalize("NFKC", cell).replace(" ", ""))
        try:
            if not found:
                raise ValueError(cell)
            return parse_partial("-".join(part.zfill(2) for part in found.groups() if part))
        except ValueError:
            raise ValidationError(_("Write the date as 1981, 1981-11 or 1981-11-18."), code="date") from None

    def plain(self, value: tuple[date | None, str] | None) -> str:
        day, precision = value or (None, "")
        if day is None:
            return ""
        parts = day.isoformat().split("-")
        return "-".join(parts[: list(reversed(Precision.values)).index(precision) + 1])


class OneOf(Text):
    """One of some words, each known by its key and its name in any language."""

    def read(self, cell: str) -> Any:
        value = self._keys.get(folded(cell))
        if value is None:
            raise self.unknown()
        return value

    def show(self, value: Any) -> str:
        return str(dict(self.words()).get(value, value or ""))

    def words(self) -> Iterable[tuple[str, Any]]:
        """Return keys and names."""
        raise NotImplementedError

    def unknown(self) -> ValidationError:
        """Return what is said about any other word."""
        names = [name for _key, name in self.words()]
        return ValidationError(_("Write one of: %(names)s."), code="choice", params={"names": Joined(names)})

    @cached_property
    def _keys(self) -> dict[str, str]:
        spoken = {folded(text): key for key, name in self.words() for text in in_each(name).values()}
        return spoken | {folded(key): key for key, _name in self.words()}


class Choice(OneOf):
    """One of the choices of a model's field."""

    def __init__(self, choices: type[TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def words(self) -> Iterable[tuple[str, Any]]:
        return self.choices.choices


class Country(OneOf):
    """A country or region by its ISO 3166-1 code (two letters) or its name."""

    def words(self) -> Iterable[tuple[str, Any]]:
        return [(code, _Named(code)) for code in countries.countries]

    def unknown(self) -> ValidationError:
        return ValidationError(
            _("No such country or region. Write its name or its code of two letters."), code="country"
        )


class Joined:
    """Names in a row, each read in the language that is active when the whole is written."""

    def __init__(self, names: Iterable[Any]) -> None:
        self.names = list(names)

    def __str__(self) -> str:
        return pgettext("between two names of a list", ", ").join(str(name) for name in self.names)


class _Named:
    """A country's name in the language that is active when it is written."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return str(countries.name(self.code))
