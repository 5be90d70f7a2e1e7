"""What this app itself brings to a partner's page.

Reads what the page has fetched with the partner, so it looks at ``is_public`` here and asks for nothing twice.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shenyang_fao.core.dates import Precision
from shenyang_fao.core.sources import Sourced
from sister_cities import plan_panels, registry  # noqa: F401 - plan_panels registers its sections
from sister_cities.models import Partner, Tie

R = TypeVar("R", bound=Sourced)


@registry.entries
def signings(partner: Partner) -> Iterator[registry.Entry]:
    """The ties and the agreements under them."""
    for tie in _public(partner.ties.all()):
        if tie.signed_on:
            yield _entry(tie, _signing_title(tie), gettext_lazy("ties"), tie.signed_on, tie.signed_precision)
        for paper in _public(tie.agreements.all()):
            yield _entry(paper, paper.name, paper.get_kind_display(), paper.signed_on, paper.signed_precision)


@registry.entries
def awards(partner: Partner) -> Iterator[registry.Entry]:
    """The dated awards; those without a date stand in their own section alone."""
    for award in _public(partner.awards.all()):
        if award.awarded_on:
            yield _entry(award, award.name, gettext_lazy("award"), award.awarded_on, award.awarded_precision)


@registry.entries
def exchanges(partner: Partner) -> Iterator[registry.Entry]:
    """The documented exchanges."""
    kind = gettext_lazy("exchange")
    for exchange in _public(partner.exchanges.all()):
        yield _entry(exchange, exchange.name, kind, exchange.happened_on, exchange.happened_precision)


@registry.entries
def editions(partner: Partner) -> Iterator[registry.Entry]:
    """The editions of the photo and film exchange in which it took part."""
    kind = gettext_lazy("photo and film exchange")
    for edition in _public(partner.editions.all()):
        year = date(edition.year, 1, 1)
        yield _entry(edition, edition.name, kind, year, Precision.YEAR, url=edition.get_absolute_url())


def _public(records: Iterable[R]) -> list[R]:
    return [record for record in records if record.is_public]


def _signing_title(tie: Tie) -> str:
    names = {"local": tie.local.name, "partner": tie.partner.name, "level": tie.get_level_display()}
    return _("%(local)s and %(partner)s establish ties: %(level)s") % names


def _entry(
    record: Sourced, title: str, kind: str | LazyText, on: date | None, precision: str, *, url: str = ""
) -> registry.Entry:
    return registry.Entry(
        happened_on=on,
        precision=precision,
        title=title,
        kind=kind,
        url=url,
        links=record.links,
        source_remark=record.source_remark,
        is_to_be_confirmed=record.is_to_be_confirmed,
    )
