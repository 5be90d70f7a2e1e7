"""Public lists that a reader narrows, sorts and pages by the address, so that every result can be sent to somebody.

    class SchoolFilters(Filters):                       # in the app's forms.py; `sort` is an order, the rest are filters
        district = choice(_("District"))                # offered below
        curriculum = choice(_("Curriculum"), Curriculum.choices)
    filters = SchoolFilters(request.GET, offers={"district": [(unit.slug, unit.name) for unit in districts]})
    page = page_of(School.objects.public().filter(**filters.asked), request.GET)

The template includes `includes/filters.html`, `includes/none_found.html` and `includes/pagination.html`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_stubs_ext import StrPromise

from shenyang_fao.core.countries import by_sound

Choice = tuple[str, str | StrPromise]
ALL: Choice = ("", _("All"))
ON_A_PAGE = 50
SORT = "sort"


class Filters(forms.Form):
    """What a reader asks of a list; a value that is not offered filters nothing, for links outlive records."""

    def __init__(self, query: QueryDict, *, offers: Mapping[str, Sequence[Choice]] | None = None) -> None:
        """Read the query string; `offers` are the choices that only the register knows, by the name of the filter."""
        super().__init__(query)
        for name, choices in (offers or {}).items():
            cast(forms.ChoiceField, self.fields[name]).choices = [ALL, *choices]

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, each with its value."""
        return {name: value for name, value in self._valid().items() if value and name != SORT}

    @property
    def order(self) -> str:
        """The order asked for, of a field named `sort`; empty for the list's own."""
        return str(self._valid().get(SORT, ""))

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked)

    def _valid(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def choice(label: str | StrPromise, choices: Sequence[Choice] = ()) -> forms.ChoiceField:
    """Return a filter by one of some values, or by none."""
    return forms.ChoiceField(label=label, choices=[ALL, *choices], required=False)


def country_choices(codes: Iterable[str]) -> list[Choice]:
    """Offer countries and regions by ISO 3166-1 code, each once, sorted by name in the reader's language."""
    named: list[Choice] = [(code, countries.name(code)) for code in set(codes)]
    return sorted(named, key=lambda offered: by_sound(str(offered[1])))


def page_of(rows: "QuerySet[Any] | Sequence[Any]", query: QueryDict) -> Page[Any]:
    """Return the page of a list that the query string names; the nearest one where there is no such page."""
    return Paginator(rows, ON_A_PAGE).get_page(query.get("page"))
