"""What officers write about a stop of a programme, its bookings, and copies of a programme."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from delegations.visits.actions.programme import bookings_of
from delegations.visits.clashes import Wanted
from delegations.visits.enums import KIND_FOR, Duty, StopKind
from delegations.visits.models import Resource, Stop, Visit

DUTIES = {
    Duty.OFFICER: _("Responsible officer"),
    Duty.INTERPRETER: _("Interpreters"),
    Duty.VEHICLE: _("Vehicles"),
    Duty.ROOM: _("Rooms"),
}
YEARS = range(1990, 2101)
LATEST = 366


class ClockField(forms.CharField):
    """Day and time by the clock of some place, as 2027-05-11 09:00. Cleans to a datetime without a zone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = datetime.fromisoformat(text.replace("/", "-")).replace(second=0, microsecond=0)
        except ValueError:
            found = None
        if found is None or found.tzinfo or found.year not in YEARS:
            raise ValidationError(_("There is no such day or time. Write it as 2027-05-11 09:00."))
        return found


def moment_in(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of a time in a zone; of a time that comes twice, the first.

    Raises ValidationError for a time that is left out when the clock is put forward.
    """
    moment = local.replace(tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ValidationError(_("This time does not exist there: the clock is put forward over it."))
    return moment


def _words(label: Any, *, required: bool = True, length: int = 200) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=length, widget=UnfoldAdminTextInputWidget)


class StopForm(forms.Form):
    """A stop: `values` and `wanted` are what `save_stop` takes."""

    kind = forms.ChoiceField(label=_("Kind"), choices=StopKind, widget=UnfoldAdminSelectWidget)
    group = _words(_("Group (optional)"), required=False, length=20)
    starts_at = ClockField(label=_("Begins"))
    ends_at = ClockField(label=_("Ends"))
    time_zone = _words(_("Time zone"), length=40)
    name_zh_hans = _words(_("What happens (Chinese)"))
    name_en = _words(_("What happens (English)"))
    place_zh_hans = _words(_("Place (Chinese)"))
    place_en = _words(_("Place (English)"))
    host_zh_hans = _words(_("Received by, in Chinese (optional)"), required=False)
    host_en = _words(_("Received by, in English (optional)"), required=False)
    note = forms.CharField(
        label=_("Note (optional)"),
        help_text=_("For officers only."),
        required=False,
        max_length=4000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    # The fields in the rows of the page.
    ROWS = (
        ("kind", "group"), ("starts_at", "ends_at", "time_zone"), ("name_zh_hans", "name_en"), ("place_zh_hans", "place_en"),
        ("host_zh_hans", "host_en"), ("officer", "interpreter", "vehicle", "room"), ("note",),
    )  # fmt: skip

    def __init__(self, *args: Any, stop: Stop | None = None, starts_at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": _initial(stop, starts_at)})
        self.fields["time_zone"].help_text = _("Such as Asia/Tokyo.")
        self.fields["group"].help_text = _("Only where a delegation splits up.")
        people = list(Resource.objects.filter(is_active=True)) + _given_up(stop)
        for duty, label in DUTIES.items():
            choices = [(person.pk, _named(person)) for person in people if person.kind == KIND_FOR[duty]]
            self.fields[duty.value] = _picker(duty, label, choices)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in row] for row in self.ROWS]

    def clean_time_zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.cleaned_data["time_zone"])
        except (KeyError, ValueError, OSError):
            raise ValidationError(_("No such time zone. Write it as Asia/Tokyo.")) from None

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        zone = found.get("time_zone")
        for name in ("starts_at", "ends_at"):
            if zone and name in found:
                self._place_in(name, zone)
        if {"starts_at", "ends_at", "time_zone"} <= found.keys() and found["ends_at"] <= found["starts_at"]:
            self.add_error("ends_at", str(_("A stop ends after it begins.")))
        return found

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the stop."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in Duty.values}
        return given | {"time_zone": str(given["time_zone"])}

    @property
    def wanted(self) -> Wanted:
        """Who and what is to be booked, by duty."""
        picked = {duty: self.cleaned_data[duty.value] for duty in Duty}
        return {
            duty: [int(key) for key in (found if isinstance(found, list) else [found]) if key]
            for duty, found in picked.items()
        }

    def complain(self, places: Mapping[str, list[str]]) -> None:
        """Put what an action says to the fields it belongs to."""
        for name, sentences in places.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)

    def _place_in(self, name: str, zone: ZoneInfo) -> None:
        try:
            self.cleaned_data[name] = moment_in(self.cleaned_data[name], zone)
        except ValidationError as error:
            self.add_error(name, error)


class MoveForm(forms.Form):
    """When a stop begins instead, by its own clock."""

    new_start = ClockField(label=_("New beginning"))

    def __init__(self, *args: Any, stop: Stop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"new_start": stop.starts_at.astimezone(stop.zone)}})
        self.zone = stop.zone

    def clean_new_start(self) -> datetime:
        return moment_in(self.cleaned_data["new_start"], self.zone)


class CopyForm(forms.Form):
    """From which visit, and how many days later."""

    source = forms.ChoiceField(label=_("Programme of"), widget=UnfoldAdminSelectWidget)
    days = forms.IntegerField(
        label=_("Days later (optional)"),
        help_text=_("Left empty, the first day falls on the day of arrival. A negative number means earlier."),
        required=False,
        min_value=-LATEST * 20,
        max_value=LATEST * 20,
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        others = Visit.objects.exclude(pk=visit.pk).filter(stops__isnull=False).distinct().newest_first()
        choices = [(other.pk, f"{other.name} ({other.arrives_text or '–'})") for other in others]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if "source" in found and found.get("days") is None and "days" in found:
            found["days"] = self._days_between(int(found["source"]))
        return found

    def _days_between(self, source_id: int) -> int | None:
        first = Stop.objects.filter(visit=source_id).order_by("starts_at").first()
        if self.visit.arrives_on and first:
            return (self.visit.arrives_on - first.starts_at.astimezone(first.zone).date()).days
        self.add_error("days", str(_("Say how many days later: the visit has no day of arrival yet.")))
        return None


def _initial(stop: Stop | None, starts_at: datetime | None) -> dict[str, Any]:
    if stop is None:
        return {"time_zone": settings.TIME_ZONE, "starts_at": starts_at, "kind": StopKind.TALKS}
    names = ("kind", "group", "name_zh_hans", "name_en", "place_zh_hans", "place_en", "host_zh_hans", "host_en", "note")
    times = {name: getattr(stop, name).astimezone(stop.zone) for name in ("starts_at", "ends_at")}
    booked = {duty.value: keys if _is_several(duty) else keys[0] for duty, keys in bookings_of(stop).items()}
    return {name: getattr(stop, name) for name in names} | times | {"time_zone": stop.time_zone} | booked


def _given_up(stop: Stop | None) -> list[Resource]:
    """Return what is booked here and can no longer be booked anew: it stays until somebody takes it out."""
    return list(Resource.objects.filter(is_active=False, bookings__stop=stop).distinct()) if stop else []


def _is_several(duty: Duty) -> bool:
    return duty != Duty.OFFICER


def _named(resource: Resource) -> str:
    """Name a person with the languages, and a vehicle or room with the seats."""
    about = resource.languages or (_("%(seats)s seats") % {"seats": resource.seats} if resource.seats else "")
    return f"{resource.name} ({about})" if about else str(resource.name)


def _picker(duty: Duty, label: Any, choices: list[tuple[int, str]]) -> forms.Field:
    if not _is_several(duty):
        return forms.ChoiceField(
            label=label, choices=[("", "–"), *choices], required=False, widget=UnfoldAdminSelectWidget
        )
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
