"""What may be a film of the exchange programme: judged by its content, which a browser has to play by itself."""

import struct
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

ACCEPTED = "video/mp4,video/webm,.mp4,.webm"
# Where telephones write the place into the head of an MP4 (3GPP TS 26.244, section 8; Apple QuickTime file format).
PLACES = (b"\xa9xyz", b"loci", b"location.ISO6709")
HEAD_AT_MOST = 32 * 1024**2


def check_film(upload: "UploadedFile[bytes]") -> str:
    """Return which kind of film an upload is: ``mp4`` or ``webm``.

    Raises ValidationError with a message for the officer who chose the file.
    """
    limit = settings.FILM_MAX_BYTES
    if (upload.size or 0) > limit:
        raise ValidationError(
            _("The film is larger than %(limit)s MB. Save it smaller, or give a link to where it plays."),
            code="too_large",
            params={"limit": limit // 1024**2},
        )
    upload.seek(0)
    start = upload.read(64)
    if start[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in start:
        return "webm"
    if start[4:8] == b"ftyp" and _is_film(upload):
        return "mp4"
    raise ValidationError(_("Choose an MP4 or WebM film. This file is neither."), code="type")


def _is_film(upload: "UploadedFile[bytes]") -> bool:
    """Tell whether an MP4 has the head of a film. Raises ValidationError when the head says where it was taken."""
    for name, length in _boxes(upload):
        if name == b"moov" and length <= HEAD_AT_MOST:
            head = upload.read(length)
            if any(mark in head for mark in PLACES):
                raise ValidationError(
                    _("The film says where it was taken. Export it without the location."), code="located"
                )
            return b"vide" in head
    return False


def _boxes(upload: "UploadedFile[bytes]") -> Iterator[tuple[bytes, int]]:
    """Yield name and length of the outermost boxes (ISO/IEC 14496-12, 4.2), standing at the content of each."""
    at, size = 0, upload.size or 0
    while at + 8 <= size:
        upload.seek(at)
        length, name = struct.unpack(">I4s", upload.read(8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", upload.read(8).ljust(8, b"\0"))[0], 16
        length = length or size - at
        if length < head:
            return
        yield name, min(length, size - at) - head
        at += length
