"""What the public reads of programmes, plans and counterpart links: never objectives, officers, contacts or notes."""

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.directory import Choice, Filters, choice, country_choices
from shenyang_fao.core.figures import Figure, beside
from sister_cities.enums import Level, LinkKind
from sister_cities.models import CounterpartLink, Partner, Plan, Tie

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


def plan_figures() -> list[Figure]:
    """Return the published figures of the action plan."""
    return beside(dict.fromkeys(FIGURES))


def place_ties() -> list[Tie]:
    """Return the public ties of the districts and zones, with both parties."""
    return list(Tie.objects.public().filter(level__in=PLACES).select_related("local", "partner").by_rank())


class LinkFilters(Filters):
    """Filters by kind and country."""

    kind = choice(_("Kind"), LinkKind.choices)
    country = choice(_("Country or region"))

    def links(self) -> list[CounterpartLink]:
        """Return the public links asked for, by kind, each kind in the order in which the kinds are declared."""
        return sorted(public_links().filter(**self.asked), key=lambda link: LinkKind.values.index(link.kind))


def countries_linked() -> list[Choice]:
    """Return the countries of the public links."""
    return country_choices(CounterpartLink.objects.public().order_by().values_list("country", flat=True).distinct())
