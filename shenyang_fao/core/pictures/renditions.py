"""The sizes of a picture as files. They hold nothing but picture, so they lie unencrypted where they are read fast.

Whether somebody may read one is decided by the view, as for the original; the folder is outside the web server's reach.
"""

import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone
from PIL import Image

from shenyang_fao.core.models import Picture
from shenyang_fao.core.pictures import sizes

RENDER = "picture.render"
# Chosen by eye and scale: AVIF half of JPEG's weight; its slower speeds win 2 % for twice the time.
ENCODERS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}


def storage() -> Storage:
    """Return where renditions lie; a file made again takes the place of the earlier one."""
    return storages["pictures"]


def render(picture_id: int) -> None:
    """Make every rendition of a picture that has none. Called again it makes the same files in the same places."""
    picture = Picture.objects.select_for_update(of=("self",)).select_related("original").filter(pk=picture_id).first()
    # A picture may be deleted while it waits for its turn.
    if picture is None or picture.is_ready:
        return
    with picture.original.content.open("rb") as content, Image.open(content, formats=["JPEG"]) as original:
        for width in picture.widths:
            height = sizes.height_at(width, of=original.size)
            _keep(picture, original.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0))
    picture.rendered_at = timezone.now()
    picture.save(update_fields=["rendered_at"])


def paths(picture: Picture) -> list[str]:
    """Return the path of every rendition that a picture has or will have."""
    return [sizes.path_of(picture.key.hex, width, kind) for width in picture.widths for kind in ENCODERS]


def delete(gone: list[str]) -> None:
    """Delete renditions; one that is not there is no fault."""
    for path in gone:
        storage().delete(path)


def _keep(picture: Picture, resized: Image.Image) -> None:
    for kind, options in ENCODERS.items():
        content = io.BytesIO()
        resized.save(content, **options)
        storage().save(sizes.path_of(picture.key.hex, resized.width, kind), ContentFile(content.getvalue()))
