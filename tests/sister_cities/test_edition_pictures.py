"""The pictures of an edition in the back office, from the upload to the reader's page."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Picture, Promise, StoredFile
from sister_cities.actions import exchanges as actions
from sister_cities.models import Edition, EditionPicture
from tests.cast import officer
from tests.core import photos
from tests.sister_cities.exchange_makers import (
    add_picture,
    make_edition,
    public_page,
)
from tests.sister_cities.factories import make_partner


def upload(client, edition, *files, **data):
    address = reverse("admin:sister_cities_edition_add_pictures", args=[edition.pk])
    return client.post(address, {"photos": [SimpleUploadedFile(name, content) for name, content in files], **data})


def table(entries, **changes):
    """What the browser sends for the table of pictures, with changes to the first one."""
    data = {"pictures-TOTAL_FORMS": len(entries), "pictures-INITIAL_FORMS": len(entries)}
    for index, entry in enumerate(entries):
        shown = {
            "alt_zh_hans": entry.picture.alt_zh_hans or "", "alt_en": entry.picture.alt_en or "", "caption_zh_hans": "",
            "caption_en": "", "credit": entry.picture.credit, "taken_year": "", "partner": "", "position": entry.position,
            "is_released": "on",
        }  # fmt: skip
        for name, value in shown.items():
            data[f"initial-pictures-{index}-{name}"] = {"on": "True"}.get(value, value)
            data[f"pictures-{index}-{name}"] = value
        data[f"pictures-{index}-entry"] = entry.pk
    return data | {f"pictures-0-{name}": value for name, value in changes.items()}


def save(client, edition, data):
    return client.post(reverse("admin:sister_cities_edition_pictures", args=[edition.pk]), data)


def test_several_photographs_are_added_at_once_with_what_they_share(client, editor):
    edition, partner = make_edition(), make_partner()
    client.force_login(editor)
    files = [(f"{colour}.jpg", photos.jpeg(colour)) for colour in ("red", "green", "blue")]

    response = upload(client, edition, *files, partner=partner.pk, credit="Li Wei", taken_year="2021")

    assert response.status_code == 302
    found = list(
        edition.pictures.values_list("picture__original__original_name", "picture__credit", "partner", "position")
    )
    assert found == [(f"{c}.jpg", "Li Wei", partner.pk, p) for c, p in (("red", 10), ("green", 20), ("blue", 30))]
    assert not Picture.objects.filter(is_released=True).exists()


def test_a_refused_photograph_is_named_at_the_field_and_the_others_are_kept(client, editor):
    edition = make_edition()
    client.force_login(editor)

    response = upload(client, edition, ("good.jpg", photos.jpeg()), ("moving.gif", photos.animated("GIF")))

    assert response.status_code == 200
    assert [error.partition(":")[0] for error in response.context["form"].errors["photos"]] == ["moving.gif"]
    assert edition.pictures.count() == 1


def test_the_same_photograph_is_added_once(client, editor):
    edition = make_edition()
    client.force_login(editor)

    for _time in range(2):
        upload(client, edition, ("good.jpg", photos.jpeg()))

    assert (edition.pictures.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "待补充说明"), ("en", "needs a description")])
def test_the_page_says_which_pictures_need_a_description(client, editor, language, words):
    edition = make_edition()
    editor.language = language
    editor.save()
    client.force_login(editor)
    upload(client, edition, ("good.jpg", photos.jpeg()))

    response = client.get(reverse("admin:sister_cities_edition_pictures", args=[edition.pk]))

    assert response.context["undescribed"] == 1
    assert words in response.content.decode()


def test_a_description_in_both_languages_shows_the_picture(client, editor):
    edition = make_edition()
    client.force_login(editor)
    upload(client, edition, ("good.jpg", photos.jpeg()))
    entries = list(edition.pictures.with_all())

    response = save(
        client, edition, table(entries, alt_zh_hans="故宫", alt_en="The palace", caption_en="Roofs", position="70")
    )

    picture = Picture.objects.get()
    assert response.status_code == 302
    assert (picture.alt_zh_hans, picture.alt_en, picture.caption_en, picture.is_released) == (
        "故宫",
        "The palace",
        "Roofs",
        True,
    )
    assert edition.pictures.get().position == 70


def test_one_language_alone_is_kept_and_not_shown(client, editor):
    edition = make_edition()
    client.force_login(editor)
    upload(client, edition, ("good.jpg", photos.jpeg()))

    save(client, edition, table(list(edition.pictures.with_all()), alt_zh_hans="故宫"))

    assert (Picture.objects.get().alt_zh_hans, Picture.objects.get().is_released) == ("故宫", False)


def test_what_another_officer_wrote_meanwhile_is_not_undone(client, editor):
    edition = make_edition()
    entry = add_picture(edition, editor)
    client.force_login(editor)
    opened = table([entry], credit="Li Wei")
    actions.describe_picture(entry.pk, place={}, words={"alt_en": "Deep snow"}, is_released=True, by=editor)

    save(client, edition, opened)

    picture = Picture.objects.get()
    assert (picture.alt_en, picture.credit) == ("Deep snow", "Li Wei")


def test_a_deleted_picture_goes_with_its_files(client, editor):
    edition = make_edition()
    entry = add_picture(edition, editor)
    client.force_login(editor)

    save(client, edition, table([entry], is_removed="on"))

    assert not EditionPicture.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_wrong_year_is_named_and_nothing_is_saved(client, editor):
    edition = make_edition()
    entry = add_picture(edition, editor)
    client.force_login(editor)

    response = save(client, edition, table([entry], taken_year="1700", alt_en="Other"))

    assert list(response.context["rows"][0].form.errors) == ["taken_year"]
    assert Picture.objects.get().alt_en == "Snow in Beiling Park"


@pytest.mark.parametrize("entry", ["", "abc", "9" * 40])
def test_a_row_that_names_no_picture_saves_nothing(client, editor, entry):
    edition = make_edition()
    data = table([add_picture(edition, editor)], alt_en="Other", entry=entry)
    client.force_login(editor)

    save(client, edition, data)

    assert Picture.objects.get().alt_en == "Snow in Beiling Park"


def test_a_picture_of_another_edition_is_not_touched(client, editor):
    edition, other = make_edition(), make_edition(slug="third", number=3)
    entry = add_picture(other, editor)
    client.force_login(editor)

    save(client, edition, table([entry], alt_en="Other"))

    assert Picture.objects.get().alt_en == "Snow in Beiling Park"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.RECEPTION, Role.ADMINISTRATOR])
def test_others_do_not_change_pictures(client, editor, role):
    edition = make_edition()
    client.force_login(officer("other@example.com", role))

    assert upload(client, edition, ("good.jpg", photos.jpeg())).status_code == 403
    assert save(client, edition, {}).status_code == 403


def test_failed_work_is_marked_at_its_picture(client, editor):
    edition = make_edition()
    add_picture(edition, editor)
    Promise.objects.filter(kind="picture.render").update(state=PromiseState.FAILED, attempts=3, error="no room")
    client.force_login(editor)

    response = client.get(reverse("admin:sister_cities_edition_pictures", args=[edition.pk]))

    assert [row.has_failed for row in response.context["rows"]] == [True]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_officers_table_costs_the_same_queries_however_long(client, editor, django_assert_max_num_queries, number):
    edition = make_edition()
    for index in range(number):
        add_picture(edition, editor, colour=(index * 8, 0, 0))
    client.force_login(editor)

    with django_assert_max_num_queries(12):
        client.get(reverse("admin:sister_cities_edition_pictures", args=[edition.pk]))


def test_a_deleted_edition_leaves_no_file(client, editor):
    edition = make_edition()
    add_picture(edition, editor)
    client.force_login(editor)

    response = client.post(reverse("admin:sister_cities_edition_delete", args=[edition.pk]), {"post": "yes"})

    assert response.status_code == 302
    assert (Edition.objects.count(), Picture.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_photograph_travels_from_the_officer_to_the_reader(client, celery_worker):
    edition, editor = make_edition(), officer("editor@example.com", Role.EDITOR)
    client.force_login(editor)
    upload(client, edition, ("palace.jpg", photos.located(size=(1000, 700))))
    save(client, edition, table(list(edition.pictures.with_all()), alt_zh_hans="故宫", alt_en="The palace"))
    client.logout()

    end = time.monotonic() + 30
    while time.monotonic() < end and not Picture.objects.get().is_ready:
        time.sleep(0.2)

    page = public_page(client, "edition", "en", "second").content.decode()
    picture = Picture.objects.get()
    assert f"{picture.url(960, 'avif')} 960w" in page
    assert 'alt="The palace"' in page
    found = Image.open(io.BytesIO(photos.fetch(client, picture.url(960, "avif"))[1]))
    assert (found.format, found.size) == ("AVIF", (960, 672))
