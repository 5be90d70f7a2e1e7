"""What a signature does not protect of the message that carries it, and how a change there is found all the same.

A CMS message holds more than is signed: the certificates beside the signer's, the list of digests, versions. Readers pass over
what is wrong there, so that two files would count as the same letter. Here each byte has to be what a signer writes: the
message is put together anew from its signed parts and compared, and each further certificate has to be known or vouched for.
"""

from collections.abc import Iterable

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature


def is_as_written(content: bytes, *, known: Iterable[x509.Certificate]) -> bool:
    """Tell whether a CMS message (RFC 5652) with one signer is byte for byte what a signer writes; zeros may follow it.

    ``known`` are certificates whose content is beyond doubt. Raises ValueError for what cannot be read.
    """
    message: cms.SignedData = cms.ContentInfo.load(content)["content"]
    written = _anew(message).dump()
    return content.startswith(written) and not content[len(written) :].strip(b"\0") and _are_vouched(message, known)


def _anew(message: cms.SignedData) -> cms.ContentInfo:
    signer = message["signer_infos"][0]
    digest = algos.DigestAlgorithm({"algorithm": signer["digest_algorithm"]["algorithm"].native})
    certificates = message["certificates"]
    own = next(c.chosen for c in certificates if c.chosen.serial_number == signer["sid"].chosen["serial_number"].native)
    return cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [digest],
                "encap_content_info": {"content_type": "data"},
                "certificates": certificates,
                "signer_infos": [_signer_anew(signer, digest, own)],
            },
        }
    )


def _signer_anew(signer: cms.SignerInfo, digest: algos.DigestAlgorithm, own: asn1.Certificate) -> cms.SignerInfo:
    parts = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
        "digest_algorithm": digest,
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": signer["signature_algorithm"],
        "signature": signer["signature"].native,
    }
    if signer["unsigned_attrs"]:
        parts["unsigned_attrs"] = signer["unsigned_attrs"]
    return cms.SignerInfo(
        {name: cms.SignerIdentifier(value) if name == "sid" else value for name, value in parts.items()}
    )


def _are_vouched(message: cms.SignedData, known: Iterable[x509.Certificate]) -> bool:
    """Tell whether each certificate is known, or signed by another one at hand or by itself: a changed one is neither."""
    # The rest of the last byte of a signature in it may say anything, as far as readers go.
    if any(c.chosen["signature_value"].contents[:1] != b"\0" for c in message["certificates"]):
        return False
    carried = [x509.load_der_x509_certificate(c.chosen.dump()) for c in message["certificates"]]
    sure = list(known)
    return all(one in sure or any(_vouches(other, one) for other in [*carried, *sure]) for one in carried)


def _vouches(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
