"""What officers do with the pictures of an edition."""

import hashlib
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.pictures import actions as pictures
from shenyang_fao.core.pictures.checking import Photo
from sister_cities.models import Edition, EditionPicture, Film

RIGHT = "sister_cities.change_edition"
# Room between two positions, so that a picture can be moved between them.
STEP = 10
PLACE = frozenset({"position", "partner_id"})


@audit.action
def add_picture(
    edition_id: int, *, photo: Photo, partner_id: int | None, words: dict[str, object], by: User
) -> EditionPicture | None:
    """Put an examined photograph behind the others, not shown yet; None when the edition has it already.

    Raises PermissionDenied.
    """
    _require_right(by)
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    digest = hashlib.sha256(photo.data).hexdigest()
    if edition.pictures.filter(picture__original__sha256=digest).exists():
        return None
    picture = pictures.describe(pictures.take_in(photo, by=by).pk, words=words, is_released=False, by=by)
    last = edition.pictures.aggregate(last=Max("position"))["last"] or 0
    return EditionPicture.objects.create(edition=edition, picture=picture, partner_id=partner_id, position=last + STEP)


@audit.action
def describe_picture(
    entry_id: int, *, place: dict[str, int | None], words: dict[str, object], is_released: bool, by: User
) -> EditionPicture:
    """Say what is seen on a picture and where it stands; only what is named is changed (`core.pictures.actions.describe`).

    ``place`` may hold the columns of ``PLACE``. Raises PermissionDenied, and DoesNotExist when the picture was removed.
    """
    _require_right(by)
    entry = EditionPicture.objects.select_for_update(of=("self",)).get(pk=entry_id)
    columns = sorted(PLACE & place.keys())
    for column in columns:
        setattr(entry, column, place[column])
    if columns:
        entry.save(update_fields=columns)
    pictures.describe(entry.picture_id, words=words, is_released=is_released, by=by)
    return entry


@audit.action
def remove_picture(entry_id: int, *, by: User) -> None:
    """Take a picture away for good; one that is already gone is no fault. Raises PermissionDenied."""
    _require_right(by)
    entry = EditionPicture.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        return
    entry.delete()
    pictures.discard(entry.picture_id, by=by)


@audit.action
def delete_edition(edition_id: int, *, by: User) -> None:
    """Delete an edition with its pictures and films, their files included. Raises PermissionDenied."""
    if not by.has_perm("sister_cities.delete_edition"):
        raise PermissionDenied
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    for entry in edition.pictures.all():
        entry.delete()
        pictures.discard(entry.picture_id, by=by)
    names = film_files(edition)
    edition.delete()
    forget_films(names)


def film_files(edition: Edition) -> set[str]:
    """Return the names of the film files that an edition has now."""
    return set(Film.objects.filter(edition=edition).exclude(file="").values_list("file", flat=True))


def forget_films(names: set[str]) -> None:
    """Delete film files that no record names any more, once the transaction holds."""
    storage = Film._meta.get_field("file").storage
    for name in names:
        transaction.on_commit(partial(storage.delete, name))


def _require_right(by: User) -> None:
    if not by.has_perm(RIGHT):
        raise PermissionDenied
