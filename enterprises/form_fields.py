"""Form fields that several pages of the company share."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from enterprises.actions.attachments import too_many
from enterprises.models import ATTACHMENTS_AT_MOST
from enterprises.validators import validate_visible
from shenyang_fao.core import files
from shenyang_fao.core.countries import COUNTRIES_OF, by_sound
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.files import Scan
from shenyang_fao.core.form_fields import ACCEPTED
from shenyang_fao.core.models import Unit


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """The files sent along with a message. Cleans to a list of `Scan`; every bad file is named."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=ManyFiles({"accept": ACCEPTED, "multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Scan]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > ATTACHMENTS_AT_MOST:
            raise ValidationError(too_many(), code="too_many", params={"limit": ATTACHMENTS_AT_MOST})
        scans, faults = [], []
        for upload in uploads:
            try:
                scans.append(Scan(str(upload.name), *files.check_upload(upload)))
            except ValidationError as fault:
                faults.append(f"{upload.name}: {fault.messages[0]}")
        if faults:
            raise ValidationError([*faults, _("Please choose all files again: a browser does not keep them.")])
        return scans


class ParkField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A development zone of the city, or none."""

    def __init__(self, **options: Any) -> None:
        zones = Unit.objects.filter(kind=UnitKind.ZONE).order_by("slug")
        super().__init__(zones, label=_("Park"), empty_label=_("in none of these"), required=False, **options)


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed as 2026-12-31."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"], **options)


class LineField(forms.CharField):
    """One line that can be seen: spaces are made single, signs that turn or hide text are refused."""

    default_validators = [validate_visible]

    def to_python(self, value: Any) -> Any:
        return " ".join(str(super().to_python(value)).split())


class CountryChoice(forms.ChoiceField):
    """A country or region of the world, without those named in ``without``, in the order of the reader's language."""

    def __init__(self, *, without: Iterable[str], **options: Any) -> None:
        left_out = frozenset(without)
        super().__init__(choices=lambda: _choices(left_out, get_language() or ""), **options)


def choices_of(choices: type[Choices]) -> Callable[[], list[tuple[str, str]]]:
    """Return the choices as they stand in a form: each begins with a capital letter."""
    return lambda: [(value, capfirst(str(label))) for value, label in choices.choices]


@lru_cache(maxsize=16)
def _choices(left_out: frozenset[str], language: str) -> list[tuple[str, str]]:
    # The language is part of the cache's key: names and their order are the reader's.
    inhabited = frozenset().union(*COUNTRIES_OF.values()) | {"CN"}
    named = [(code, str(countries.name(code)).strip()) for code in inhabited - left_out]
    return [("", str(_("Choose"))), *sorted(named, key=lambda choice: by_sound(choice[1]))]
