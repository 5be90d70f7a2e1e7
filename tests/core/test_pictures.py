import io
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageCms

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import files
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import AuditEntry, Picture, Promise, StoredFile
from shenyang_fao.core.pictures import actions, renditions, shown
from shenyang_fao.core.pictures.checking import check_photo
from tests.cast import officer, person, work_off
from tests.core import photos
from tests.core.photos import upload

RENDITIONS = [(width, kind) for width in (480, 960, 1600) for kind in ("avif", "webp", "jpg")]


def refusal(data: bytes) -> str:
    """The code with which a photograph is refused."""
    with pytest.raises(ValidationError) as refused:
        check_photo(upload(data))
    return refused.value.code


def kept(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(check_photo(upload(data)).data))


def near(found: tuple[int, ...], wanted: tuple[int, ...], *, by: int = 3) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


@pytest.fixture
def public(monkeypatch):
    """The keys of the pictures that a public record shows."""
    found = []
    monkeypatch.setattr(shown, "_shown", [lambda: Picture.objects.filter(pk__in=found).values("pk")])
    return found


def status(client, address: str) -> int:
    """What the door answers."""
    return photos.fetch(client, address)[0].status_code


def rendition(path: str) -> Image.Image:
    with storages["pictures"].open(path) as content, Image.open(content) as found:
        found.load()
        return found


def taken_in(editor, data: bytes | None = None) -> Picture:
    return actions.take_in(check_photo(upload(data or photos.jpeg())), by=editor)


def described(editor, data: bytes | None = None, **words) -> Picture:
    """A released picture with all its renditions."""
    picture = taken_in(editor, data)
    words = {"alt_zh_hans": "故宫的屋檐", "alt_en": "Eaves of the palace"} | words
    actions.describe(picture.pk, words=words, is_released=True, by=editor)
    work_off()
    picture.refresh_from_db()
    return picture


# What is taken, and how it comes out


def test_a_photograph_is_kept_as_an_upright_srgb_jpeg():
    photo = check_photo(upload(photos.jpeg(size=(900, 600)), "palace.jpg"))

    picture = Image.open(io.BytesIO(photo.data))
    assert (photo.name, photo.width, photo.height) == ("palace.jpg", 900, 600)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (900, 600))


def test_a_cmyk_photograph_of_twelve_megapixels_has_its_colours():
    inks = Image.new("CMYK", (4000, 3000), (0, 255, 255, 0))  # full magenta and yellow: red

    photo = check_photo(upload(photos.written(inks, quality=90)))

    picture = Image.open(io.BytesIO(photo.data))
    assert (photo.width, photo.height) == (4000, 3000)
    assert near(picture.getpixel((2000, 1500)), (255, 0, 0))


def test_inks_that_adobe_did_not_turn_round_are_no_negative():
    turned = Image.new("CMYK", (700, 500), (255, 0, 0, 255))  # what Pillow turns back into full magenta and yellow
    plain = photos.without_adobe_mark(photos.written(turned, quality=95))

    assert near(kept(plain).getpixel((350, 250)), (255, 0, 0))


def test_the_profile_of_a_press_decides_what_an_ink_looks_like():
    cyan = photos.jpeg((255, 0, 0, 0), mode="CMYK", icc_profile=photos.ink_profile((60, -30, -40)))

    without = photos.jpeg((255, 0, 0, 0), mode="CMYK")

    assert near(kept(cyan).getpixel((450, 300)), (0, 161, 214))
    assert near(kept(without).getpixel((450, 300)), (0, 255, 255))


def test_a_wide_gamut_becomes_srgb():
    """Expected: gamma 2.2, the primaries of Display P3 to those of sRGB, the curve of IEC 61966-2-1."""
    wide = photos.written(Image.new("RGB", (700, 500), (200, 100, 50)), "PNG", icc_profile=photos.wide_profile())

    assert near(kept(wide).getpixel((350, 250)), (216, 93, 24))


def test_a_photograph_with_the_usual_profile_stays_as_it_is():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert near(kept(photos.jpeg((200, 100, 50), icc_profile=profile)).getpixel((450, 300)), (200, 100, 50))


def test_a_broken_profile_is_passed_over():
    assert near(kept(photos.jpeg((200, 100, 50), icc_profile=b"no profile")).getpixel((9, 9)), (200, 100, 50))


def test_a_profile_for_other_colours_is_passed_over():
    odd = photos.jpeg((200, 100, 50), icc_profile=photos.ink_profile())

    assert near(kept(odd).getpixel((450, 300)), (200, 100, 50))


def test_a_png_of_sixteen_bits_keeps_its_greys():
    grey = Image.new("I;16", (700, 500), 128 * 256)

    assert near(kept(photos.written(grey, "PNG")).getpixel((350, 250)), (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L"])
def test_every_kind_of_png_is_taken(mode):
    picture = Image.new("RGB", (700, 500), "white").convert(mode)

    assert near(kept(photos.written(picture, "PNG")).getpixel((350, 250)), (255, 255, 255))


def test_what_is_transparent_lies_on_white():
    clear = Image.new("RGBA", (700, 500), (255, 0, 0, 0))

    assert near(kept(photos.written(clear, "PNG")).getpixel((350, 250)), (255, 255, 255))


def test_a_photograph_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    photo = check_photo(upload(photos.jpeg(size=(1200, 700), exif=exif)))

    assert (photo.width, photo.height) == (700, 1200)


def test_a_telephones_jpeg_with_two_pictures_is_its_first():
    first, second = (Image.new("RGB", (700, 500), colour) for colour in ("red", "blue"))
    double = photos.written(first, "MPO", save_all=True, append_images=[second])

    assert near(kept(double).getpixel((350, 250)), (254, 0, 0))


def test_a_webp_is_taken():
    assert kept(photos.written(Image.new("RGB", (700, 500)), "WEBP")).size == (700, 500)


# What is refused


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(400), "heic"),
        (b"\0\0\0\x18ftypmif1" + bytes(400), "heic"),
        (photos.animated("GIF"), "animated"),
        (photos.animated("WEBP"), "animated"),
        (photos.animated("PNG"), "animated"),
        (photos.written(Image.new("RGB", (700, 500)), "GIF"), "gif"),
        (photos.written(Image.new("RGB", (700, 500)), "TIFF"), "tiff"),
        (photos.written(Image.new("RGB", (700, 500)), "BMP"), "bmp"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (photos.written(Image.new("RGB", (700, 500)), "AVIF"), "type"),
        (b"%PDF-1.7 and so on", "type"),
        (b"", "empty"),
        (photos.jpeg()[:900], "broken"),
        (photos.jpeg(size=(639, 900)), "too_small"),
        (photos.jpeg(size=(700, 4300)), "too_long"),
        (photos.written(Image.new("1", (8000, 8000)), "PNG"), "bomb"),
        (photos.written(Image.new("1", (20000, 20000)), "PNG"), "bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_photograph_for_a_page_is_refused(data, code):
    assert refusal(data) == code


def test_a_photograph_taken_sideways_is_measured_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert refusal(photos.jpeg(size=(900, 639), exif=exif)) == "too_small"


def test_a_photograph_of_too_many_bytes_is_refused(settings):
    settings.PHOTO_MAX_BYTES = 1024

    assert refusal(photos.jpeg()) == "too_large"


def test_papers_are_judged_as_strictly_as_before():
    """A small scan is a paper but no photograph; the larger limit of photographs is not that of papers."""
    small = photos.jpeg(size=(30, 20))

    assert files.check_upload(upload(small))[1] == "image/jpeg"
    with pytest.raises(ValidationError, match="MB"):
        files.check_upload(upload(small + bytes(20 * 1024**2)))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "on an iPhone: Settings > Camera > Formats > Most Compatible"), ("zh-hans", "兼容性最佳")],
)
def test_the_refusal_of_heic_says_what_to_do_in_the_readers_language(language, words):
    with override(language), pytest.raises(ValidationError) as refused:
        check_photo(upload(b"\0\0\0\x18ftypheic" + bytes(400)))

    with override(language):
        assert words in refused.value.messages[0]


# Renditions


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
    noise = Image.effect_noise((400, 300), 60).resize((1700, 1275)).convert("RGB")
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


# Descriptions


def test_an_officers_words_are_signed(editor):
    picture = described(editor, caption_zh_hans="沈阳故宫", caption_en="The palace", credit="Li Wei", taken_year=2021)

    entry = AuditEntry.objects.filter(table="core_picture", row=str(picture.pk), operation="UPDATE").last()
    assert entry.actor_id == editor.pk
    assert (picture.caption_en, picture.credit, picture.taken_year) == ("The palace", "Li Wei", 2021)


@pytest.mark.parametrize("words", [{"alt_en": ""}, {"alt_zh_hans": ""}, {"alt_zh_hans": None}])
def test_a_picture_described_in_one_language_is_kept_but_not_released(editor, words):
    picture = described(editor, **words)

    assert not picture.is_released
    assert list(Picture.objects.undescribed()) == [picture]


@pytest.mark.parametrize("words", [{"alt_en": ""}, {"alt_zh_hans": ""}, {"alt_en": None}])
def test_the_database_releases_no_picture_without_both_descriptions(editor, words):
    picture = described(editor)

    with pytest.raises(IntegrityError, match="picture_released_with_description"), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**words)


def test_a_described_picture_may_be_held_back(editor, public):
    picture = described(editor)
    public.append(picture.pk)

    actions.describe(picture.pk, words={}, is_released=False, by=editor)

    assert not Picture.objects.public().exists()


# Who may see it


@pytest.mark.parametrize(("width", "kind"), RENDITIONS)
def test_everybody_sees_what_a_public_record_shows(client, editor, public, width, kind):
    picture = described(editor, photos.jpeg(size=(1700, 900)))
    public.append(picture.pk)

    response, content = photos.fetch(client, picture.url(width, kind))

    media_type = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}[kind]
    assert (response.status_code, response["Content-Type"]) == (200, media_type)
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


# On the page


def page(picture, language="en", **context) -> str:
    with override(language):
        return render_to_string("includes/picture.html", {"picture": picture, "sizes": "50vw", **context})


def test_the_page_offers_every_format_and_keeps_the_place(editor):
    picture = described(editor, photos.jpeg(size=(1700, 900)))

    html = page(picture)

    places = [html.index(mark) for mark in ('type="image/avif"', 'type="image/webp"', "<img")]
    assert all(one < other for one, other in pairwise(places))
    assert f"{picture.url(960, 'webp')} 960w" in html
    assert 'width="1700" height="900"' in html
    assert 'loading="lazy"' in html


@pytest.mark.parametrize(("language", "alt"), [("zh-hans", "故宫的屋檐"), ("en", "Eaves of the palace")])
def test_the_description_is_in_the_readers_language(editor, language, alt):
    assert f'alt="{alt}"' in page(described(editor), language)


def test_a_picture_that_is_not_ready_keeps_its_place(editor):
    picture = taken_in(editor)

    html = page(picture)

    assert 'viewBox="0 0 900 600"' in html
    assert "<img" not in html
    assert "being prepared" not in html


def test_officers_read_that_it_is_being_prepared(editor):
    assert "being prepared" in page(taken_in(editor), perms={"core": {"view_picture": True}})
