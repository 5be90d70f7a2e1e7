"""Looks at a file somebody hands in: is it signed, whole, unchanged, and by this office.

The file comes from a stranger, so nothing in it is parsed as PDF and nothing is unpacked: a small file that swells
to gigabytes finds no one to do it. The byte range of a signature says which bytes it covers; when that is the whole
file except the signature's own digits, no trick of PDF structure is left.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from shenyang_fao.core.documents.certificates import current_identity, trust_anchors
from shenyang_fao.core.documents.signing import as_asn1
from shenyang_fao.core.documents.wholeness import is_as_written

LARGEST = 20 * 1024 * 1024
BYTE_RANGE = re.compile(
    rb"/ByteRange\s{0,64}\[\s{0,64}(\d{1,10})\s{1,64}(\d{1,10})\s{1,64}(\d{1,10})\s{1,64}(\d{1,10})"
)
SIGNING_TIME = re.compile(rb"/M\s{0,8}\((D[^()]{1,80})\)")
OCTAL_ESCAPE = re.compile(r"\\([0-3][0-7]{2})")
# How far from its byte range the other entries of a signature are looked for.
NEARBY = 2048
# As our signer writes them: a file with one digit in the other case is not the file that left the office.
HEXADECIMAL = re.compile(rb"[0-9A-F]+")
MAY_SIGN = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


class UnreadableError(ValueError):
    """The file has no signature that can be judged; the message is for the reader."""


@dataclass(frozen=True)
class SignatureReport:
    """What the signature says. `problem` is one translated sentence, or None where nothing is wrong."""

    intact: bool = False
    whole_file: bool = False
    trusted: bool = False
    signer_name: str = ""
    signed_at: datetime | None = None
    problem: str | None = None

    @property
    def is_sound(self) -> bool:
        """Signed by this office, nothing changed, nothing added."""
        return self.intact and self.whole_file and self.trusted


@dataclass(frozen=True)
class EmbeddedSignature:
    """The first signature of a file, the bytes it covers, and whether these are all."""

    covered: bytes
    content: bytes
    message: cms.SignedData
    signed_at: datetime | None
    whole_file: bool


def inspect_signature(pdf: bytes) -> SignatureReport:
    """Judge the signature of any bytes up to 20 MB. Never raises for what is in them."""
    try:
        found = find_signature(pdf)
        report = _report(found, asyncio.run(_validate(found)))
    except UnreadableError as error:
        return SignatureReport(problem=str(error))
    except Exception:
        # A stranger's bytes may break any parser, and the answer is always the same.
        return SignatureReport(problem=_("The signature cannot be read."))
    return report


def find_signature(pdf: bytes) -> EmbeddedSignature:
    """Cut the first signature out of a file. Raises UnreadableError; a damaged one may raise ValueError."""
    if len(pdf) > LARGEST:
        raise UnreadableError(_("The file is larger than 20 MB."))
    if not pdf.startswith(b"%PDF-"):
        raise UnreadableError(_("This is not a PDF file."))
    match = BYTE_RANGE.search(pdf)
    if match is None:
        raise UnreadableError(_("This file carries no signature."))
    start, gap, resume, length = (int(number) for number in match.groups())
    end = resume + length
    if start != 0 or not gap < resume <= end <= len(pdf):
        raise UnreadableError(_("The signature cannot be read."))
    return EmbeddedSignature(
        covered=pdf[:gap] + pdf[resume:end],
        content=(content := _content(pdf[gap:resume])),
        message=_signed_data(content),
        signed_at=_signing_time(pdf[max(0, match.start() - NEARBY) : gap] + pdf[resume : min(end, resume + NEARBY)]),
        whole_file=end == len(pdf),
    )


def _content(literal: bytes) -> bytes:
    """What stands inside `<...>`: digits only."""
    digits = literal[1:-1]
    if literal[:1] != b"<" or literal[-1:] != b">" or not HEXADECIMAL.fullmatch(digits):
        raise UnreadableError(_("The signature cannot be read."))
    return bytes.fromhex(digits.decode("ascii"))


def _signed_data(content: bytes) -> cms.SignedData:
    """The message; after it comes nothing but the zeros that fill the room."""
    info = cms.ContentInfo.load(content)
    if info["content_type"].native != "signed_data" or content[len(info.dump()) :].strip(b"\0"):
        raise UnreadableError(_("The signature cannot be read."))
    message: cms.SignedData = info["content"]
    return message


def _signing_time(surroundings: bytes) -> datetime | None:
    """The time in the signature's dictionary, where PAdES has it; like all the rest it is covered by the signature."""
    match = SIGNING_TIME.search(surroundings)
    if match is None:
        return None
    text = OCTAL_ESCAPE.sub(lambda escape: chr(int(escape.group(1), 8)), match.group(1).decode("latin-1"))
    return parse_pdf_date(text)


async def _validate(found: EmbeddedSignature) -> StandardCMSSignatureStatus:
    """Judged as of the day of signing: a letter does not become false because its certificate has run out since."""
    context = ValidationContext(
        trust_roots=[as_asn1(certificate) for certificate in trust_anchors()],
        moment=found.signed_at,
        allow_fetching=False,
    )
    return await async_validate_detached_cms(
        found.covered, found.message, signer_validation_context=context, key_usage_settings=MAY_SIGN
    )


def _report(found: EmbeddedSignature, status: StandardCMSSignatureStatus) -> SignatureReport:
    intact = bool(status.intact and status.valid)
    trusted = intact and bool(status.trusted)
    if trusted:
        known = [*trust_anchors(), *current_identity().chain]
        intact = trusted = is_as_written(found.content, known=known)
    return SignatureReport(
        intact=intact,
        whole_file=found.whole_file,
        trusted=trusted,
        signer_name=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=found.signed_at,
        problem=_problem(intact=intact, whole_file=found.whole_file, trusted=trusted),
    )


def _problem(*, intact: bool, whole_file: bool, trusted: bool) -> str | None:
    if not intact:
        return _("The file was changed after it was signed.")
    if not whole_file:
        return _("Something was added to the file after it was signed.")
    if not trusted:
        return _("The signature is not one of this office.")
    return None
