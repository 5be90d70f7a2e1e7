"""In which sizes and formats a picture exists; its addresses and files follow from this alone."""

WIDTHS = (480, 960, 1600)
LARGEST = WIDTHS[-1]
# Best first: a browser takes the first one it knows. The last is for those that know none of the others.
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FALLBACK = "jpg"


def widths_of(width: int) -> list[int]:
    """Return the widths in pixels in which a picture of this width exists; never wider than itself."""
    return sorted({smaller for smaller in WIDTHS if smaller < width} | {min(width, LARGEST)})


def height_at(width: int, *, of: tuple[int, int]) -> int:
    """Return the height in pixels at a width, for a picture ``of`` a width and a height."""
    return max(1, round(of[1] * width / of[0]))


def path_of(key: str, width: int, kind: str) -> str:
    """Return where a rendition lies in the storage of pictures."""
    return f"{key[:2]}/{key}/{width}.{kind}"
