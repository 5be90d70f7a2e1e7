"""Checked rows become partners, ties and steps of their history, many at a time; the audit trail sees every row."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import override

from shenyang_fao.core.actors import Actor
from shenyang_fao.core.tables.registry import Tell
from sister_cities.actions.ties import is_signing
from sister_cities.clocks import zone_of
from sister_cities.enums import TieStatus
from sister_cities.models import TAKEN_SLUGS, Partner, Tie, TieStep
from sister_cities.tables.partners import ATTRIBUTES, Known, Meant

AT_ONCE = 500
TIE_COLUMNS = ("status", "signed_on", "signed_precision", "source", "source_grade", "note", "is_public")
# The column without a language repeats the default one.
PARTNER_COLUMNS = (*ATTRIBUTES, "name")


def write_ties(rows: Sequence[Meant], *, by: Actor, tell: Tell) -> None:
    """Write what the rows mean, telling how many are done."""
    taken = {*Partner.objects.values_list("slug", flat=True), *TAKEN_SLUGS}
    # The column without a language takes the text of the language that is active.
    with override(settings.LANGUAGE_CODE):
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            _write_partners([row.known for row in some], taken)
            _write_ties(some, by=by)
            tell(start + len(some))


def _write_partners(partners: Sequence[Known], taken: set[str]) -> None:
    waiting = list({id(known): known for known in partners if not known.is_written}.values())
    new = [known.now for known in waiting if known.was is None]
    for partner in new:
        partner.slug = _free_slug(partner, taken)
        partner.time_zone = zone_of(partner.country.code, partner.latitude, partner.longitude)
    Partner.objects.bulk_create(new)
    _update(Partner, [known.now for known in waiting if known.is_changed], PARTNER_COLUMNS)
    for known in waiting:
        known.is_written = True


def _write_ties(rows: Sequence[Meant], *, by: Actor) -> None:
    for row in rows:
        # Several rows may mean one new partner, which has its number only now.
        row.tie.partner = row.known.now
    steps = [_step(row, by) for row in rows if row.before is None or row.before.status != row.tie.status]
    Tie.objects.bulk_create([row.tie for row in rows if row.before is None])
    _update(Tie, [row.tie for row in rows if row.before], TIE_COLUMNS)
    for step in steps:
        step.tie_id = step.tie.pk
    TieStep.objects.bulk_create(steps)


def _step(row: Meant, by: Actor) -> TieStep:
    """Return the step of the history: a signature happened on its day, of other changes the file says no day."""
    tie = row.tie
    step = TieStep(tie=tie, status=tie.status, by=by)  # type: ignore[misc]
    if row.before is None or is_signing(row.before, TieStatus(tie.status)):
        step.happened_on, step.happened_precision = tie.signed_on, tie.signed_precision
    return step


def _update(model: Any, records: Sequence[Any], columns: Sequence[str]) -> None:
    """Write some columns of many records; a plain queryset, for that of two languages puts one column for another."""
    QuerySet(model).bulk_update(records, columns, batch_size=AT_ONCE)


def _free_slug(partner: Any, taken: set[str]) -> str:
    """Return an address that nobody has: the name, with the country and then a number if it has to be."""
    room = Partner._meta.get_field("slug").max_length or 0
    name, country = slugify(partner.name_en)[: room - 10], partner.country.code.lower()
    candidates = (slug for slug in (name, f"{name}-{country}".strip("-")) if slug)
    numbered = (f"{name or country}-{country}-{number}" for number in count(2))
    slug = next(slug for group in (candidates, numbered) for slug in group if slug not in taken)
    taken.add(slug)
    return slug
