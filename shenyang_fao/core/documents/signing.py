"""Signs a letter: PAdES baseline B, T where a time-stamping service is set, LT where the roots above it are known as well."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as x509_pem
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from shenyang_fao.core.documents.certificates import (
    Identity,
    SignerUnavailableError,
    current_identity,
    signer_problem,
)
from shenyang_fao.core.documents.messages import FormSigner

# Hexadecimal digits set aside for the signature. Given, because pyHanko would otherwise sign twice to measure it.
ROOM = 16 * 1024
ROOM_WITH_TIME_STAMP = 32 * 1024
# A service that does not answer by then counts as away: the work fails visibly and is tried again.
SECONDS_FOR_TIME_STAMP = 10


# The typesetter has printed the block, in fonts that the file carries; the field draws nothing over it.
NOTHING_DRAWN = StaticStampStyle(border_width=0)
# Where the link over the printed signature block leads: the address of the verification page and this.
MARK = "#signature"


class LetterWriter(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: the typesetter's metadata are what makes the file a PDF/A-2b."""

    def _update_meta(self) -> None:
        """Leave them as they are; pyHanko would write them anew in a form that PDF/A checkers may refuse."""


def sign_pdf(pdf: bytes, *, reason: str, number: str) -> bytes:
    """The file with one certifying signature that allows no later change, in a field named by the number.

    The field lies over the printed signature block, so that a reader can click it; a letter without one, as the first
    templates make it, is signed invisibly. Raises SignerUnavailableError where no usable certificate is configured.
    """
    problem = signer_problem()
    if problem:
        raise SignerUnavailableError(problem)
    stamper = _time_stamper(settings.SIGNING_TSA_URL)
    metadata = _metadata(reason=reason, number=number, context=_long_term_context() if stamper else None)
    writer = LetterWriter(BytesIO(pdf))
    signer = PdfSigner(
        metadata,
        _signer(current_identity()),
        timestamper=stamper,
        stamp_style=NOTHING_DRAWN,
        new_field_spec=_field(writer, number),
    )
    room = ROOM_WITH_TIME_STAMP if stamper else ROOM
    signed: BytesIO = signer.sign_pdf(writer, bytes_reserved=room, output=BytesIO())
    return signed.getvalue()


def _field(writer: LetterWriter, number: str) -> SigFieldSpec:
    """Return where the field lies: on the first page with a marked block, over that block."""
    for page, box in _marked(writer):
        return SigFieldSpec(number, on_page=page, box=box)
    return SigFieldSpec(number)


def _marked(writer: LetterWriter) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """Yield page and corners, in points from the lower left, of every link that marks a signature block."""
    for page in range(int(writer.root["/Pages"]["/Count"])):
        reference, _resources = writer.find_page_for_modification(page)
        for note in reference.get_object().get("/Annots", ()):
            link = note.get_object()
            if str(link.get("/A", {}).get("/URI", "")).endswith(MARK):
                left, bottom, right, top = (round(float(corner)) for corner in link["/Rect"])
                yield page, (left, bottom, right, top)


def _metadata(*, reason: str, number: str, context: ValidationContext | None) -> PdfSignatureMetadata:
    """With a context the certificates and what says that they are not revoked go into the file, under the signature itself.

    Nothing is added after the signature: it still covers the whole file.
    """
    return PdfSignatureMetadata(
        field_name=number,
        reason=reason,
        location="Shenyang",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        embed_validation_info=context is not None,
        validation_context=context,
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )


def _long_term_context() -> ValidationContext | None:
    """Where the revocation lists and answers for both chains are fetched from, letter by letter, so that none is stale."""
    if not settings.SIGNING_LTV_ROOTS:
        return None
    roots = x509_pem.load_pem_x509_certificates(Path(settings.SIGNING_LTV_ROOTS).read_bytes())
    others = [as_asn1(certificate) for certificate in current_identity().chain]
    return ValidationContext(
        trust_roots=[as_asn1(root) for root in roots],
        other_certs=others,
        allow_fetching=True,
        revocation_mode="hard-fail",
    )


@lru_cache(maxsize=2)
def _signer(identity: Identity) -> FormSigner:
    """Kept for the life of the process: reading the key anew for each letter costs more than signing."""
    store = SimpleCertificateStore()
    store.register_multiple(as_asn1(certificate) for certificate in identity.chain)
    private = identity.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return FormSigner(as_asn1(identity.certificate), keys.PrivateKeyInfo.load(private), store)


@lru_cache(maxsize=2)
def _time_stamper(url: str) -> HTTPTimeStamper | None:
    return HTTPTimeStamper(url, timeout=SECONDS_FOR_TIME_STAMP) if url else None


def as_asn1(certificate: Certificate) -> x509.Certificate:
    """The certificate as pyHanko wants it."""
    converted: x509.Certificate = x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    return converted
