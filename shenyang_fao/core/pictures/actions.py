"""What officers do with pictures: bring them, describe them, take them away."""

from functools import partial

from django.db import transaction

from shenyang_fao.core import audit, files, outbox
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.models import Picture
from shenyang_fao.core.pictures import renditions
from shenyang_fao.core.pictures.checking import Photo

DESCRIPTIVE = frozenset({"alt_zh_hans", "alt_en", "caption_zh_hans", "caption_en", "credit", "taken_year"})


@audit.action
def take_in(photo: Photo, *, by: Actor) -> Picture:
    """Keep an examined photograph and promise its renditions. Nobody but officers sees it until it is released."""
    original = files.store(photo.data, name=photo.name, media_type="image/jpeg", by=by)
    picture = Picture(original=original, width=photo.width, height=photo.height, made_by=by)  # type: ignore[misc]
    picture.save()
    outbox.promise(renditions.RENDER, picture.pk)
    return picture


@audit.action
def describe(picture_id: int, *, words: dict[str, object], is_released: bool, by: Actor) -> Picture:
    """Write down what is seen, in both languages, and whether the public may see it.

    ``words`` are columns of ``DESCRIPTIVE``. A picture that lacks a description in one language is not released, whatever
    was ticked: what was typed is kept, and the picture stands in the list of those that need one.
    """
    picture = Picture.objects.select_for_update(of=("self",)).get(pk=picture_id)
    for column in DESCRIPTIVE & words.keys():
        setattr(picture, column, words[column])
    picture.is_released = is_released and picture.is_described
    picture.save(update_fields=[*(DESCRIPTIVE & words.keys()), "is_released"])
    return picture


@audit.action
def discard(picture_id: int, *, by: Actor) -> None:
    """Delete a picture that no record shows any more, with its original and every rendition."""
    picture = Picture.objects.select_for_update(of=("self",)).select_related("original").get(pk=picture_id)
    original = picture.original
    paths = renditions.paths(picture)
    picture.delete()
    files.discard(original)
    transaction.on_commit(partial(renditions.delete, paths))
