"""Where a record comes from: links, their weight, a remark for the back office, and the rule that nothing unsourced is public.

The cell looks like `source: URL (remark) ; URL | coords: where the coordinates come from`.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.enums import SourceGrade

_LINK = re.compile(r"https?://[^\s;|]+")
# Governments of either side, and a linked institution's own site. Under .gov.cn are the office, the city and the embassies.
_OFFICIAL = (".gov.cn", ".go.kr", "city.kawasaki.jp", "city.sapporo.jp", "greifswald.de", "qub.ac.uk")
# Reprints and scraped lists: they name a fact without answering for it.
_SECONDARY = ("eeju.com", "shadafang.com", "baogaosu.com", "wikipedia.org", "baike.baidu.com")
_WEIGHT = list(SourceGrade)


@dataclass(frozen=True)
class Link:
    url: str
    host: str
    grade: SourceGrade


class Sourced(models.Model):
    """A record that names its source; only then may it be public (domain.md, section 2).

    A child's ``Meta`` extends this one and adds its own constraints to ``SOURCED``.
    """

    source = models.TextField(_("source"), blank=True)
    source_grade = models.CharField(_("weight of the source"), max_length=10, choices=SourceGrade, blank=True)
    note = models.TextField(_("internal note"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)

    class Meta:
        abstract = True

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.source_grade == SourceGrade.SECONDARY

    @cached_property
    def links(self) -> list["Link"]:
        return links(self.source)

    @property
    def source_remark(self) -> str:
        return remark(self.source)


# The constraint of every sourced record; Django fills in the names.
SOURCED: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(is_public=False) | (~Q(source="") & Q(source_grade__in=SourceGrade.values)),
        name="%(class)s_public_has_source",
        violation_error_message=_("A record without a source and its weight stays unpublished."),
    )
]


def links(text: str) -> list[Link]:
    """Return every link of a source cell in its order, each with its grade."""
    return [_link(url) for url in _LINK.findall(_before_coordinates(text))]


def remark(text: str) -> str:
    """Return what the cell says beside its links, for officers only: it quotes ordinals that pages disagree on."""
    rest = _LINK.sub("", _before_coordinates(text).removeprefix("source:"))
    return " ".join(rest.replace(";", " ").split())


def best_grade(text: str) -> SourceGrade:
    """Return the weight of the best link; without any link a source stays to be confirmed."""
    grades = [link.grade for link in links(text)]
    return min(grades, key=_WEIGHT.index, default=SourceGrade.SECONDARY)


def _before_coordinates(text: str) -> str:
    return text.partition("| coords:")[0].strip()


def _link(url: str) -> Link:
    host = urlsplit(url).hostname or ""
    return Link(url=url, host=host.removeprefix("www."), grade=_grade(host))


def _grade(host: str) -> SourceGrade:
    if any(_belongs(host, domain) for domain in _OFFICIAL):
        return SourceGrade.OFFICIAL
    if any(_belongs(host, domain) for domain in _SECONDARY):
        return SourceGrade.SECONDARY
    return SourceGrade.PRESS


def _belongs(host: str, domain: str) -> bool:
    return f".{host}".endswith(f".{domain.removeprefix('.')}")
