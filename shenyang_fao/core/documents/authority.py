"""Makes certificates: the demonstration authority of embedded mode, and throw-away ones for checks."""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

# In the organisation of every demonstration certificate, by which it is known and refused in earnest.
DEMONSTRATION = "DEMONSTRATION ONLY - NOT VALID"
# A demonstration must not die of old age, nor depend on the day it was first started.
DEMONSTRATION_PERIOD = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC))
FILES = ("root.pem", "signer.pem", "signer.key")


@dataclass(frozen=True)
class Issuer:
    """Who signs a certificate: its name and its key."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey


def demonstration_files(folder: Path) -> tuple[Path, Path, Path]:
    """Root certificate, signing certificate and signing key in `folder`; made on first use, once.

    The three are written aside and moved into place in one step, so two processes starting together agree on
    whoever was first, and a killed one leaves nothing half made.
    """
    root, certificate, key = (folder / name for name in FILES)
    if not key.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
        _write_demonstration(aside)
        try:
            aside.rename(folder)
        except OSError:
            _discard(aside)
            if not key.exists():
                raise
    return root, certificate, key


def throw_away_p12(common_name: str, password: str, *, days: int = 365) -> bytes:
    """A self-signed PKCS#12 that is not a demonstration one: for `check --deploy` and for tests, never for letters."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common_name, "Throw-away certificate")
    now = datetime.now(UTC)
    period = (min(now, now + timedelta(days=days)) - timedelta(days=1), now + timedelta(days=days))
    certificate = _certificate(name, key, issuer=Issuer(name, key), period=period, is_authority=False)
    protection = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"signer", key, certificate, None, protection)


def _write_demonstration(folder: Path) -> None:
    """The root's key is forgotten as soon as it has signed: nobody can make a second signer under it."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name = _name("Demonstration root 演示根证书", DEMONSTRATION)
    issuer = Issuer(root_name, root_key)
    root = _certificate(root_name, root_key, issuer=issuer, period=DEMONSTRATION_PERIOD, is_authority=True)
    name = _name("Demonstration signer 演示签名", DEMONSTRATION)
    signer = _certificate(name, key, issuer=issuer, period=DEMONSTRATION_PERIOD, is_authority=False)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for file, content in zip(FILES, (root.public_bytes(pem), signer.public_bytes(pem), private), strict=True):
        _write_private(folder / file, content)


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _discard(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _name(common_name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _certificate(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    *,
    issuer: Issuer,
    period: tuple[datetime, datetime],
    is_authority: bool,
) -> x509.Certificate:
    """An X.509 version 3 certificate that may either issue one level of others or sign documents."""
    authority_key = issuer.key.public_key()
    builder = (
        x509.CertificateBuilder(issuer.name, name, key.public_key(), x509.random_serial_number(), *period)
        .add_extension(x509.BasicConstraints(is_authority, 0 if is_authority else None), critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key), critical=False)
    )
    return builder.sign(issuer.key, hashes.SHA256())


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
