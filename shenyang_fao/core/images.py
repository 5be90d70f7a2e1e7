"""Opening pictures that come from outside: every surprise is an error, and the camera's note decides which side is up."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ExifTags, Image

PIXELS_AT_MOST = 50_000_000
# What opening and decoding raise: the first for too many pixels, the second for whatever is no picture or a broken one.
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
FAULTS = (OSError, SyntaxError, ValueError)
# How a picture is turned upright, by the orientation its camera noted (Exif 2.32, 4.6.5).
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@contextmanager
def opened(data: bytes, kinds: list[str]) -> Iterator[Image.Image]:
    """Open a picture of one of Pillow's ``kinds``; nothing is decoded yet. Raises BOMBS and FAULTS, also while it is read."""
    with warnings.catch_warnings():
        # What Pillow finds odd is dropped with the rest that is not picture; a bomb is not odd but refused.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=kinds) as picture:
            if picture.width * picture.height > PIXELS_AT_MOST:
                raise Image.DecompressionBombError
            yield picture


def kind_of(picture: Image.Image) -> str:
    """Return the kind; phones write JPEGs with a second picture inside, which Pillow calls MPO: the first one was meant."""
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def upright(picture: Image.Image) -> Image.Image:
    """Return a decoded copy with its upper side up."""
    turn = UPRIGHT.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture.transpose(turn) if turn is not None else picture.copy()
