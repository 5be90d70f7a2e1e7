"""The message inside a signature (CMS, RFC 5652), put together from bytes.

pyHanko builds it as a tree of objects, which costs ten times more than the signature itself. Of one signer all messages are
alike except for the digest and the signature, so pyHanko makes the first one and the others are filled in after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from pyhanko.sign.signers import SimpleSigner

SEQUENCE, SET, OCTETS, FIRST = 0x30, 0x31, 0x04, 0xA0
DIGEST = "message_digest"
DIGEST_BYTES = {"sha256": 32}


@dataclass(frozen=True)
class Form:
    """What stays the same in every message of a signer, in DER."""

    content_type: bytes
    head: bytes
    signer_head: bytes
    attributes: tuple[bytes, ...]
    digest_type: bytes
    mechanism: bytes

    @classmethod
    def of(cls, message: cms.ContentInfo) -> "Form":
        """Take a finished message apart."""
        info = cms.ContentInfo.load(message.dump())
        signed = info["content"]
        signer = signed["signer_infos"][0]
        digest = next(item for item in signer["signed_attrs"] if item["type"].native == DIGEST)
        return cls(
            content_type=info["content_type"].dump(),
            head=_join(signed, ("version", "digest_algorithms", "encap_content_info", "certificates")),
            signer_head=_join(signer, ("version", "sid", "digest_algorithm")),
            attributes=tuple(item.dump() for item in signer["signed_attrs"] if item["type"].native != DIGEST),
            digest_type=digest["type"].dump(),
            mechanism=signer["signature_algorithm"].dump(),
        )

    def attributes_with(self, digest: bytes) -> bytes:
        """Return the signed attributes, in the order DER wants, without their tag."""
        own = der(SEQUENCE, self.digest_type, der(SET, der(OCTETS, digest)))
        return b"".join(sorted((*self.attributes, own)))

    def filled(self, attributes: bytes, signature: bytes) -> cms.ContentInfo:
        """Return the message with these attributes and this signature."""
        signer = der(SEQUENCE, self.signer_head, der(FIRST, attributes), self.mechanism, der(OCTETS, signature))
        content = der(SEQUENCE, self.head, der(SET, signer))
        message: cms.ContentInfo = cms.ContentInfo.load(der(SEQUENCE, self.content_type, der(FIRST, content)))
        return message


class FormSigner(SimpleSigner):
    """A signer that keeps its form. With a time stamp pyHanko goes its own way: there the network takes the time."""

    _form: Form | None = None

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *args: Any, **kwargs: Any) -> cms.ContentInfo:
        if args or not _is_plain(digest_algorithm, kwargs):
            return await super().async_sign(data_digest, digest_algorithm, *args, **kwargs)
        if self._form is None:
            empty = bytes(DIGEST_BYTES[digest_algorithm])
            self._form = Form.of(await super().async_sign(empty, digest_algorithm, **kwargs))
        attributes = self._form.attributes_with(data_digest)
        signature = await self.async_sign_raw(der(SET, attributes), digest_algorithm)
        return self._form.filled(attributes, signature)


def der(tag: int, *parts: bytes) -> bytes:
    """Return a value in DER: tag, length, content (X.690, 8.1)."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _is_plain(digest_algorithm: str, options: dict[str, Any]) -> bool:
    """Tell whether this is how letters are signed without a time stamp: PAdES, and nothing of the day in the message."""
    extras = options.get("signed_attr_settings")
    # The time of signing among the settings does not reach the message: PAdES has it in the PDF.
    has_extras = extras is not None and (extras.cades_signed_attrs or extras.adobe_revinfo_attr)
    others = any(options.get(name) for name in ("timestamper", "dry_run", "encap_content_info"))
    return digest_algorithm in DIGEST_BYTES and bool(options.get("use_pades")) and not (has_extras or others)


def _join(value: Any, names: Iterable[str]) -> bytes:
    return b"".join(value[name].dump() for name in names)
