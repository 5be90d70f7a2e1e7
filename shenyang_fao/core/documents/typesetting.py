"""A frozen payload and a template version become a PDF/A-2b; the same two always become the same bytes."""

import json
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from django.utils.translation import gettext as _

from shenyang_fao.core.documents.fonts import folders, require_printable
from shenyang_fao.core.errors import Refusal

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "typst"
BEIJING = timezone(timedelta(hours=8))
# What the templates have in common; no letter by itself.
SHARED_PART = "letterhead-"
QR_MASK = 3
PIXELS_AN_INCH = 110
# Two hundred invitees, a page each, take less.
BYTES_AT_MOST = 8 * 1024 * 1024
BREAK_BY_THEMSELVES = ("invitation-each-1", "invitation-table-1")
# A drawing among the texts, such as a QR code.
PICTURE = "<svg"
ZERO_WIDTH_SPACE = "\u200b"
# Nineteen and more letters in a row; between Chinese, Japanese and Korean characters a line breaks anyway.
LONG_WORD = re.compile(r"[^\s\-\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]{19,}")
TEMPLATE_NAME = re.compile(r"[a-z]+(-[a-z]+)*-[1-9][0-9]*")

# One compiler serves one thread at a time.
_turn = threading.Lock()


class TooLargeError(Refusal):
    """The typeset file is larger than a letter can be."""

    def __init__(self) -> None:
        super().__init__(_("The letter would be larger than %(limit)s MB.") % {"limit": BYTES_AT_MOST // 1024**2})


class UnknownTemplateError(Refusal):
    """No template of that name and version exists."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is no letter template “%(name)s”. Tell the administrator.") % {"name": name})


def render_pdf(template: str, payload: Mapping[str, object]) -> bytes:
    """Typeset a letter: `template` such as "invitation-table-1", `payload` as in `payload.LetterPayload`.

    Raises UnknownTemplateError, and MissingGlyphs before a box could be printed.
    """
    pdf = _typeset(template, payload, form="pdf", pdf_standards="a-2b")
    if not isinstance(pdf, bytes):
        raise TypeError("The typesetter gave no single file.")
    return pdf


def render_png(template: str, payload: Mapping[str, object]) -> bytes:
    """The first page of a letter as a picture. Raises UnknownTemplateError and MissingGlyphs."""
    pages = _typeset(template, payload, form="png", ppi=PIXELS_AN_INCH)
    return bytes(pages[0] if isinstance(pages, list) else pages)


def _typeset(template: str, payload: Mapping[str, object], *, form: Literal["pdf", "png"], **options: Any) -> Any:
    source = template_path(template)
    require_printable_payload(payload)
    inputs = {"payload": json.dumps(_content(template, payload), ensure_ascii=False)}
    issued = datetime.fromisoformat(str(payload["issued_on"])).replace(tzinfo=BEIJING)
    with _turn:
        return _compiler(os.getpid()).compile(source, format=form, sys_inputs=inputs, timestamp=issued, **options)


def require_bearable(pdf: bytes) -> None:
    """Refuse a file that is larger than any letter. Raises TooLargeError."""
    if len(pdf) > BYTES_AT_MOST:
        raise TooLargeError


def require_printable_payload(payload: Mapping[str, object]) -> None:
    """Refuse a payload that would leave a box on paper. Raises MissingGlyphs."""
    require_printable("".join(_texts(payload)))


def template_path(template: str) -> Path:
    """The file of a template. Raises UnknownTemplateError."""
    path = TEMPLATES / f"{template}.typ"
    if not TEMPLATE_NAME.fullmatch(template) or template.startswith(SHARED_PART) or not path.is_file():
        raise UnknownTemplateError(template)
    return path


@lru_cache(maxsize=1)
def _compiler(process: int) -> typst.Compiler:
    """The compiler of this process: warm it is ten times faster, and it does not survive a fork."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders()],
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def _content(template: str, payload: Mapping[str, object]) -> dict[str, object]:
    """What the template reads: the payload in composed characters, the QR code, and long words made breakable.

    The first templates break words themselves, which takes a tenth of the time of a letter.
    """
    composed = {key: _composed(value) for key, value in payload.items()}
    if template in BREAK_BY_THEMSELVES:
        return composed | _verification(payload)
    return {key: _breakable(value) for key, value in composed.items()} | _verification(payload)


def _verification(payload: Mapping[str, object]) -> dict[str, object]:
    """The address at which a letter is checked, as it is, as QR code and breakable; nothing for what is no letter."""
    address = str(payload.get("verify_url", ""))
    if not address:
        return {}
    return {"verify_url": address, "verify_qr": qr(address), "verify_shown": _breakable(address)}


def _breakable(value: Any) -> Any:
    """The value with a place to break after each character of a word too long for its cell: all is printed, nothing cut."""
    if isinstance(value, str) and not value.startswith(PICTURE):
        return LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(word.group()), value)
    if isinstance(value, dict):
        return {key: _breakable(item) for key, item in value.items()}
    return [_breakable(item) for item in value] if isinstance(value, list) else value


def _composed(value: object) -> object:
    """The value with every text in composed form: a letter and its accent are one character, as the fonts have it."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _composed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(item) for item in value]
    return value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def qr(address: str) -> str:
    """The address as a QR code that still reads with 15 % of it damaged, in SVG without a border.

    The mask is given: every reader undoes any of the eight, and to weigh them all is most of the work.
    """
    return str(segno.make(address, error="m", micro=False, mask=QR_MASK).svg_inline(border=0))
