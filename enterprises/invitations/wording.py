"""What stands between the braces of a letter's texts: a closed list, checked when written, filled when frozen.

A text is never run and never typeset as code. Its placeholders are found by one pattern, and what comes out is plain data:
words, dates, and in a specimen the names of values that are missing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enterprises.invitations.enums import Layout
from shenyang_fao.core.bilingual import pair
from shenyang_fao.core.documents.fonts import missing_glyphs
from shenyang_fao.core.documents.payload import Part, Texts, Words
from shenyang_fao.core.errors import Refusal

Facts = Mapping[str, Any]
LANGUAGES = ("zh", "en")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s\u2e80-\uffef]+|[\w.+-]+@[\w.-]+|"
    r"(?<![a-z0-9-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![a-z0-9-])(?:/[^\s\u2e80-\uffef]*)?",
    re.IGNORECASE | re.ASCII,
)
# The longest text a letter may carry once its placeholders are filled: no letter grows to a book.
FILLED_AT_MOST = 6000
USES_AT_MOST = 20


@dataclass(frozen=True)
class Placeholder:
    """A value that officers may name in a text: what it is called, and how it is read from a letter's content."""

    title: LazyText
    read: Callable[[Facts, str], str]
    is_date: bool = False


@dataclass(frozen=True)
class Block:
    """A text of the letter: its column, how long it may be in each language, and what it must not leave out."""

    name: str
    at_most: Mapping[str, int]
    required: frozenset[str] = frozenset()
    has_placeholders: bool = True


BLOCKS = (
    Block("title", {"zh": 30, "en": 120}, has_placeholders=False),
    Block("opening", {"zh": 400, "en": 1000}, frozenset({"company", "arrival", "departure"})),
    Block("undertaking", {"zh": 400, "en": 1200}, frozenset({"lapses"})),
    Block("note", {"zh": 300, "en": 800}),
)


def _persons(facts: Facts, language: str) -> str:
    count = _on_a_page(facts)
    if not count:
        return ""
    return in_language(lambda: ngettext("person", "%(count)s persons", count) % {"count": count}, language)


def _applications(facts: Facts, language: str) -> str:
    count = _on_a_page(facts)
    return in_language(lambda: ngettext("the visa application", "their visa applications", count), language)


def in_language(read: Callable[[], str], language: str) -> str:
    """Return what a function says in one of the letter's languages."""
    return str(dict(pair(read))[language])


def _on_a_page(facts: Facts) -> int:
    """How many people a page of the letter is about."""
    return 1 if facts["layout"] == Layout.EACH else len(facts["invitees"])


def _pair(*path: str) -> Callable[[Facts, str], str]:
    def read(facts: Facts, language: str) -> str:
        return str(_found(facts, path)[language])

    return read


def _plain(*path: str) -> Callable[[Facts, str], str]:
    def read(facts: Facts, language: str) -> str:
        return str(_found(facts, path) or "")

    return read


def _found(facts: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        facts = facts[name]
    return facts


PLACEHOLDERS: dict[str, Placeholder] = {
    "company": Placeholder(gettext_lazy("name of the inviting company"), _pair("company", "name")),
    "persons": Placeholder(gettext_lazy("number of persons, in words of the language"), _persons),
    "applications": Placeholder(gettext_lazy("“the visa application” or “their visa applications”"), _applications),
    "arrival": Placeholder(gettext_lazy("day of arrival"), _plain("visit", "arrival_on"), is_date=True),
    "departure": Placeholder(gettext_lazy("day of departure"), _plain("visit", "departure_on"), is_date=True),
    "stay_days": Placeholder(gettext_lazy("days of stay, a number"), _plain("visit", "stay_days")),
    "lapses": Placeholder(gettext_lazy("last day to apply for the visa"), _plain("lapses_on"), is_date=True),
    "issued": Placeholder(gettext_lazy("day of issue"), _plain("issued_on"), is_date=True),
    "number": Placeholder(gettext_lazy("number of the letter"), _plain("number")),
    "office": Placeholder(gettext_lazy("name of the office"), _pair("office")),
    "reason": Placeholder(gettext_lazy("purpose of the visit"), _pair("visit", "reason")),
    "relation": Placeholder(gettext_lazy("relation between the two sides"), _pair("visit", "relation")),
    "places": Placeholder(gettext_lazy("places to visit"), _pair("visit", "places")),
    "payer": Placeholder(gettext_lazy("who pays stay and medical costs"), _pair("visit", "payer")),
    "visa": Placeholder(gettext_lazy("visa class"), _pair("visa")),
    "entries": Placeholder(gettext_lazy("entries"), _pair("entries")),
}


class MissingValue(Refusal):
    """A letter cannot be made because its text names a value that is not there."""

    def __init__(self, names: list[str]) -> None:
        message = _("The letter's text needs values that are missing: %(names)s.")
        super().__init__(message % {"names": _braced(names)})


def faults_of(block: Block, language: str, text: str) -> list[str]:
    """Return what is wrong with a text, a sentence for each thing, in the reader's language."""
    return [*_faults_of_length(block, language, text), *_faults_of_placeholders(block, text), *_faults_of_content(text)]


def fill(texts: Mapping[str, Mapping[str, str]], facts: Facts) -> Texts:
    """Return the texts with their placeholders filled; what is missing is named in its place.

    Raises Refusal when a text grows longer than a letter can carry.
    """
    filled = {block.name: _words(texts[block.name], facts) for block in BLOCKS if block.has_placeholders}
    if any(sum(len(part["value"]) for part in parts) > FILLED_AT_MOST for parts in _each(filled)):
        raise Refusal(_("A text of the letter would be longer than %(most)s characters.") % {"most": FILLED_AT_MOST})
    return cast(Texts, filled)


def missing_in(texts: Texts) -> list[str]:
    """Return the names of the values that are missing, once each."""
    named = [part["value"] for parts in _each(texts) for part in parts if part["kind"] == "missing"]
    return list(dict.fromkeys(named))


def _words(text: Mapping[str, str], facts: Facts) -> Words:
    return cast(Words, {language: _parts(text[language], facts, language) for language in LANGUAGES})


def _each(texts: Any) -> Iterator[list[Part]]:
    return (words[language] for words in texts.values() for language in LANGUAGES)


def _parts(text: str, facts: Facts, language: str) -> list[Part]:
    parts: list[Part] = []
    for index, piece in enumerate(PLACEHOLDER.split(text.strip())):
        part: Part = _value(piece, facts, language) if index % 2 else {"kind": "text", "value": piece}
        if part["value"]:
            parts.append(part)
    return parts


def _value(name: str, facts: Facts, language: str) -> Part:
    placeholder = PLACEHOLDERS.get(name)
    value = placeholder.read(facts, language) if placeholder else ""
    if placeholder is None or not value:
        return {"kind": "missing", "value": name or "?"}
    return {"kind": "date" if placeholder.is_date else "text", "value": value}


def _faults_of_length(block: Block, language: str, text: str) -> list[str]:
    most = block.at_most[language]
    if len(text) <= most:
        return []
    return [_("At most %(most)s characters; there are %(count)s.") % {"most": most, "count": len(text)}]


def _faults_of_placeholders(block: Block, text: str) -> list[str]:
    names = PLACEHOLDER.findall(text)
    if not block.has_placeholders:
        return [_("No placeholders can stand here.")] if names or "{" in text or "}" in text else []
    unknown = [name for name in dict.fromkeys(names) if name not in PLACEHOLDERS]
    faults = [_("{%(name)s} is no known placeholder.") % {"name": name} for name in unknown]
    if any(brace in PLACEHOLDER.sub("", text) for brace in "{}"):
        faults.append(_("A brace stands alone. Placeholders are written as {company}."))
    if text and block.required - set(names):
        lacking = _braced(sorted(block.required - set(names)))
        faults.append(_("These placeholders are missing: %(names)s.") % {"names": lacking})
    if len(names) > USES_AT_MOST:
        faults.append(_("At most %(most)s placeholders can stand in one text.") % {"most": USES_AT_MOST})
    return faults


def _faults_of_content(text: str) -> list[str]:
    own = urlsplit(settings.SITE_URL).netloc.lower()
    outside = [found.group() for found in ADDRESS.finditer(text) if _host(found.group()) != own]
    faults = [_("Outside addresses cannot stand in a letter: %(address)s.") % {"address": found} for found in outside]
    if unprintable := missing_glyphs(text):
        shown = ", ".join(f"U+{ord(character):04X}" for character in unprintable)
        faults.append(_("The letter cannot print these characters: %(characters)s.") % {"characters": shown})
    return faults


def _host(address: str) -> str:
    """Return the host of an address of the web; that of anything else is no portal's."""
    address = address.rstrip(".,;:!?)")
    scheme, _colon, _rest = address.rpartition("://")
    if scheme.lower() not in ("", "http", "https"):
        return ""
    return urlsplit(address if scheme else f"//{address}").netloc.lower()


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
