"""Letters with a time stamp (RFC 3161), and with what lets them be judged when nobody answers any more."""

from io import BytesIO

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature

from shenyang_fao.core.documents.inspection import inspect_signature
from shenyang_fao.core.documents.signing import sign_pdf
from shenyang_fao.core.documents.typesetting import render_pdf
from tests.core.documents.samples import sample_payload
from tests.core.documents.time_service import PASSWORD, TimeService


@pytest.fixture(scope="module")
def unsigned():
    return render_pdf("invitation-table-2", sample_payload(1))


@pytest.fixture
def service(settings, tmp_path):
    """A time-stamping service, and a signer under the same authority."""
    with TimeService(tmp_path) as running:
        settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD = str(running.p12), PASSWORD
        settings.SIGNING_TRUST_ROOTS, settings.SIGNING_LTV_ROOTS = "", ""
        settings.SIGNING_TSA_URL = running.url
        yield running


def signature_of(pdf):
    return PdfFileReader(BytesIO(pdf)).embedded_signatures[0]


def test_a_letter_carries_the_stamp_and_stays_sound(service, unsigned):
    signed = sign_pdf(unsigned, reason="Test", number="L-1")

    added = [attribute["type"].native for attribute in signature_of(signed).signer_info["unsigned_attrs"]]
    assert (service.stamps, added, inspect_signature(signed).is_sound) == (1, ["signature_time_stamp_token"], True)


def test_with_the_roots_known_the_letter_can_be_judged_without_anybody_answering(service, unsigned, settings):
    settings.SIGNING_LTV_ROOTS = str(service.roots)

    signed = sign_pdf(unsigned, reason="Test", number="L-2")

    signature = signature_of(signed)
    roots = [x509.Certificate.load(pem.unarmor(service.roots.read_bytes())[2])]
    kept = DocumentSecurityStore.read_dss(signature.reader)
    context = kept.as_validation_context(
        {"trust_roots": roots, "allow_fetching": False, "revocation_mode": "hard-fail"}
    )
    status = validate_pdf_signature(signature, context, context)
    assert (status.bottom_line, inspect_signature(signed).is_sound) == (True, True)


def test_a_service_that_is_away_leaves_no_letter(service, unsigned, settings):
    settings.SIGNING_TSA_URL = "http://127.0.0.1:9"

    with pytest.raises((TimestampRequestError, OSError)):
        sign_pdf(unsigned, reason="Test", number="L-3")


def test_revocation_data_that_cannot_be_had_leave_no_letter(service, unsigned, settings, tmp_path):
    with TimeService(tmp_path) as other:
        settings.SIGNING_LTV_ROOTS = str(other.roots)

    with pytest.raises(Exception, match=r"\w"):
        sign_pdf(unsigned, reason="Test", number="L-4")
