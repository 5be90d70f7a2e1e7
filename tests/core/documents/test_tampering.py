"""A thousand files with one byte changed, and every kind of later edit: none of them counts as the office's letter."""

from io import BytesIO
from random import Random

import pytest
from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from shenyang_fao.core.documents.inspection import find_signature, inspect_signature
from shenyang_fao.core.documents.signing import sign_pdf
from shenyang_fao.core.documents.typesetting import render_pdf
from tests.core.documents.samples import sample_payload

FILES = 1000
SEED = 20261123


@pytest.fixture(scope="module")
def unsigned():
    return render_pdf("invitation-table-2", sample_payload(1))


@pytest.fixture
def signed(settings, tmp_path, unsigned):
    settings.SIGNING_P12 = settings.SIGNING_TRUST_ROOTS = settings.SIGNING_TSA_URL = settings.SIGNING_LTV_ROOTS = ""
    settings.EMBEDDED, settings.DATA_DIR = True, tmp_path
    return sign_pdf(unsigned, reason="Test", number="L-1")


def updated(pdf: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def set_language(writer):
    writer.root["/Lang"] = generic.pdf_string("xx")
    writer.update_root()


def add_annotation(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject({generic.NameObject("/Type"): generic.NameObject("/Annot")})
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def draw_over(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
    writer.update_container(page)


def drop_pages(writer):
    writer.root["/Pages"]["/Count"] = generic.NumberObject(0)
    writer.update_container(writer.root["/Pages"])


def add_field(writer):
    fields.append_signature_field(writer, fields.SigFieldSpec("Another"))


@pytest.mark.parametrize("change", [set_language, add_annotation, draw_over, drop_pages, add_field])
def test_an_incremental_update_is_noticed(signed, change):
    report = inspect_signature(updated(signed, change))

    assert (report.is_sound, report.whole_file) == (False, False)


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\0", b"%%EOF", b"\n%%EOF\n", b"<!-- -->"])
def test_anything_appended_is_noticed(signed, tail):
    assert inspect_signature(signed + tail).is_sound is False


@pytest.mark.parametrize("head", [b"\n", b"%PDF-1.7\n", b"\xef\xbb\xbf"])
def test_anything_put_in_front_is_noticed(signed, head):
    assert inspect_signature(head + signed).is_sound is False


def test_a_file_cut_short_is_noticed(signed):
    assert [inspect_signature(signed[:-cut]).is_sound for cut in (1, 2, 100, len(signed) // 2)] == [False] * 4


def test_no_byte_of_the_message_can_be_changed_unnoticed(signed):
    """Also what the signature itself does not cover: versions, digests, the certificates sent along."""
    gap = signed.index(b"/Contents <") + len(b"/Contents <")
    length = len(cms.ContentInfo.load(find_signature(signed).content).dump())
    passed = []
    for place in range(gap, gap + 2 * length, 3):
        altered = bytearray(signed)
        altered[place] = b"0123456789ABCDEF"[int(chr(signed[place]), 16) ^ 1]
        if inspect_signature(bytes(altered)).is_sound:
            passed.append(place - gap)

    assert passed == []


def test_a_thousand_files_with_one_byte_changed_are_all_noticed(signed):
    dice = Random(SEED)
    passed = []
    for _ in range(FILES):
        position, turn = dice.randrange(len(signed)), dice.randrange(1, 256)
        altered = bytearray(signed)
        altered[position] ^= turn
        if inspect_signature(bytes(altered)).is_sound:
            passed.append((position, turn))

    assert (passed, inspect_signature(signed).is_sound) == ([], True)


def test_every_digit_of_the_signature_counts_in_its_own_case(signed):
    """The digits lie outside what the signature covers: a letter in the other case would be the same message."""
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    letters = [position for position in range(start, start + 2000) if signed[position : position + 1].isalpha()]
    altered = [
        signed[:position] + signed[position : position + 1].swapcase() + signed[position + 1 :]
        for position in letters[:50]
    ]

    assert [inspect_signature(file).is_sound for file in altered] == [False] * 50
