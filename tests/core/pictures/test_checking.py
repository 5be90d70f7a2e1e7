"""What is taken as a photograph and how it comes out, and what is refused."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from PIL import Image, ImageCms

from shenyang_fao.core import files
from shenyang_fao.core.pictures.checking import check_photo
from tests.core import photos
from tests.core.photos import upload
from tests.core.pictures.albums import near


def refusal(data: bytes) -> str:
    """The code with which a photograph is refused."""
    with pytest.raises(ValidationError) as refused:
        check_photo(upload(data))
    return refused.value.code


def kept(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(check_photo(upload(data)).data))


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
