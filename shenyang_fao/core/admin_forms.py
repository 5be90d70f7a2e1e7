"""Forms of the back office: what a constraint refuses is said at the field, and dates are written as precisely as known."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from shenyang_fao.core import sources
from shenyang_fao.core.dates import Precision, parse_partial

_LENGTH = {Precision.YEAR.value: 4, Precision.MONTH.value: 7, Precision.DAY.value: 10}


class PartialDateField(forms.CharField):
    """A date as precisely as it is known: 1981, 1981-11 or 1981-11-18; of the past, unless it `may_lie_ahead`.

    Cleans to the date and its precision.
    """

    def __init__(self, *, may_lie_ahead: bool = False, **kwargs: Any) -> None:
        self.may_lie_ahead = may_lie_ahead
        hint = _("As precisely as it is known: 1981, 1981-11 or 1981-11-18.")
        widget = UnfoldAdminTextInputWidget(attrs={"placeholder": "1981-11-18", "autocomplete": "off"})
        options: dict[str, Any] = {"help_text": hint, "widget": widget, "max_length": 20, "required": False}
        super().__init__(**(options | kwargs))

    def clean(self, value: Any) -> Any:
        text = re.sub(r"[/.年月]", "-", super().clean(value)).rstrip("日-")
        try:
            found = parse_partial(text)
        except (ValueError, IndexError):
            raise ValidationError(_("Write the date as 1981, 1981-11 or 1981-11-18."), code="invalid") from None
        if found[0] and found[0] > timezone.localdate() and not self.may_lie_ahead:
            raise ValidationError(_("This date lies in the future."), code="future")
        return found


def written(value: date | None, precision: str) -> str:
    """Return a date as `PartialDateField` reads it; empty without a date."""
    return value.isoformat()[: _LENGTH[precision]] if value else ""


class CheckedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that checks every constraint of its record, also those over columns it only shows, and says so at a field."""

    # Form field -> columns of the date and of its precision.
    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {}
    # Constraint -> form field at which its message stands; the others stand above the form.
    places: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (on, precision) in self.partial_dates.items():
            self.initial.setdefault(name, written(getattr(self.instance, on), getattr(self.instance, precision)))

    def clean(self) -> Any:
        cleaned = super().clean()
        for name, columns in self.partial_dates.items():
            for column, value in zip(columns, self.cleaned_data.get(name, ()), strict=False):
                setattr(self.instance, column, value)
        return cleaned

    def _post_clean(self) -> None:
        """Django lets the record check its constraints and names no field; here each is checked once, at its place."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]
        del self.instance.validate_constraints
        self.validate_constraints()

    def validate_constraints(self) -> None:
        """Check every constraint but those over a field that is wrong already."""
        wrong = set(self.errors) | {
            column for name, pair in self.partial_dates.items() if name in self.errors for column in pair
        }
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=wrong)
                except ValidationError as error:
                    self.add_error(self._place(self.places.get(constraint.name, "")), error.messages)

    def _update_errors(self, errors: ValidationError) -> None:
        """Put what the record says about a column to the field that shows it, or above the form."""
        shown = {on: name for name, (on, _precision) in self.partial_dates.items()}
        found: dict[str, list[Any]] = {}
        for column, problems in errors.error_dict.items():
            place = self._place(shown.get(column, column)) or NON_FIELD_ERRORS
            found.setdefault(place, []).extend(problems)
        super()._update_errors(ValidationError(found))  # type: ignore[misc]

    def _place(self, name: str) -> str | None:
        return name if name in self.fields else None


GRADE_HINT = _("Left empty, it is taken from the links; without a link a source is to be confirmed.")


class SourcedForm(CheckedForm):
    """A form of a record that names its source; the weight is filled in from its links, where nobody chose another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source_grade" in self.fields:
            self.fields["source_grade"].help_text = GRADE_HINT

    def clean(self) -> Any:
        cleaned = super().clean()
        found = self.cleaned_data
        if not found.get("source"):
            found["source_grade"] = ""
        elif not found.get("source_grade"):
            found["source_grade"] = sources.best_grade(found["source"])
        return cleaned
