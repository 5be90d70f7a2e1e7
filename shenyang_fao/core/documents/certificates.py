"""Who signs the letters: the office's PKCS#12, or in embedded mode only the demonstration signer.

`python -m shenyang_fao.core.documents.certificates make-p12 PATH PASSWORD` writes a throw-away PKCS#12.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from shenyang_fao.core.documents import authority


class SignerUnavailableError(RuntimeError):
    """Letters cannot be signed; the message says what to put right."""


@dataclass(frozen=True)
class Identity:
    """A private key, its certificate, the other certificates handed over with it, and whom a reader shall trust."""

    key: PrivateKeyTypes
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    anchor: x509.Certificate


def current_identity() -> Identity:
    """The signer of this process; read once, so a changed file needs a restart. Raises SignerUnavailableError."""
    if settings.SIGNING_P12:
        return _from_p12(Path(settings.SIGNING_P12), settings.SIGNING_P12_PASSWORD)
    if settings.EMBEDDED:
        return _demonstration(Path(settings.DATA_DIR) / "certificate-authority")
    raise SignerUnavailableError(_("No certificate is configured: set SIGNING_P12."))


def trust_anchors() -> list[x509.Certificate]:
    """The certificates by which a letter counts as this office's.

    The signer's own certificate, not the public authority above it, under which strangers sign as well; earlier
    certificates of the office stand in the PEM file SIGNING_TRUST_ROOTS.
    """
    earlier = Path(settings.SIGNING_TRUST_ROOTS).read_bytes() if settings.SIGNING_TRUST_ROOTS else b""
    known = x509.load_pem_x509_certificates(earlier) if earlier else []
    return [current_identity().anchor, *known]


def signer_is_demonstration() -> bool:
    """Whether letters are signed with a certificate that proves nothing. False where none can be loaded."""
    try:
        return is_demonstration(current_identity().certificate)
    except SignerUnavailableError:
        return False


def signer_problem() -> str | None:
    """Why letters cannot be signed, or None. The demonstration signer of embedded mode is no problem there."""
    try:
        certificate = current_identity().certificate
    except SignerUnavailableError as error:
        return str(error)
    if settings.SIGNING_P12 and is_demonstration(certificate):
        return _("The certificate in SIGNING_P12 is a demonstration one.")
    return _validity_problem(certificate) or _usage_problem(certificate)


def is_demonstration(certificate: x509.Certificate) -> bool:
    """Whether a certificate was made by a demonstration authority."""
    organisations = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return any(organisation.value == authority.DEMONSTRATION for organisation in organisations)


@lru_cache(maxsize=2)
def _from_p12(path: Path, password: str) -> Identity:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SignerUnavailableError(_("The file in SIGNING_P12 cannot be read.")) from error
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except ValueError as error:
        raise SignerUnavailableError(
            _("SIGNING_P12 cannot be opened: wrong password or not a PKCS#12 file.")
        ) from error
    if key is None or certificate is None:
        raise SignerUnavailableError(_("SIGNING_P12 lacks a private key or its certificate."))
    return Identity(key, certificate, tuple(chain), anchor=certificate)


@lru_cache(maxsize=2)
def _demonstration(folder: Path) -> Identity:
    root_file, certificate_file, key_file = authority.demonstration_files(folder)
    root = x509.load_pem_x509_certificate(root_file.read_bytes())
    certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
    key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    return Identity(key, certificate, (root,), anchor=root)


def _validity_problem(certificate: x509.Certificate) -> str | None:
    now = datetime.now(UTC)
    if now < certificate.not_valid_before_utc:
        return _("The certificate in SIGNING_P12 is not valid yet.")
    if now > certificate.not_valid_after_utc:
        return _("The certificate in SIGNING_P12 has expired.")
    return None


def _usage_problem(certificate: x509.Certificate) -> str | None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None
    if usage.digital_signature or usage.content_commitment:
        return None
    return _("The certificate in SIGNING_P12 may not sign documents.")


def main(arguments: list[str] | None = None) -> None:
    """The command line: make-p12 PATH PASSWORD."""
    parser = argparse.ArgumentParser(prog="certificates", description="Certificates for checks, never for letters.")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make-p12", help="write a throw-away self-signed PKCS#12 (mode 600)")
    make.add_argument("path", type=Path)
    make.add_argument("password")
    chosen = parser.parse_args(arguments)
    chosen.path.touch(mode=0o600)
    chosen.path.chmod(0o600)
    chosen.path.write_bytes(authority.throw_away_p12("Throw-away signer", chosen.password))


if __name__ == "__main__":
    main()
