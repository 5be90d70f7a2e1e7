"""How ties look to officers: words first, a colour that repeats them."""

from django.utils.safestring import SafeString

from shenyang_fao.core.admin_base import tag
from shenyang_fao.core.admin_tags import grade, public
from sister_cities.enums import Level, TieStatus

__all__ = ["grade", "level", "public", "tie_status"]

STATUS_TONES = {
    TieStatus.PROPOSED: "info",
    TieStatus.UNDER_APPROVAL: "info",
    TieStatus.SIGNED: "ok",
    TieStatus.DORMANT: "warn",
    TieStatus.ENDED: "plain",
}


def tie_status(status: str) -> SafeString:
    known = TieStatus(status)
    return tag(known.label, STATUS_TONES[known])


def level(value: str) -> SafeString:
    known = Level(value)
    return tag(known.label, "warn" if known == Level.UNCLEAR else "plain")
