"""How ties look to officers: words first, a colour that repeats them."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shenyang_fao.core.admin_base import tag
from shenyang_fao.core.enums import SourceGrade
from sister_cities.enums import Level, TieStatus

STATUS_TONES = {
    TieStatus.PROPOSED: "info",
    TieStatus.UNDER_APPROVAL: "info",
    TieStatus.SIGNED: "ok",
    TieStatus.DORMANT: "warn",
    TieStatus.ENDED: "plain",
}
GRADE_TONES = {SourceGrade.OFFICIAL: "ok", SourceGrade.PRESS: "plain", SourceGrade.SECONDARY: "warn"}


def tie_status(status: str) -> SafeString:
    known = TieStatus(status)
    return tag(known.label, STATUS_TONES[known])


def level(value: str) -> SafeString:
    known = Level(value)
    return tag(known.label, "warn" if known == Level.UNCLEAR else "plain")


def grade(record: Any) -> SafeString:
    """The weight of a record's source; a record without any says so."""
    if not record.source or not record.source_grade:
        return tag(_("no source"), "stop")
    known = SourceGrade(record.source_grade)
    return tag(_("to be confirmed") if known == SourceGrade.SECONDARY else known.label, GRADE_TONES[known])


def public(record: Any) -> SafeString:
    return tag(_("public"), "ok") if record.is_public else tag(_("not public"))
