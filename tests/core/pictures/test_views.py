"""Who may see a picture."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from shenyang_fao.core.models import Picture
from tests.cast import person
from tests.core import photos
from tests.core.pictures.albums import described, taken_in

MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
RENDITIONS = [(width, kind) for width in (480, 960, 1600) for kind in MEDIA_TYPES]


def status(client, address: str) -> int:
    """What the door answers."""
    return photos.fetch(client, address)[0].status_code


def test_everybody_sees_what_a_public_record_shows(client, editor, public):
    picture = described(editor, photos.jpeg(size=(1700, 900)))
    public.append(picture.pk)

    for width, kind in RENDITIONS:
        response, content = photos.fetch(client, picture.url(width, kind))

        assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPES[kind])
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Cookie" not in response.get("Vary", "")
        assert Image.open(io.BytesIO(content)).width == width


def test_the_address_has_no_language(editor):
    picture = described(editor)

    assert picture.url(480, "avif") == f"/media/pictures/{picture.key}/480.avif"


def test_a_public_picture_costs_one_query(client, editor, public, django_assert_num_queries):
    picture = described(editor)
    public.append(picture.pk)

    with django_assert_num_queries(1):
        status(client, picture.small_url)


def test_what_no_public_record_shows_is_not_found(client, editor, public):
    picture = described(editor)

    assert status(client, picture.small_url) == 404


def test_what_is_not_released_is_not_found(client, editor, public):
    picture = described(editor)
    public.append(picture.pk)
    Picture.objects.update(is_released=False)

    assert status(client, picture.small_url) == 404


@pytest.mark.parametrize("change", [("480.avif", "481.avif"), ("480.avif", "480.png"), ("480.avif", "1600.avif")])
def test_no_other_size_or_format_is_found(client, editor, public, change):
    picture = described(editor)
    public.append(picture.pk)

    assert status(client, picture.url(480, "avif").replace(*change)) == 404


def test_an_unknown_picture_is_not_found(client, db):
    address = reverse("pictures:rendition", args=["00000000-0000-4000-8000-000000000000", 480, "jpg"])

    assert status(client, address) == 404


def test_a_picture_without_its_sizes_is_not_found(client, editor, public):
    picture = taken_in(editor)
    public.append(picture.pk)

    assert status(client, picture.small_url) == 404


def test_an_editor_sees_what_is_not_public_and_nobody_keeps_it(client, editor):
    picture = described(editor)
    client.force_login(editor)

    response, _content = photos.fetch(client, picture.small_url)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_somebody_without_the_right_does_not_see_what_is_not_public(client, editor):
    picture = described(editor)
    client.force_login(person("reader@example.com"))

    assert status(client, picture.small_url) == 404
