"""The sizes and formats in which a picture exists."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import storages
from PIL import Image

from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Picture, Promise, StoredFile
from shenyang_fao.core.pictures import actions, renditions
from tests.cast import work_off
from tests.core import photos
from tests.core.pictures.albums import described, near, taken_in


def rendition(path: str) -> Image.Image:
    with storages["pictures"].open(path) as content, Image.open(content) as found:
        found.load()
        return found


def test_a_picture_is_made_in_three_widths_and_three_formats(editor):
    picture = described(editor, photos.jpeg(size=(2000, 1000)))

    found = [rendition(path) for path in renditions.paths(picture)]
    assert [(one.format, one.size) for one in found] == [
        (kind, size) for size in ((480, 240), (960, 480), (1600, 800)) for kind in ("AVIF", "WEBP", "JPEG")
    ]


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (640, [480, 640]),
        (960, [480, 960]),
        (1000, [480, 960, 1000]),
        (1600, [480, 960, 1600]),
        (4000, [480, 960, 1600]),
    ],
)
def test_no_rendition_is_wider_than_the_original(width, widths):
    assert Picture(width=width, height=600).widths == widths


def test_nothing_the_camera_noted_is_in_the_original_or_a_rendition(editor):
    picture = described(editor, photos.located(size=(1700, 900)))

    original = picture.original.content.open("rb").read()
    folder = Path(storages["pictures"].location)
    contents = [original, *((folder / path).read_bytes() for path in renditions.paths(picture))]
    assert len(contents) == 10
    for content in contents:
        with Image.open(io.BytesIO(content)) as found:
            assert (dict(found.getexif()), found.info.get("comment"), found.info.get("icc_profile")) == ({}, None, None)
        assert b"Tiexi" not in content
        assert b"Exif\0\0" not in content


def test_the_colours_of_a_rendition_are_those_of_the_original(editor):
    picture = described(editor, photos.jpeg((200, 100, 50)))

    for path in renditions.paths(picture):
        colour = rendition(path).convert("RGB").getpixel((100, 100))
        assert near(colour, (200, 100, 50), by=4), path


def test_a_better_format_weighs_less(editor):
    noise = Image.effect_noise((400, 300), 60).resize((700, 525)).convert("RGB")
    picture = described(editor, photos.written(noise, quality=95))

    for width in picture.widths:
        sizes = [
            storages["pictures"].size(f"{picture.key.hex[:2]}/{picture.key.hex}/{width}.{kind}")
            for kind in ("avif", "jpg")
        ]
        assert sizes == sorted(sizes)


def test_making_the_sizes_twice_changes_nothing(editor):
    picture = described(editor)

    renditions.render(picture.pk)

    again = Picture.objects.get(pk=picture.pk)
    assert again.rendered_at == picture.rendered_at


def test_half_made_sizes_are_made_again_in_the_same_places(editor):
    picture = described(editor)
    Picture.objects.update(rendered_at=None)

    renditions.render(picture.pk)

    folder = f"{picture.key.hex[:2]}/{picture.key.hex}"
    _folders, names = storages["pictures"].listdir(folder)
    assert sorted(f"{folder}/{name}" for name in names) == sorted(renditions.paths(picture))


def test_a_picture_deleted_while_it_waits_fails_nothing(editor):
    picture = taken_in(editor)
    actions.discard(picture.pk, by=editor)

    work_off()

    assert Promise.objects.get(kind=renditions.RENDER).state == PromiseState.DONE


def test_an_original_that_is_lost_is_failed_work_that_officers_see(editor):
    picture = taken_in(editor)
    picture.original.content.storage.delete(picture.original.content.name)

    work_off()

    promise = Promise.objects.get(kind=renditions.RENDER)
    assert (promise.state, promise.attempts) == (PromiseState.FAILED, 3)
    assert promise.error.startswith("FileNotFoundError")


def test_a_discarded_picture_leaves_no_file(editor, django_capture_on_commit_callbacks):
    picture = described(editor)
    paths, original = renditions.paths(picture), picture.original.content.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(picture.pk, by=editor)

    assert [path for path in paths if storages["pictures"].exists(path)] == []
    assert not storages["default"].exists(original)
    assert not StoredFile.objects.exists()
