"""What may become a picture of the public site. Each refusal tells the officer at the field what to do about it."""

import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from shenyang_fao.core import files, images
from shenyang_fao.core.pictures import colours

ACCEPTED = "image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp"
KINDS = ["JPEG", "PNG", "WEBP"]
WIDTH_AT_LEAST = 640
# A longer strip cannot be shown, and WebP ends at 16,383 pixels.
SIDES_AT_MOST = 6
# The original is kept as it will be used: visibly the same, and nothing but picture.
KEPT: dict[str, Any] = {"format": "JPEG", "quality": 95, "subsampling": 0}
# Brands of HEIF (ISO/IEC 23008-12, annex B) as they stand in a file's first box; AVIF has others.
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
TOO_LARGE = _("The photograph is larger than %(limit)s MB. Save it as JPEG.")
TOO_MANY_PIXELS = _(
    "The photograph has more than %(limit)s million pixels. Save it smaller, for example 4000 pixels wide."
)
TOO_NARROW = _("The photograph is %(width)s pixels wide; at least %(limit)s are needed. Choose a larger one.")
TOO_LONG = _("The photograph is more than %(limit)s times as long as wide. Crop it.")
BROKEN = _("The photograph is incomplete or damaged. Copy it anew from the camera.")
ANIMATED = _("The picture is animated. Choose a photograph without motion, as JPEG, PNG or WebP.")
OTHER = _("Choose a JPEG, PNG or WebP photograph. This file is none of them.")
HEIF = _(
    "The photograph is in the HEIC format, which browsers cannot show. Export it as JPEG; "
    "on an iPhone: Settings > Camera > Formats > Most Compatible."
)
NAMED = _("%(kind)s pictures are not taken. Export it as JPEG or PNG.")
GIF = _("GIF pictures are not taken. Export the photograph as JPEG.")


@dataclass(frozen=True)
class Photo:
    """A photograph that was examined and may be kept: an upright JPEG in sRGB, sides in pixels."""

    name: str
    data: bytes
    width: int
    height: int


def check_photo(upload: "UploadedFile[bytes]") -> Photo:
    """Return an upload as it may be kept, without location or anything else its camera noted.

    Raises ValidationError with a message for the officer who chose the file.
    """
    data = files.read(upload, at_most=settings.PHOTO_MAX_BYTES, too_large=TOO_LARGE)
    _refuse_by_name(data)
    try:
        picture = _decode(data)
    except images.BOMBS:
        limit = {"limit": images.PIXELS_AT_MOST // 1_000_000}
        raise ValidationError(TOO_MANY_PIXELS, code="bomb", params=limit) from None
    except images.FAULTS:
        known = any(data.startswith(start) for start in (b"\xff\xd8\xff", b"\x89PNG", b"RIFF"))
        raise ValidationError(BROKEN if known else OTHER, code="broken" if known else "type") from None
    _refuse_by_shape(picture)
    kept = io.BytesIO()
    picture.save(kept, **KEPT)
    return Photo(upload.name or "photograph", kept.getvalue(), picture.width, picture.height)


def _decode(data: bytes) -> Image.Image:
    with images.opened(data, KINDS) as picture:
        if images.kind_of(picture) != "JPEG" and getattr(picture, "is_animated", False):
            raise ValidationError(ANIMATED, code="animated")
        return colours.to_srgb(images.upright(picture))


def _refuse_by_name(data: bytes) -> None:
    """Name what is often brought and cannot be taken, so that the officer knows what to do."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        raise ValidationError(HEIF, code="heic")
    if data[:6] in (b"GIF87a", b"GIF89a"):
        raise ValidationError(ANIMATED, code="animated") if _is_animated(data) else ValidationError(GIF, code="gif")
    kind = _kind_not_taken(data)
    if kind:
        raise ValidationError(NAMED, code=kind.lower(), params={"kind": kind})


def _kind_not_taken(data: bytes) -> str:
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "TIFF"
    if data[:2] == b"BM":
        return "BMP"
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "SVG" if start.startswith(b"<") and b"<svg" in start else ""


def _is_animated(data: bytes) -> bool:
    try:
        with images.opened(data, ["GIF"]) as picture:
            return bool(getattr(picture, "is_animated", False))
    except (*images.BOMBS, *images.FAULTS):
        return False


def _refuse_by_shape(picture: Image.Image) -> None:
    if picture.width < WIDTH_AT_LEAST:
        params = {"width": picture.width, "limit": WIDTH_AT_LEAST}
        raise ValidationError(TOO_NARROW, code="too_small", params=params)
    if max(picture.size) > SIDES_AT_MOST * min(picture.size):
        raise ValidationError(TOO_LONG, code="too_long", params={"limit": SIDES_AT_MOST})
