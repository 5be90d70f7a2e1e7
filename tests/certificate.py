"""`python -m tests.certificate FILE PASSWORD`: a signing key such as a real authority would issue, as PKCS#12."""

import datetime
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

DAYS = 365


def write(path: Path, password: str) -> None:
    """Write a signer's certificate with its authority's; no word in it says "demonstration"."""
    authority_key, signer_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name, signer_name = _name("Example Authority"), _name("Example Office")
    authority = _certificate(authority_name, authority_name, authority_key, authority_key, is_authority=True)
    signer = _certificate(signer_name, authority_name, signer_key, authority_key, is_authority=False)
    encryption = BestAvailableEncryption(password.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"signer", signer_key, signer, [authority], encryption))


def _name(words):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _certificate(subject, issuer, key, issuer_key, *, is_authority):
    now = datetime.datetime.now(datetime.UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_cert_sign=is_authority,
        crl_sign=is_authority, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
