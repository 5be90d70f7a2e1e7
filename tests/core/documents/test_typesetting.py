"""What a letter prints, and what it refuses to print."""

import hashlib
import re
import subprocess
import sys
import unicodedata

import pypdfium2
import pytest
import zxingcpp

from shenyang_fao.core.documents.fonts import MissingGlyphs
from shenyang_fao.core.documents.typesetting import UnknownTemplateError, render_pdf
from tests.core.documents.samples import sample_payload

TEMPLATES = ["invitation-table-1", "invitation-each-1", "invitation-table-2", "invitation-each-2"]
OTHER_PROCESS = """
import hashlib
from shenyang_fao.core.documents.typesetting import render_pdf
from tests.core.documents.samples import sample_payload
print(hashlib.sha256(render_pdf("invitation-table-2", sample_payload())).hexdigest())
"""


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its line breaks and break opportunities taken out."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"[\s\u200b\ufffe]+", "", text) for text in texts]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def qr_of(pdf: bytes, page: int) -> str:
    """What a telephone reads off the printed page."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=3).to_pil()
    return zxingcpp.read_barcodes(picture)[0].text


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_name_is_in_the_text(template):
    payload = sample_payload(template=template)

    text = "".join(pages(render_pdf(template, payload)))

    for person in payload["invitees"]:
        for part in (person["surname"], person["given_names"], person["native_name"], person["passport_number"]):
            assert squeezed(part) in text


@pytest.mark.parametrize(
    ("template", "count"),
    [("invitation-table-1", 1), ("invitation-each-1", 5), ("invitation-table-2", 1), ("invitation-each-2", 5)],
)
def test_pages_of_a_letter(template, count):
    letter = pages(render_pdf(template, sample_payload(count, template=template)))

    assert len(letter) == count
    assert all("SYFAO-INV-2026-000001" in page for page in letter)
    assert f"Page{count}of{count}" in letter[-1]


def test_two_hundred_invitees_are_all_listed():
    payload = sample_payload(200)

    text = "".join(pages(render_pdf("invitation-table-2", payload)))

    assert text.count("Suharto") == 40
    assert text.count("Passport,expiry") > 10


@pytest.mark.parametrize("template", TEMPLATES)
def test_qr_code_leads_to_the_verification_page(template):
    payload = sample_payload(1, template=template)

    assert qr_of(render_pdf(template, payload), page=0) == payload["verify_url"]


def test_file_says_it_is_pdf_a_2b():
    pdf = render_pdf("invitation-table-2", sample_payload())

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


@pytest.mark.parametrize("template", TEMPLATES)
def test_same_payload_gives_the_same_bytes(template):
    payload = sample_payload(template=template)

    assert render_pdf(template, payload) == render_pdf(template, payload)


def test_another_process_gives_the_same_bytes():
    here = hashlib.sha256(render_pdf("invitation-table-2", sample_payload())).hexdigest()

    there = subprocess.run([sys.executable, "-c", OTHER_PROCESS], capture_output=True, text=True, check=True)

    assert there.stdout.strip() == here


def test_decomposed_name_is_printed_composed():
    payload = sample_payload(1)
    payload["invitees"][0]["surname"] = unicodedata.normalize("NFD", "Größmann")

    assert "Größmann" in pages(render_pdf("invitation-table-2", payload))[0]


def test_missing_glyph_is_refused():
    payload = sample_payload(1)
    payload["invitees"][0]["native_name"] = "สมชาย"

    with pytest.raises(MissingGlyphs) as refused:
        render_pdf("invitation-table-2", payload)

    assert refused.value.characters == ["ส", "ม", "ช", "า", "ย"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_long_words_stay_on_the_page(template):
    payload = sample_payload(1, template=template)
    payload["invitees"][0] |= {"surname": "W" * 60, "employer": "Donaudampfschiff" * 12, "job_title": "M" * 120}

    with pypdfium2.PdfDocument(render_pdf(template, payload)) as document:
        page = document[0]
        text = page.get_textpage()
        right = max(text.get_charbox(index)[2] for index in range(text.count_chars()))
        assert right <= page.get_width() - 55


def test_markup_in_a_name_is_only_text():
    payload = sample_payload(1)
    payload["invitees"][0]["given_names"] = "#panic() *A* $x$"

    assert "#panic()*A*$x$" in pages(render_pdf("invitation-table-2", payload))[0]


def test_banner_only_on_demonstrations():
    payload = sample_payload(1)
    shown = pages(render_pdf("invitation-table-2", payload))[0]
    payload["demonstration"] = False

    hidden = pages(render_pdf("invitation-table-2", payload))[0]

    assert "演示样张·无效" in shown
    assert "演示样张" not in hidden


@pytest.mark.parametrize("name", ["invitation-table-9", "../invitation-table-1", "letterhead", ""])
def test_unknown_template_is_refused(name):
    with pytest.raises(UnknownTemplateError):
        render_pdf(name, sample_payload(1))
