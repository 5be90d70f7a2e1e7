"""How sourced records look to officers: words first, a colour that repeats them."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shenyang_fao.core.admin_base import tag
from shenyang_fao.core.enums import SourceGrade

GRADE_TONES = {SourceGrade.OFFICIAL: "ok", SourceGrade.PRESS: "plain", SourceGrade.SECONDARY: "warn"}


def grade(record: Any) -> SafeString:
    """The weight of a record's source; a record without any says so."""
    if not record.source or not record.source_grade:
        return tag(_("no source"), "stop")
    known = SourceGrade(record.source_grade)
    return tag(_("to be confirmed") if known == SourceGrade.SECONDARY else known.label, GRADE_TONES[known])


def public(record: Any) -> SafeString:
    return tag(_("public"), "ok") if record.is_public else tag(_("not public"))
