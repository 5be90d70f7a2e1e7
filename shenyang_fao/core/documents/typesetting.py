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

import segno
import typst
from django.utils.translation import gettext as _

from shenyang_fao.core.documents.fonts import folders, require_printable
from shenyang_fao.core.errors import Refusal

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "typst"
BEIJING = timezone(timedelta(hours=8))
# What the templates have in common; no letter by itself.
SHARED_PART = "letterhead-"
TEMPLATE_NAME = re.compile(r"[a-z]+(-[a-z]+)*-[1-9][0-9]*")

# One compiler serves one thread at a time.
_turn = threading.Lock()


class UnknownTemplateError(Refusal):
    """No template of that name and version exists."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is no letter template “%(name)s”. Tell the administrator.") % {"name": name})


def render_pdf(template: str, payload: Mapping[str, object]) -> bytes:
    """Typeset a letter: `template` such as "invitation-table-1", `payload` as in `payload.LetterPayload`.

    Raises UnknownTemplateError, and MissingGlyphs before a box could be printed.
    """
    source = template_path(template)
    require_printable_payload(payload)
    content = {key: _composed(value) for key, value in payload.items()}
    inputs = {"payload": json.dumps(content | {"verify_qr": _qr(str(content["verify_url"]))}, ensure_ascii=False)}
    issued = datetime.fromisoformat(str(content["issued_on"])).replace(tzinfo=BEIJING)
    with _turn:
        pdf = _compiler(os.getpid()).compile(
            source, format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=issued
        )
    if not isinstance(pdf, bytes):
        raise TypeError("The typesetter gave no single file.")
    return pdf


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


def _qr(address: str) -> str:
    """The address as a QR code that still reads with 15 % of it damaged, in SVG without a border."""
    return str(segno.make(address, error="m", micro=False).svg_inline(border=0))
