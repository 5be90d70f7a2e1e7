"""The pages of an edition: what it shows, and a picture large between its neighbours."""

import pytest

from sister_cities.models import Edition, EditionPicture
from tests.cast import work_off
from tests.sister_cities.exchange_makers import add_picture, make_edition, public_page, status


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["第二届互展", "北陵公园的雪", "雪后"]),
        ("en", ["Second exchange", "Snow in Beiling Park", "After snow"]),
    ],
)
def test_an_edition_is_shown_in_both_languages(client, editor, language, words):
    add_picture(make_edition(), editor, caption_zh_hans="雪后", caption_en="After snow")
    work_off()

    page = public_page(client, "edition", language, "second").content.decode()

    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_gallery_costs_the_same_queries_however_long(client, editor, django_assert_num_queries, number):
    edition = make_edition()
    for index in range(number):
        add_picture(edition, editor, colour=(index * 8, 0, 0))

    with django_assert_num_queries(4):
        page = public_page(client, "edition", "en", "second")

    assert len(page.context["pictures"]) == number


def test_an_unpublished_edition_is_not_found_nor_are_its_pictures(client, editor):
    edition = make_edition()
    entry = add_picture(edition, editor)
    work_off()
    assert status(client, entry.picture.small_url) == 200

    Edition.objects.update(is_public=False)

    assert public_page(client, "edition", "en", "second").status_code == 404
    assert client.get(f"/en{entry.get_absolute_url().removeprefix('/zh-hans')}").status_code == 404
    assert status(client, entry.picture.small_url) == 404


def test_a_picture_that_left_its_edition_is_not_found(client, editor):
    entry = add_picture(make_edition(), editor)
    work_off()

    EditionPicture.objects.all().delete()

    assert status(client, entry.picture.small_url) == 404


@pytest.mark.parametrize("words", [{"alt_en": ""}, {"alt_zh_hans": ""}])
def test_a_picture_without_a_description_in_each_language_is_not_shown(client, editor, words):
    entry = add_picture(make_edition(), editor, **words)
    work_off()

    assert public_page(client, "edition", "en", "second").context["pictures"] == []
    assert status(client, entry.picture.small_url) == 404


def test_a_picture_stands_large_between_its_neighbours(client, editor):
    edition = make_edition()
    first, second, third = (add_picture(edition, editor, colour) for colour in ("red", "green", "blue"))
    work_off()

    context = public_page(client, "edition_picture", "en", "second", "pictures", second.picture.key).context

    assert (context["previous"], context["entry"], context["next"]) == (first, second, third)
    assert (context["number"], context["total"]) == (2, 3)


def test_a_picture_of_another_edition_is_not_found(client, editor):
    entry = add_picture(make_edition(), editor)
    make_edition(slug="third", number=3, year=2024)

    address = f"/en/sister-cities/exchanges/third/pictures/{entry.picture.key}/"

    assert client.get(address).status_code == 404
