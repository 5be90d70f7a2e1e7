"""Any photograph's colours as every browser shows them: eight bits, sRGB, on white.

The profile that a file carries says what its numbers mean (ICC.1); without one, the numbers are taken as sRGB.
"""

import io

from PIL import Image, ImageCms

# What a profile calls its colours, by Pillow's mode.
SPACES = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY"}
SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L")
WHITE = "#fff"


def to_srgb(picture: Image.Image) -> Image.Image:
    """Return a decoded picture in sRGB, mode RGB, with nothing else in it. Raises what decoding raises."""
    profile = picture.info.get("icc_profile")
    plain = _eight_bits(picture)
    cover = plain.getchannel("A") if "A" in plain.getbands() else None
    opaque = plain.convert("RGB") if cover else plain
    converted = _by_profile(opaque, profile) or opaque.convert("RGB")
    if cover:
        white = Image.new("RGB", converted.size, WHITE)
        white.paste(converted, mask=cover)
        converted = white
    converted.info = {}
    return converted


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return the picture as L, RGB, RGBA or CMYK."""
    if picture.mode in SIXTEEN_BITS:
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "CMYK":
        return _right_way_round(picture)
    if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA"):
        return picture.convert("RGBA")
    return picture if picture.mode in SPACES else picture.convert("L" if picture.mode == "1" else "RGB")


def _right_way_round(picture: Image.Image) -> Image.Image:
    """Return CMYK with 255 for full ink.

    Adobe writes it the other way round and marks the file (Adobe technical note 5116); Pillow turns every file as if it
    were Adobe's, so one without the mark has to be turned back.
    """
    return picture if "adobe" in picture.info else picture.point(lambda value: 255 - value)


def _by_profile(picture: Image.Image, profile: bytes | None) -> Image.Image | None:
    """Return the picture in sRGB by its profile; None where it has none, a broken one, or one for other colours."""
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != SPACES[picture.mode]:
            return None
        return ImageCms.profileToProfile(
            picture,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
