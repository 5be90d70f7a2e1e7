"""A row of an uploaded list: the form of one invitee, which also understands what people write into a spreadsheet."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.form_fields import CountryChoice, DayField, choices_of
from enterprises.invitations.batches import cells, words
from enterprises.invitations.enums import PassportType, Sex
from enterprises.invitations.forms.invitees import NO_VISA_POST, NOT_INVITED, InviteeForm
from enterprises.invitations.models import index_of
from enterprises.models import ServiceRequest
from shenyang_fao.core.tables.kinds import Text

NATIONALITY = words.Nationality(NOT_INVITED, _("No invitation letter is needed for this nationality or region."))
VISA_POST = words.Nationality(NO_VISA_POST, _("Visas for China are not applied for there."))


FORMULA = ("=", "\N{FULLWIDTH EQUALS SIGN}")


class _Written:
    """Part of a field with choices that are written out. ``kind`` reads them, and reads nothing that is no choice."""

    kind: Text

    def to_python(self, value: Any) -> str:
        return str(self.kind.read(value)) if value else ""

    def valid_value(self, value: str) -> bool:
        # Going through two hundred countries again for each of two hundred rows took most of the time.
        return True


class Word(_Written, forms.ChoiceField):
    def __init__(self, kind: Text, **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)


class CountryWord(_Written, CountryChoice):
    def __init__(self, kind: Text, **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)


class WrittenDay(DayField):
    """A day in any of the ways people write one."""

    def to_python(self, value: Any) -> date | None:
        return cells.day(value) if value else None


def _label(name: str) -> Any:
    return InviteeForm.base_fields[name].label


class RowForm(InviteeForm):
    """One row, bound to its cells. ``listed`` are the indexes of the passports that the request has already."""

    sex = Word(words.SEX, label=_label("sex"), choices=choices_of(Sex))
    born_on = WrittenDay(label=_label("born_on"))
    nationality = CountryWord(NATIONALITY, label=_label("nationality"), without=NOT_INVITED)
    passport_type = Word(words.PASSPORT_TYPE, label=_label("passport_type"), choices=choices_of(PassportType))
    passport_expires_on = WrittenDay(label=_label("passport_expires_on"))
    visa_post_country = CountryWord(VISA_POST, label=_label("visa_post_country"), without=NO_VISA_POST)

    def __init__(self, case: ServiceRequest, written: cells.Cells, *, listed: Collection[str]) -> None:
        self.written, self.listed = written, listed
        super().__init__(case, None, cells.tidy(written))

    @property
    def passport(self) -> str:
        """Return the index of the passport, empty while it cannot be known."""
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        nationality, number = data.get("nationality"), data.get("passport_number")
        return index_of(nationality, number) if nationality and number else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, text in self.written.items():
            if text.startswith(FORMULA):
                # What else is wrong with a formula is of no interest.
                self.errors[name] = self.error_class([str(_("This is a formula. Write its result."))])
        return cleaned

    def _check_list(self) -> None:
        # The form of one invitee asks the database for each; two hundred rows are held against what was read once.
        if self.passport in self.listed:
            self.add_error(
                "passport_number", ValidationError(_("This passport is already in the list."), code="listed")
            )
