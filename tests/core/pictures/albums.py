"""Pictures as officers bring and describe them, and how near two colours are."""

from shenyang_fao.core.models import Picture
from shenyang_fao.core.pictures import actions
from shenyang_fao.core.pictures.checking import check_photo
from tests.cast import work_off
from tests.core import photos
from tests.core.photos import upload


def near(found: tuple[int, ...], wanted: tuple[int, ...], *, by: int = 3) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def taken_in(editor, data: bytes | None = None) -> Picture:
    return actions.take_in(check_photo(upload(data or photos.jpeg())), by=editor)


def described(editor, data: bytes | None = None, **words) -> Picture:
    """A released picture with all its renditions, few and small ones if nothing else is asked for."""
    picture = taken_in(editor, data or photos.jpeg(size=(640, 400)))
    words = {"alt_zh_hans": "故宫的屋檐", "alt_en": "Eaves of the palace"} | words
    actions.describe(picture.pk, words=words, is_released=True, by=editor)
    work_off()
    picture.refresh_from_db()
    return picture
