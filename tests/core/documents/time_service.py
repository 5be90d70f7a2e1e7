"""A certificate authority, its revocation list and a time-stamping service (RFC 3161) on this machine, for one test."""

import asyncio
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

PASSWORD = "open sesame"


class TimeService:
    """Answers time-stamp requests, and hands out the revocation list of the authority above it and above the signer."""

    def __init__(self, folder: Path) -> None:
        self.stamps = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._root = self._certificate("Test root", self._key, is_authority=True)
        # pyHanko's stamper signs with RSA only.
        stamp_key, sign_key = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
        self._stamper = DummyTimeStamper(
            _asn1(self._certificate("Test clock", stamp_key, stamps=True)), _key(stamp_key)
        )
        self.roots, self.p12 = folder / "roots.pem", folder / "signer.p12"
        self.roots.write_bytes(self._root.public_bytes(serialization.Encoding.PEM))
        self.p12.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"signer",
                sign_key,
                self._certificate("Test signer", sign_key),
                [self._root],
                serialization.BestAvailableEncryption(PASSWORD.encode()),
            )
        )

    def __enter__(self) -> "TimeService":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
                service.stamps += 1
                self._answer(
                    asyncio.run(service._stamper.async_request_tsa_response(request)).dump(), "timestamp-reply"
                )

            def do_GET(self) -> None:
                self._answer(service._revocation_list(), "pkix-crl")

            def log_message(self, *args: object) -> None:
                """Tests are quiet."""

            def _answer(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", f"application/{kind}")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler

    def _certificate(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        *,
        is_authority: bool = False,
        stamps: bool = False,
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = subject if is_authority else self._root.subject
        now = datetime.now(UTC)
        where = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{self.url}/root.crl")], None, None, None)
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
        )
        signs = {"digital_signature": not is_authority, "content_commitment": not is_authority}
        issues = {"key_cert_sign": is_authority, "crl_sign": is_authority}
        builder = (
            x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage, **signs, **issues), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if not is_authority:
            builder = builder.add_extension(x509.CRLDistributionPoints([where]), critical=False)
        if stamps:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return builder.sign(self._key, hashes.SHA256())

    def _revocation_list(self) -> bytes:
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder(
            self._root.subject, now - timedelta(hours=1), now + timedelta(days=7)
        )
        builder = builder.add_extension(x509.CRLNumber(1), critical=False).add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
        )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _key(key: rsa.RSAPrivateKey) -> keys.PrivateKeyInfo:
    form = serialization.PrivateFormat.PKCS8
    return keys.PrivateKeyInfo.load(key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption()))
