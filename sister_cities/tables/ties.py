"""The register of ties as a table that officers bring and take away."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.tables import kinds
from shenyang_fao.core.tables.columns import Column
from shenyang_fao.core.tables.kinds import Joined
from shenyang_fao.core.tables.registry import Examiner, Table, register
from sister_cities.enums import Level, PartnerKind, TieStatus
from sister_cities.models import Partner, Tie
from sister_cities.tables.rows import TieExaminer, row_of

NAME = kinds.Text(at_most=Partner._meta.get_field("name").max_length or 0)
LONG = kinds.Text(at_most=5000)


@register
class Ties(Table):
    """One row a tie, with its partner. A partner is known by its country and its Chinese or English name."""

    model = Tie
    rights = tuple(f"sister_cities.{verb}_{model}" for model in ("tie", "partner") for verb in ("add", "change"))
    columns = (
        Column(
            "local_party",
            _("party in Shenyang"),
            kinds.Text(at_most=150),
            help=_("Name or key of the unit. Empty: Shenyang itself."),
        ),
        Column(
            "partner_kind",
            _("kind of partner"),
            kinds.Choice(PartnerKind),
            help=_("City, district or zone. Empty: as the level demands."),
        ),
        Column("name_zh", _("name in Chinese"), NAME, is_required=True),
        Column("name_en", _("name in English"), NAME, is_required=True),
        Column(
            "country",
            _("country or region"),
            kinds.Country(),
            help=_("Its name, or its code of two letters such as JP."),
            is_required=True,
        ),
        Column(
            "latitude",
            _("latitude"),
            kinds.Number(least=-90, most=90),
            help=_("In degrees, north positive; with the longitude or not at all."),
        ),
        Column(
            "longitude",
            _("longitude"),
            kinds.Number(least=-180, most=180),
            help=_("In degrees, east positive; with the latitude or not at all."),
        ),
        Column("level", _("level"), kinds.Choice(Level), help=Joined(Level.labels), is_required=True),
        Column("status", _("status"), kinds.Choice(TieStatus), help=Joined(TieStatus.labels), is_required=True),
        Column(
            "signed_on",
            _("signed on"),
            kinds.PartialDate(),
            help=_("As precisely as it is known: 1980, 1980-11 or 1980-11-18. Empty: not known or not signed."),
        ),
        Column("source", _("source"), LONG, help=_("Addresses of the pages that prove it.")),
        Column("note", _("internal note"), LONG),
        Column(
            "public",
            _("public"),
            kinds.YesNo(),
            help=_("Yes or no; only what is signed and names a source can be public."),
            default="no",
        ),
    )

    def examiner(self, *, lock: bool) -> Examiner:
        return TieExaminer(self.columns, lock=lock)

    def records(self, queryset: Any) -> Iterator[dict[str, Any]]:
        for tie in queryset.select_related("local", "partner").iterator():
            yield row_of(tie)
