"""What the public reads of programmes, plans and counterpart links: never objectives, officers, contacts or notes."""

from typing import Any, cast

from django import forms
from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.models import PublishedFigure
from sister_cities.enums import Level, LinkKind
from sister_cities.forms import country_choices
from sister_cities.models import CounterpartLink, Partner, Plan, Tie

_ALL = ("", _("All"))
# The keys of achievements.csv that tell of the three-year action plan, in the order in which they are read.
FIGURES = ("plan_start_year", "plan_end_year", "plan_length_years")
PLACES = (Level.DISTRICT, Level.ZONE)


def public_plans() -> QuerySet[Plan]:
    """Return the published plans with the counts of their actions; those of a programme as a whole come first."""
    found = Plan.objects.public().with_counts().select_related("programme").defer("objectives_zh_hans", "objectives_en")
    with_partner = found.prefetch_related(Prefetch("partner", Partner.objects.with_page()))
    newest_first = F("programme__first_year").desc(nulls_last=True)
    return with_partner.order_by(newest_first, "programme__slug", F("partner__slug").asc(nulls_first=True))


def public_links() -> QuerySet[CounterpartLink]:
    """Return the public links with both parties."""
    found = CounterpartLink.objects.public().select_related("local").defer("contacts", "note")
    return found.prefetch_related(Prefetch("partner", Partner.objects.with_page())).order_by("pk")


def plan_figures() -> list[PublishedFigure]:
    """Return the published figures of the action plan."""
    found = PublishedFigure.objects.in_bulk(FIGURES, field_name="key")
    return [found[key] for key in FIGURES if key in found]


def place_ties() -> list[Tie]:
    """Return the public ties of the districts and zones, with both parties."""
    return list(Tie.objects.public().filter(level__in=PLACES).select_related("local", "partner").by_rank())


class LinksForm(forms.Form):
    """Filters by kind and country; a value that does not exist filters nothing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[_ALL, *LinkKind.choices], required=False)
    country = forms.ChoiceField(label=_("Country or region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = CounterpartLink.objects.public().order_by().values_list("country", flat=True).distinct()
        cast(forms.ChoiceField, self.fields["country"]).choices = [_ALL, *country_choices(codes)]

    @property
    def is_filtered(self) -> bool:
        return any(self._asked().values())

    def links(self) -> list[CounterpartLink]:
        """Return the public links asked for, by kind, each kind in the order in which the kinds are declared."""
        asked = {name: value for name, value in self._asked().items() if value}
        return sorted(public_links().filter(**asked), key=lambda link: LinkKind.values.index(link.kind))

    def _asked(self) -> dict[str, str]:
        self.is_valid()
        return self.cleaned_data
