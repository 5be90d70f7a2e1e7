"""Reading the source cell of a tie: links, their weight, and a remark for the back office.

The cell looks like `source: URL (remark) ; URL | coords: where the coordinates come from`.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from shenyang_fao.core.enums import SourceGrade

_LINK = re.compile(r"https?://[^\s;|]+")
# Governments of either side. A host ending in .gov.cn covers the office, the city and the embassies.
_OFFICIAL = (".gov.cn", "city.kawasaki.jp", "daegu.go.kr")
# Reprints and scraped lists: they name a fact without answering for it.
_SECONDARY = ("eeju.com", "shadafang.com", "wikipedia.org", "baike.baidu.com")
_WEIGHT = list(SourceGrade)


@dataclass(frozen=True)
class Link:
    url: str
    host: str
    grade: SourceGrade


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
