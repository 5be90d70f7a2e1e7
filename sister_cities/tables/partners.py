"""The partners that a file speaks of: those of the register, and those that its earlier rows brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shenyang_fao.core.tables.kinds import folded
from sister_cities.models import Partner, Tie

# What a row may say about a partner; its country only says which one is meant.
ATTRIBUTES = ("kind", "name_zh_hans", "name_en", "latitude", "longitude")


@dataclass(eq=False)
class Known:
    """A partner as the register has it (``was``, None if new) and as the file wants it; ``row`` said so first.

    Neither is ever changed: a row makes a copy.
    """

    now: Partner
    was: Partner | None = None
    row: int | None = None
    is_written: bool = False

    @property
    def is_changed(self) -> bool:
        return self.was is not None and differ(self.was, self.now)


class Meant(NamedTuple):
    """What a row is about: the tie with its partner as they shall be, and as they are (None if new)."""

    tie: Tie
    before: Tie | None
    known: Known


class Partners:
    """Finds a partner by its country and either of its names."""

    def __init__(self, partners: Iterable[Partner]) -> None:
        self._by_name: dict[tuple[str, str, str], Known] = {}
        for partner in partners:
            self._enter(Known(partner, was=partner))

    def find(self, country: str, name_zh: str, name_en: str) -> Known:
        """Return the partner of these names, or an empty new one. Raises ValidationError if the names mean two."""
        found = {id(known): known for key in _keys(country, name_zh, name_en) if (known := self._by_name.get(key))}
        if len(found) > 1:
            raise ValidationError({"name_en": _("The Chinese and the English name belong to two different partners.")})
        return next(iter(found.values())) if found else Known(Partner(country=country))

    def take(self, known: Known, partner: Partner, row: int) -> None:
        """Let a row, the first or one that agrees with it, say what a partner shall be."""
        known.now = partner
        known.row = known.row or row
        self._enter(known)

    def _enter(self, known: Known) -> None:
        partner: Any = known.now  # modeltranslation's columns have no types
        for key in _keys(partner.country.code, partner.name_zh_hans, partner.name_en):
            self._by_name.setdefault(key, known)


def differ(one: Partner, other: Partner) -> bool:
    """Tell whether two states of a partner differ in what a row may say."""
    return any(getattr(one, name) != getattr(other, name) for name in ATTRIBUTES)


def _keys(country: str, name_zh: str, name_en: str) -> list[tuple[str, str, str]]:
    return [(country, "zh", folded(name_zh)), (country, "en", folded(name_en))]
