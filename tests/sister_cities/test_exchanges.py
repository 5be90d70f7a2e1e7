"""The exchange programme: its public pages, its pictures from the officer's upload to the reader's page, its films."""

import io
import struct
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Picture, Promise, PublishedFigure, StoredFile
from shenyang_fao.core.pictures.checking import check_photo
from sister_cities.actions import exchanges as actions
from sister_cities.films import check_film
from sister_cities.models import Edition, EditionPicture, Exchange, Film
from tests.cast import officer, work_off
from tests.core import photos
from tests.sister_cities.factories import make_partner, make_tie

SOURCE = {"source": "https://www.shenyang.gov.cn/x", "source_grade": "official"}
LANGUAGES = ("zh-hans", "en")
MP4 = (
    b"\0\0\0\x18ftypisom\0\0\2\0isommp41"
    + struct.pack(">I4s", 40, b"moov") + b"\0\0\0\x20hdlr" + bytes(8) + b"vide" + bytes(12)
    + struct.pack(">I4s", 1008, b"mdat") + bytes(range(250)) * 4
)  # fmt: skip
LOCATED = MP4.replace(b"vide" + bytes(12), b"vide" + b"\xa9xyz+41.80+123.")
WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\1\x42\x82\x84webm" + bytes(500)


def make_edition(**fields) -> Edition:
    values = {"slug": "second", "number": 2, "year": 2022, "name_zh_hans": "第二届互展", "name_en": "Second exchange"}
    return Edition.objects.create(**(values | SOURCE | {"is_public": True} | fields))


def make_exchange(**fields) -> Exchange:
    values = {"name_zh_hans": "代表团来访", "name_en": "A delegation visits"}
    partners = fields.pop("partners", [])
    found = Exchange.objects.create(**(values | SOURCE | {"is_public": True} | fields))
    found.partners.set(partners)
    return found


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


def photo(colour="red"):
    return check_photo(photos.upload(photos.jpeg(colour, size=(700, 500))))


def add_picture(edition, editor, colour="red", **words) -> EditionPicture:
    """A released picture without its sizes yet."""
    entry = actions.add_picture(edition.pk, photo=photo(colour), partner_id=None, words={}, by=editor)
    words = {"alt_zh_hans": "北陵公园的雪", "alt_en": "Snow in Beiling Park"} | words
    return actions.describe_picture(entry.pk, place={}, words=words, is_released=True, by=editor)


def public_page(client, name, language="en", *args, **query):
    with_language = f"/{language}/sister-cities/exchanges/" + "".join(f"{arg}/" for arg in args)
    return client.get(with_language, query)


def status(client, address) -> int:
    return photos.fetch(client, address)[0].status_code


# The programme and the record


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["光影传谊·五洲连心", "代表团来访", "第二届互展", "2019年5月"]),
        ("en", ["Light and Shadow Convey Friendship", "A delegation visits", "Second exchange", "May 2019"]),
    ],
)
def test_the_exchanges_are_told_in_both_languages(client, db, language, words):
    make_edition()
    make_exchange(happened_on="2019-05-01", happened_precision="month")

    page = public_page(client, "exchanges", language).content.decode()

    assert [word for word in words if word not in page] == []


def test_the_published_figure_stands_with_its_date_beside_what_is_held(client, db):
    words = {"label_zh_hans": "城市", "label_en": "Cities", "unit": "city", "source": "seed", "as_of": "2022"}
    PublishedFigure.objects.create(key="photo_exchange_cities", value="12", **words)
    make_edition().partners.add(make_partner(), make_partner())

    figures = public_page(client, "exchanges").context["figures"]

    assert [(figure.published and figure.published.value, figure.held) for figure in figures] == [(None, 1), ("12", 2)]


def test_what_is_not_public_is_not_told(client, db):
    make_edition(is_public=False)
    make_exchange(is_public=False)

    context = public_page(client, "exchanges").context

    assert (list(context["editions"]), context["page"]) == ([], [])


def test_the_newest_exchange_stands_first_and_one_without_date_last(client, db):
    dated = [make_exchange(happened_on=f"{year}-01-01", happened_precision="year") for year in (2012, 2020)]
    undated = make_exchange()

    assert public_page(client, "exchanges").context["page"] == [dated[1], dated[0], undated]


def test_only_a_partner_with_a_page_is_a_link(client, db):
    known, unknown = make_tie().partner, make_partner()
    make_exchange(partners=[known, unknown])

    page = public_page(client, "exchanges").content.decode()

    assert f'href="/en/sister-cities/{known.slug}/"' in page
    assert f'href="/en/sister-cities/{unknown.slug}/"' not in page


def test_the_record_is_asked_by_country_and_year(client, db):
    japanese = make_exchange(partners=[make_partner(country="JP")], happened_on="2019-01-01", happened_precision="year")
    make_exchange(partners=[make_partner(country="RU")], happened_on="2019-01-01", happened_precision="year")
    make_exchange(partners=[make_partner(country="JP")], happened_on="2018-01-01", happened_precision="year")

    assert public_page(client, "exchanges", country="JP", year="2019").context["page"] == [japanese]


@pytest.mark.parametrize("query", [{"year": "nineteen"}, {"country": "XX"}, {"year": "9" * 30}])
def test_a_filter_that_does_not_exist_filters_nothing(client, db, query):
    found = make_exchange(happened_on="2019-01-01", happened_precision="year")

    assert public_page(client, "exchanges", **query).context["page"] == [found]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_record_costs_the_same_queries_however_long(client, db, django_assert_num_queries, number):
    for index in range(number):
        make_exchange(partners=[make_tie().partner], happened_on=f"{1990 + index}-01-01", happened_precision="year")

    with django_assert_num_queries(9):
        public_page(client, "exchanges")


# An edition


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


# Officers


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


# Films


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


# The whole way


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
