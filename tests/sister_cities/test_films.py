"""Films: what is accepted, who gets them, and how a browser plays them in parts."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sister_cities.films import check_film
from sister_cities.models import Edition, Film
from tests.core import photos
from tests.sister_cities.exchange_makers import LOCATED, MP4, WEBM, make_edition, public_page


def edition_form(edition, **film):
    names = ("name_zh_hans", "name_en", "slug", "number", "year", "source", "source_grade")
    data = {name: getattr(edition, name) for name in names} | {"is_public": "on"}
    data |= {"films-TOTAL_FORMS": 1, "films-INITIAL_FORMS": 0, "films-0-position": 0, "films-0-credit": "City of Turin"}
    return (
        data
        | {"films-0-name_zh_hans": "都灵", "films-0-name_en": "Turin"}
        | {f"films-0-{k}": v for k, v in film.items()}
    )


def submit(client, edition, **film):
    return client.post(reverse("admin:sister_cities_edition_change", args=[edition.pk]), edition_form(edition, **film))


def film_upload(content, name="turin.avi"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(("content", "kind"), [(MP4, "mp4"), (WEBM, "webm")])
def test_a_film_is_called_by_its_content(client, editor, content, kind):
    edition = make_edition()
    client.force_login(editor)

    response = submit(client, edition, file=film_upload(content))

    film = Film.objects.get()
    assert response.status_code == 302
    assert film.media_type == f"video/{kind}"
    assert film.file.name.endswith(f".{kind}")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LOCATED, "located"),
        (b"RIFF0000AVI LIST", "type"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "type"),
        (MP4[:30], "type"),
        (b"\0\0\0\x08ftyp" * 3, "type"),
        (b"", "type"),
    ],
)
def test_what_is_no_film_for_a_page_is_refused(content, code):
    with pytest.raises(ValidationError) as refused:
        check_film(film_upload(content))

    assert refused.value.code == code


def test_a_film_too_large_is_refused(settings):
    settings.FILM_MAX_BYTES = 100

    with pytest.raises(ValidationError) as refused:
        check_film(film_upload(MP4))

    assert refused.value.code == "too_large"


def test_a_film_is_either_a_link_or_a_file(client, editor):
    edition = make_edition()
    client.force_login(editor)

    both = submit(client, edition, file=film_upload(MP4), url="https://example.org/film")
    neither = submit(client, edition)

    assert (both.status_code, neither.status_code, Film.objects.count()) == (200, 200, 0)


def shown_film(client, editor, **fields) -> Film:
    edition = make_edition(**fields)
    client.force_login(editor)
    submit(client, edition, file=film_upload(MP4))
    if not edition.is_public:
        Edition.objects.update(is_public=False)
    client.logout()
    return Film.objects.get()


@pytest.mark.parametrize(
    ("asked", "status_code", "bounds"),
    [
        (None, 200, (0, len(MP4))),
        ("bytes=0-", 206, (0, len(MP4))),
        ("bytes=100-199", 206, (100, 200)),
        ("bytes=-50", 206, (len(MP4) - 50, len(MP4))),
        ("bytes=100-999999", 206, (100, len(MP4))),
        ("bytes=0-1,5-6", 200, (0, len(MP4))),
        ("bytes=-", 200, (0, len(MP4))),
        ("bytes=abc", 200, (0, len(MP4))),
    ],
)
def test_a_browser_jumps_in_a_film(client, editor, asked, status_code, bounds):
    film = shown_film(client, editor)

    response, content = photos.fetch(client, film.file_url, **({"Range": asked} if asked else {}))

    assert (response.status_code, response["Content-Type"]) == (status_code, "video/mp4")
    assert content == MP4[slice(*bounds)]
    assert response["Content-Length"] == str(len(content))
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=200-100"])
def test_a_part_that_is_not_there_is_said_so(client, editor, asked):
    film = shown_film(client, editor)

    response = client.get(film.file_url, headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(MP4)}")


def test_a_film_of_an_unpublished_edition_is_not_found(client, editor):
    film = shown_film(client, editor)
    Edition.objects.update(is_public=False)

    assert client.get(film.file_url).status_code == 404


def test_the_page_of_a_film_lets_the_browser_play_our_own(client, editor):
    shown_film(client, editor)

    response = public_page(client, "edition", "en", "second")

    assert "media-src 'self'" in response["Content-Security-Policy"]


def test_a_link_is_a_plain_link(client, editor):
    edition = make_edition()
    Film.objects.create(
        edition=edition, name_zh_hans="都灵", name_en="Turin", url="https://example.org/f", credit="Turin"
    )

    page = public_page(client, "edition", "en", "second").content.decode()

    assert '<a href="https://example.org/f" rel="external noopener">Turin</a>' in page
    assert "<iframe" not in page


def test_a_deleted_film_leaves_no_file(client, editor, django_capture_on_commit_callbacks):
    film = shown_film(client, editor)
    storage, name = film.file.storage, film.file.name
    client.force_login(editor)

    with_key = {"films-INITIAL_FORMS": 1, "films-0-id": film.pk, "films-0-edition": film.edition_id}
    data = edition_form(film.edition) | with_key | {"films-0-DELETE": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:sister_cities_edition_change", args=[film.edition_id]), data)

    assert not Film.objects.exists()
    assert not storage.exists(name)
