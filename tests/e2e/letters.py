"""What a sceptic finds in a letter with other tools than those that made it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

import pypdfium2
import zxingcpp
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connections
from PIL.Image import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from shenyang_fao.core.documents.certificates import trust_anchors

DPI = 200
P, T = ParamSpec("P"), TypeVar("T")


def off_the_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call what starts an event loop of its own: Playwright keeps one in the thread of the tests."""

    def call() -> T:
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def validate(path: Path) -> PdfSignatureStatus:
    """Judge the only signature of a letter with pyHanko's own reader, as `pdfsig` would."""
    roots = [x509.Certificate.load(anchor.public_bytes(Encoding.DER)) for anchor in trust_anchors()]
    with path.open("rb") as file:
        [signature] = PdfFileReader(file).embedded_signatures
        return validate_pdf_signature(signature, ValidationContext(trust_roots=roots, allow_fetching=False))


def text_of(path: Path) -> str:
    """All words in the order of reading, with one space between them wherever a line ends."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def qr_code_of(path: Path) -> str:
    """What a telephone reads off the page that carries the code."""
    [code] = [code for page in pictures_of(path) for code in zxingcpp.read_barcodes(page)]
    return code.text


def pictures_of(path: Path) -> list[Image]:
    """The pages as they are seen."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]


def with_one_byte_changed(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    changed = path.with_name("changed.pdf")
    changed.write_bytes(content)
    return changed
