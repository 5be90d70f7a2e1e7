"""Signing a letter, and judging a file that is handed in."""

import time
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from shenyang_fao.core.documents import authority, certificates
from shenyang_fao.core.documents.certificates import SignerUnavailableError, signer_is_demonstration, signer_problem
from shenyang_fao.core.documents.inspection import LARGEST, inspect_signature
from shenyang_fao.core.documents.signing import as_asn1, sign_pdf
from shenyang_fao.core.documents.typesetting import render_pdf
from tests.core.documents.samples import sample_payload

NUMBER = "SYFAO-INV-2026-000001"


@pytest.fixture(scope="module")
def unsigned():
    return render_pdf("invitation-table-2", sample_payload())


@pytest.fixture
def demonstration(settings, tmp_path):
    """A demonstration authority of this test's own."""
    settings.SIGNING_P12 = settings.SIGNING_TRUST_ROOTS = settings.SIGNING_TSA_URL = ""
    settings.EMBEDDED = True
    settings.DATA_DIR = tmp_path
    return settings


@pytest.fixture
def signed(demonstration, unsigned):
    return sign_pdf(unsigned, reason="Invitation", number=NUMBER)


@pytest.fixture
def own_p12(demonstration, tmp_path):
    """A certificate as an office would configure it."""
    path = tmp_path / "office.p12"
    certificates.main(["make-p12", str(path), "open sesame"])
    demonstration.SIGNING_P12 = str(path)
    demonstration.SIGNING_P12_PASSWORD = "open sesame"
    return path


def test_the_signature_field_lies_over_the_printed_block(signed):
    with pikepdf.open(BytesIO(signed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        block = next(
            note for note in pdf.pages[-1].Annots if str(note.get("/A", {}).get("/URI", "")).endswith("#signature")
        )
        corners = [round(float(corner)) for corner in block.Rect]

        assert [int(corner) for corner in field.Rect] == corners
        assert (field.P.objgen, field.AP.N.read_bytes().strip()) == (pdf.pages[-1].obj.objgen, b"q Q")


def test_a_letter_of_the_first_templates_is_signed_in_an_invisible_field(demonstration):
    pdf = sign_pdf(render_pdf("invitation-table-1", sample_payload()), reason="Invitation", number=NUMBER)

    with pikepdf.open(BytesIO(pdf)) as found:
        assert [int(corner) for corner in found.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]


def test_signature_is_sound(signed):
    report = inspect_signature(signed)

    assert (report.intact, report.whole_file, report.trusted) == (True, True, True)
    assert report.is_sound
    assert report.problem is None
    assert report.signer_name == "Demonstration signer 演示签名"
    assert abs(report.signed_at.timestamp() - time.time()) < 60


def test_another_validator_agrees(signed):
    signature = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    roots = [as_asn1(certificate) for certificate in certificates.trust_anchors()]

    status = validate_pdf_signature(signature, ValidationContext(trust_roots=roots, allow_fetching=False))

    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.field_name == NUMBER


def test_signing_keeps_what_was_typeset(signed, unsigned):
    assert signed.startswith(unsigned)
    assert signed.count(b"<pdfaid:part>2</pdfaid:part>") == 1
    with pypdfium2.PdfDocument(signed) as document:
        assert len(document) == 2


def test_every_flipped_byte_is_noticed(signed):
    for position in range(9, len(signed), len(signed) // 40):
        damaged = bytearray(signed)
        damaged[position] ^= 0x01

        assert not inspect_signature(bytes(damaged)).is_sound


def test_changed_text_is_not_intact(signed):
    damaged = bytearray(signed)
    damaged[5000] ^= 0x01

    report = inspect_signature(bytes(damaged))

    assert (report.intact, report.trusted) == (False, False)
    assert report.problem


def test_appended_update_is_not_the_whole_file(signed):
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    longer = BytesIO()
    writer.write(longer)

    report = inspect_signature(longer.getvalue())

    assert (report.intact, report.whole_file) == (True, False)
    assert report.problem


def test_text_hidden_in_the_signature_s_room_is_refused(signed):
    end = signed.rindex(b"0" * 100 + b">")
    stuffed = signed[:end] + b"4d" * 50 + signed[end + 100 :]

    assert not inspect_signature(stuffed).is_sound


def test_foreign_signature_is_not_trusted(signed, demonstration, tmp_path):
    demonstration.DATA_DIR = tmp_path / "elsewhere"

    report = inspect_signature(signed)

    assert (report.intact, report.whole_file, report.trusted) == (True, True, False)
    assert report.problem


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"hello",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7 /ByteRange [0 10 20 99999]",
        b"%PDF-1.7 /ByteRange [0 9 11 30] <zz> and something more here",
        b"%PDF-1.7/ByteRange [0 35 41 9999999999]<3000>",
        b"%PDF-1.7/ByteRange [0 31 37 0]<3000>",
        b"%PDF-" + bytes(LARGEST),
    ],
    ids=["empty", "text", "unsigned", "beyond", "no-hex", "too-long", "no-message", "too-large"],
)
def test_garbage_is_a_problem_not_an_error(demonstration, garbage):
    report = inspect_signature(garbage)

    assert not report.intact
    assert report.problem


def test_unsigned_letter_says_so(demonstration, unsigned):
    assert inspect_signature(unsigned).problem == inspect_signature(b"%PDF-1.7").problem


def test_demonstration_signer_is_known_and_private(signed, tmp_path):
    folder = tmp_path / "certificate-authority"

    assert signer_is_demonstration()
    assert signer_problem() is None
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert {path.name for path in folder.iterdir()} == set(authority.FILES)


def test_demonstration_authority_is_made_once(tmp_path):
    first = [path.read_bytes() for path in authority.demonstration_files(tmp_path / "authority")]

    assert [path.read_bytes() for path in authority.demonstration_files(tmp_path / "authority")] == first
    assert [path.name for path in tmp_path.iterdir()] == ["authority"]


def test_own_certificate_signs_soundly(own_p12, unsigned):
    report = inspect_signature(sign_pdf(unsigned, reason="Invitation", number=NUMBER))

    assert report.is_sound
    assert not signer_is_demonstration()
    assert signer_problem() is None
    assert own_p12.stat().st_mode & 0o777 == 0o600


def test_earlier_certificate_stays_trusted(signed, own_p12, demonstration, tmp_path):
    assert not inspect_signature(signed).trusted

    demonstration.SIGNING_TRUST_ROOTS = str(tmp_path / "certificate-authority" / "root.pem")

    assert inspect_signature(signed).trusted


def test_wrong_password_is_a_problem(own_p12, demonstration, unsigned):
    demonstration.SIGNING_P12_PASSWORD = "wrong"

    assert signer_problem()
    with pytest.raises(SignerUnavailableError):
        sign_pdf(unsigned, reason="Invitation", number=NUMBER)


def test_missing_file_is_a_problem(demonstration, tmp_path):
    demonstration.SIGNING_P12 = str(tmp_path / "nowhere.p12")

    assert signer_problem()
    assert not signer_is_demonstration()


def test_expired_certificate_is_a_problem(demonstration, tmp_path):
    path = tmp_path / "old.p12"
    path.write_bytes(authority.throw_away_p12("Old", "x", days=-1))
    demonstration.SIGNING_P12 = str(path)
    demonstration.SIGNING_P12_PASSWORD = "x"

    assert "SIGNING_P12" in signer_problem()


def test_production_without_certificate_is_a_problem(demonstration):
    demonstration.EMBEDDED = False

    assert signer_problem()
    assert not signer_is_demonstration()
