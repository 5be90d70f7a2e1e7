"""The fonts of the letters, which come with the project, and what they can print."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import fontpkg_noto_serif
import pylopdf_fonts_jp
import pylopdf_fonts_ko
import pylopdf_fonts_zh_cn
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from shenyang_fao.core.errors import Refusal

LATIN = fontpkg_noto_serif.ROOT / "files" / "NotoSerif[wdth,wght].ttf"
# The order in which a character is looked for; the templates name the same families in the same order.
CHAIN: tuple[Path, ...] = (
    LATIN,
    pylopdf_fonts_zh_cn.serif_path(),
    pylopdf_fonts_ko.serif_path(),
    pylopdf_fonts_jp.serif_path(),
)
# Controls, formats such as bidirectional overrides, private use, unassigned: nothing that belongs in a name.
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class MissingGlyphs(Refusal):
    """The text holds characters that no font of the letters has; `characters` lists them once each."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = list(characters)
        shown = ", ".join(_shown(character) for character in self.characters)
        super().__init__(_("The letter cannot print these characters: %(characters)s.") % {"characters": shown})


def folders() -> list[Path]:
    """Where the typesetter finds the font files."""
    return [path.parent for path in CHAIN]


def missing_glyphs(text: str) -> list[str]:
    """The characters of the text that cannot be printed, once each, in the order they come."""
    composed = unicodedata.normalize("NFC", text)
    return [character for character in dict.fromkeys(composed) if not _is_printable(character)]


def require_printable(text: str) -> None:
    """Refuse a text that would leave a box on paper. Raises MissingGlyphs."""
    missing = missing_glyphs(text)
    if missing:
        raise MissingGlyphs(missing)


def _is_printable(character: str) -> bool:
    if character in " \n\t\u00a0\u3000":
        return True
    return unicodedata.category(character) not in UNPRINTABLE and ord(character) in _covered()


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """Every code point that some font of the chain has."""
    found: set[int] = set()
    for path in CHAIN:
        with TTFont(path, lazy=True) as font:
            # Any names will do: the real ones would unpack the outlines of every glyph, some 50 MB.
            font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
            found.update(font.getBestCmap() or {})
    return frozenset(found)


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if character.isprintable() else code
