"""The translation catalogues without gettext's programs: kept in step with the sources, checked, compiled.

`locale/<locale>/LC_MESSAGES/django.po` is read and written by polib; strings come from `core.catalogue_sources`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from shenyang_fao.core.catalogue_sources import ROOT, Message, collect

LOCALES = ROOT / "locale"
# `%(name)s`, `%s` and `{name}`: what is filled in must be the same in every language; `%%` is a plain per cent sign.
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
HEADER = {
    "Project-Id-Version": "shenyang-fao",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def catalogue_files() -> list[Path]:
    """Every catalogue, a file for each language but English, whose words are the keys."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))


def compile_all() -> list[Path]:
    """Write the .mo files that are older than their catalogue; returns the ones written."""
    written = []
    for path in catalogue_files():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            # Written beside and renamed: another process may be reading.
            draft = compiled.with_suffix(".mo.new")
            polib.pofile(str(path)).save_as_mofile(str(draft))
            draft.replace(compiled)
            written.append(compiled)
    return written


def update(path: Path, translations: Mapping[str, str | list[str]] | None = None) -> int:
    """Write the catalogue anew from the sources, sorted, keeping what is translated; returns how many still miss.

    `translations` goes before what is there: {"msgid": "text"}, {"context\\x04msgid": "text"}, a list for plurals.
    """
    known = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {"Language": path.parents[1].name, **HEADER}
    for message in collect():
        given = (translations or {}).get(message.key)
        catalogue.append(_entry(message, given or _kept(known.get(message.key))))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return len(catalogue.untranslated_entries())


def problems(path: Path) -> Iterator[str]:
    """One line for each string that is missing, empty, unsure, no longer used, or fills in something else."""
    wanted = {message.key: message for message in collect()}
    catalogue = polib.pofile(str(path))
    entries = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    yield from (f"missing: {_show(key)}" for key in wanted if key not in entries)
    yield from (f"no longer used: {_show(key)}" for key in entries if key not in wanted)
    for key, entry in entries.items():
        yield from (f"{fault}: {_show(key)}" for fault in _faults(entry))


def _faults(entry: polib.POEntry) -> Iterator[str]:
    texts = _kept(entry)
    if entry.fuzzy:
        yield "unsure (fuzzy)"
    if not texts or not all(texts):
        yield "not translated"
    elif any(_placeholders(text) != _placeholders(entry.msgid_plural or entry.msgid) for text in texts):
        yield "fills in something else"


def _placeholders(text: str) -> list[str]:
    return sorted(found for found in PLACEHOLDER.findall(text) if found != "%%")


def _entry(message: Message, texts: str | list[str]) -> polib.POEntry:
    texts = [texts] if isinstance(texts, str) else texts
    entry = polib.POEntry(msgctxt=message.context or None, msgid=message.text, comment=message.comment)
    entry.occurrences = [(file, "") for file in message.files]
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(enumerate(texts or [""]))
    else:
        entry.msgstr = texts[0] if texts else ""
    return entry


def _kept(entry: polib.POEntry | None) -> list[str]:
    if entry is None:
        return []
    return list(entry.msgstr_plural.values()) if entry.msgstr_plural else [entry.msgstr]


def _key(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def _show(key: str) -> str:
    return repr(key.replace("\x04", " | "))
