"""Forms of events in the back office."""

from typing import Any, ClassVar

from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from delegations.events.models import AgendaItem, Event
from shenyang_fao.core.admin_forms import CheckedForm, PartialDateField, SourcedForm
from shenyang_fao.core.form_fields import ScanField
from sister_cities.models import Tie


def sourced_places(name: str) -> dict[str, str]:
    """Return at which field stands what a sourced record's own constraint says."""
    return {f"{name}_public_has_source": "source"}


class SeriesForm(SourcedForm):
    places: ClassVar[dict[str, str]] = sourced_places("series")


class EventForm(SourcedForm):
    """The date as precisely as it is known; of what is planned it may lie ahead."""

    starts = PartialDateField(
        label=_("date"),
        may_lie_ahead=True,
        help_text=_("As precisely as it is known: 2027, 2027-05 or 2027-05-18."),
    )

    partial_dates: ClassVar[dict[str, tuple[str, str]]] = {"starts": ("starts_on", "starts_precision")}
    places: ClassVar[dict[str, str]] = {
        **sourced_places("event"),
        "event_date_with_precision": "starts",
        "event_ends_after_its_start": "ends_on",
        "event_last_day_needs_a_day": "ends_on",
        "event_time_needs_a_day": "starts_time",
        "event_end_needs_a_beginning": "ends_time",
        "event_sign_up_has_places": "capacity",
        "event_edition_once": "edition",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "ends_time" in self.fields:
            self.fields["ends_time"].help_text = _("A time before the beginning is one after midnight.")


class AgendaForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {"agenda_item_ends_after_its_start": "ends_time"}


class AgendaFormSet(BaseInlineFormSet[AgendaItem, Event, AgendaForm]):
    """Items lie on the days of their event, as the form above says them."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            on = form.cleaned_data.get("on") if form.is_valid() else None
            if on and not _is_on(self.instance, on):
                form.add_error("on", str(_("The event does not last until this day, or begins later.")))


class DocumentForm(CheckedForm):
    upload = ScanField(
        label=_("File"),
        required=False,
        help_text=_(
            "PDF, JPEG, PNG or WebP. It takes the place of the earlier one, and is private until it is public."
        ),
    )


class OutcomeForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {
        "eventoutcome_done_has_its_day": "done_on",
        "eventoutcome_due_has_an_owner": "officer",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tie" in self.fields:
            ties = Tie.objects.select_related("local", "partner").order_by("partner__slug", "pk")
            self.fields["tie"].queryset = ties  # type: ignore[attr-defined]


def _is_on(event: Event, day: Any) -> bool:
    last = event.last_day
    return event.starts_on is None or last is None or event.starts_on <= day <= last
