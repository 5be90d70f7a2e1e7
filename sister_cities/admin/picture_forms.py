"""What officers write on the page of an edition's pictures: many at once, each saved as far as it goes."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from shenyang_fao.core.countries import by_sound
from shenyang_fao.core.pictures.checking import ACCEPTED, WIDTH_AT_LEAST, Photo, check_photo
from sister_cities.models import EditionPicture, Partner

PHOTOS_AT_ONCE = 30
WORDS = ("alt_zh_hans", "alt_en", "caption_zh_hans", "caption_en", "credit", "taken_year")


class SeveralFiles(forms.FileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(forms.FileField):
    """Several photographs; each is examined by itself, when the form hands it out."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(data) > PHOTOS_AT_ONCE:
            raise ValidationError(
                _("Choose at most %(limit)s photographs at once."), code="too_many", params={"limit": PHOTOS_AT_ONCE}
            )
        return data


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=UnfoldAdminTextInputWidget(), **options)


def _lines(label: Any, *, help_text: Any = "") -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 2})
    return forms.CharField(
        label=label, required=False, max_length=300, widget=widget, help_text=help_text, show_hidden_initial=True
    )


class _Shared(forms.Form):
    """What a picture has whether it stands alone or among others."""

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["partner"]).choices = partners

    def clean_partner(self) -> int | None:
        return int(self.cleaned_data["partner"]) if self.cleaned_data["partner"] else None

    def clean_taken_year(self) -> int | None:
        year: int | None = self.cleaned_data["taken_year"]
        if year is not None and not 1839 <= year <= timezone.localdate().year:
            raise ValidationError(_("The year lies between 1839 and today."), code="year")
        return year


class PhotosForm(_Shared):
    """Photographs to add, and what is the same for all of them."""

    photos = PhotosField(
        label=_("Photographs"),
        widget=SeveralFiles(attrs={"accept": ACCEPTED, "multiple": True}),
    )
    partner = forms.ChoiceField(label=_("Partner"), required=False, widget=UnfoldAdminSelectWidget)
    credit = _line(_("Credit"), max_length=150)
    taken_year = forms.IntegerField(label=_("Year taken"), required=False, widget=UnfoldAdminIntegerFieldWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"number": PHOTOS_AT_ONCE, "size": settings.REQUEST_MAX_BYTES // 1024**2, "width": WIDTH_AT_LEAST}
        self.fields["photos"].help_text = (
            now_in(
                "JPEG, PNG or WebP, at least %(width)s pixels wide; up to %(number)s at once, together %(size)s MB. "
                "Location and camera data are removed."
            )
            % limits
        )

    def examined(self) -> Iterator[Photo]:
        """Yield the photographs that may be kept, one at a time; each refused one stands at the field under its name."""
        for upload in self.cleaned_data["photos"]:
            try:
                yield check_photo(upload)
            except ValidationError as refused:
                self.add_error("photos", [f"{upload.name}: {message}" for message in refused.messages])

    @property
    def words(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("credit", "taken_year")}


class PictureForm(_Shared):
    """One picture of an edition. What the officer saw comes back with what was typed, so that only changes are saved."""

    alt_zh_hans = _lines(_("Description in Chinese"))
    alt_en = _lines(_("Description in English"))
    caption_zh_hans = _lines(_("Caption in Chinese"))
    caption_en = _lines(_("Caption in English"))
    credit = _line(_("Credit"), max_length=150, show_hidden_initial=True)
    taken_year = forms.IntegerField(
        label=_("Year taken"), required=False, widget=UnfoldAdminIntegerFieldWidget, show_hidden_initial=True
    )
    partner = forms.ChoiceField(
        label=_("Partner"), required=False, widget=UnfoldAdminSelectWidget, show_hidden_initial=True
    )
    position = forms.IntegerField(
        label=_("Position"),
        min_value=0,
        max_value=32000,
        widget=UnfoldAdminIntegerFieldWidget,
        show_hidden_initial=True,
    )
    is_released = forms.BooleanField(
        label=_("Show to the public once described in both languages"), required=False, show_hidden_initial=True
    )
    is_removed = forms.BooleanField(label=_("Delete this picture"), required=False)
    entry = forms.IntegerField(widget=forms.HiddenInput)

    def pairs(self) -> list[forms.BoundField]:
        """Return what is written in both languages."""
        return [self[name] for name in ("alt_zh_hans", "alt_en", "caption_zh_hans", "caption_en")]

    def rest(self) -> list[forms.BoundField]:
        """Return the short fields."""
        return [self[name] for name in ("partner", "credit", "taken_year", "position")]

    def ticks(self) -> list[forms.BoundField]:
        """Return what is ticked."""
        return [self["is_released"], self["is_removed"]]

    @cached_property
    def is_wanted(self) -> bool:
        """Whether anything of this picture is to be saved."""
        return bool(self.changed_data)

    @property
    def words(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in WORDS if name in self.changed_data}

    @property
    def place(self) -> dict[str, int | None]:
        found = {"position": self.cleaned_data["position"], "partner_id": self.cleaned_data["partner"]}
        return {column: value for column, value in found.items() if column.removesuffix("_id") in self.changed_data}


PictureFormSet = formset_factory(PictureForm, extra=0, max_num=1000)


def picture_forms(entries: list[EditionPicture], data: Any = None) -> BaseFormSet[PictureForm]:
    """Return a form for each picture."""
    return PictureFormSet(
        data,
        initial=[_initial(entry) for entry in entries],
        prefix="pictures",
        form_kwargs={"partners": partner_choices()},
    )


def partner_choices() -> list[tuple[str, str]]:
    """Return every partner in the order of the reader's language, asked for once a page."""
    found = sorted(
        ((str(partner.pk), partner.name) for partner in Partner.objects.all()), key=lambda pair: by_sound(pair[1])
    )
    return [("", now_in("None")), *found]


def _initial(entry: EditionPicture) -> dict[str, object]:
    picture = entry.picture
    shown = {name: getattr(picture, name) for name in WORDS}
    # A picture that nobody has described yet is meant for the public: otherwise somebody would have to tick each one.
    is_released = picture.is_released or not picture.is_described
    return {
        **shown,
        "entry": entry.pk,
        "partner": entry.partner_id or "",
        "position": entry.position,
        "is_released": is_released,
    }
