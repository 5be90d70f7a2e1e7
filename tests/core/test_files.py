import hashlib
import io
import resource
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from shenyang_fao.core import files
from shenyang_fao.core.models import AuditEntry, StoredFile, ViewRecord
from tests.cast import person, png
from tests.core import pdfs


def upload(data: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def refusal(data: bytes, name: str = "scan.pdf") -> str:
    """The code with which an upload is refused."""
    with pytest.raises(ValidationError) as refused:
        files.check_upload(upload(data, name))
    return refused.value.code


def picture(kind: str, **options) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(content, format=kind, **options)
    return content.getvalue()


def text_chunk(text: str) -> PngInfo:
    chunks = PngInfo()
    chunks.add_text("Comment", text)
    return chunks


@pytest.fixture
def owner(db):
    return person("owner@example.com")


@pytest.mark.parametrize("data", [pdfs.plain(), pdfs.packed(), pdfs.plain(pdfs.links_to_a_page)])
def test_a_plain_pdf_is_taken_as_it_is(data):
    assert files.check_upload(upload(data)) == (data, "application/pdf")


@pytest.mark.parametrize(
    "change",
    [pdfs.runs_on_opening, pdfs.runs_by_name, pdfs.runs_in_a_link, pdfs.runs_a_program, pdfs.carries_a_file],
)
@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_a_pdf_that_runs_or_carries_something_is_refused(change, mode):
    assert refusal(pdfs.plain(change, object_stream_mode=mode)) == "active"


def test_a_script_under_an_escaped_name_is_found():
    assert refusal(pdfs.with_escaped_names()) == "active"


def test_a_pdf_with_a_password_is_refused():
    locked = pdfs.plain(encryption=pikepdf.Encryption(owner="o", user="u"))

    assert refusal(locked) == "locked"


@pytest.mark.parametrize(
    "bomb",
    [
        pdfs.inflating(100),
        pdfs.inflating(100, times=2),
        pdfs.inflating(100, times=3),
        pdfs.inflating(100, type_name=b""),
    ],
    ids=["once", "twice", "three times", "under no name"],
)
def test_a_pdf_that_inflates_is_refused(bomb):
    assert refusal(bomb) == "broken"


def test_a_bomb_is_refused_before_it_fills_the_memory():
    bomb = pdfs.inflating(300)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    refusal(bomb)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60 * 1024  # kilobytes; the bomb holds 300,000


def test_the_same_pdf_that_does_not_inflate_is_taken():
    small = pdfs.inflating(1)

    assert files.check_upload(upload(small)) == (small, "application/pdf")


def test_a_pdf_of_too_many_pages_is_refused():
    def add_pages(pdf):
        for _ in range(files.PAGES_AT_MOST):
            pdf.add_blank_page()

    assert refusal(pdfs.plain(add_pages)) == "too_many_pages"


def test_a_truncated_pdf_is_refused():
    whole = pdfs.plain()

    assert refusal(whole[: len(whole) * 2 // 3]) == "broken"


def test_a_pdf_without_pages_is_refused():
    def remove(pdf):
        del pdf.pages[0]

    assert refusal(pdfs.plain(remove)) == "broken"


def test_an_executable_with_the_name_of_a_pdf_is_refused():
    assert refusal(b"MZ\x90\x00" + bytes(500), "passport.pdf") == "type"


def test_a_web_page_in_front_of_a_pdf_is_refused():
    assert refusal(b"<script>alert(1)</script>" + pdfs.plain()) == "type"


def test_a_drawing_with_a_script_is_refused():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    assert refusal(drawing, "scan.svg") == "type"


def test_an_empty_file_is_refused():
    assert refusal(b"") == "empty"


def test_a_file_of_20_megabytes_is_refused_by_its_size():
    assert refusal(pdfs.plain() + bytes(20 * 1024**2)) == "too_large"


def test_a_picture_of_too_many_pixels_is_refused():
    content = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(content, format="PNG")

    assert refusal(content.getvalue(), "scan.png") == "bomb"


def test_a_truncated_picture_is_refused():
    assert refusal(picture("JPEG")[:200], "scan.jpg") == "type"


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("MPO", "image/jpeg")],
)
def test_a_picture_is_taken_whatever_its_name(kind, media_type):
    data, found = files.check_upload(upload(picture(kind), "scan.bin"))

    assert found == media_type
    assert Image.open(io.BytesIO(data)).size == (30, 20)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_what_its_camera_noted(kind):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[1] = "N"

    data, _media_type = files.check_upload(upload(picture(kind, exif=exif)))

    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
    assert b"taken at home" not in data


@pytest.mark.parametrize(
    "hidden",
    [
        picture("JPEG", comment=b"hidden words"),
        picture("PNG", pnginfo=text_chunk("hidden words")),
        picture("PNG", icc_profile=b"hidden words"),
        picture("JPEG") + b"hidden words",
    ],
    ids=["comment", "text", "profile", "after the end"],
)
def test_nothing_hidden_in_a_picture_arrives(hidden):
    data, _media_type = files.check_upload(upload(hidden))

    assert b"hidden words" not in data


def test_a_picture_taken_sideways_arrives_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    data, _media_type = files.check_upload(upload(picture("JPEG", exif=exif)))

    assert Image.open(io.BytesIO(data)).size == (20, 30)


def test_a_transparent_palette_stays_transparent():
    content = io.BytesIO()
    Image.new("P", (4, 4), 0).save(content, format="PNG", transparency=0)

    data, _media_type = files.check_upload(upload(content.getvalue()))

    assert Image.open(io.BytesIO(data)).convert("RGBA").getpixel((0, 0))[3] == 0


def take(uploaded, owner):
    """What a form and its action do: judge by content, then store."""
    data, media_type = files.check_upload(uploaded)
    return files.store(data, name=uploaded.name, media_type=media_type, by=owner)


def test_a_taken_file_is_described_by_its_content(owner):
    data = pdfs.plain()

    file = take(upload(data, "guarantee.pdf"), owner)

    assert (file.original_name, file.media_type, file.size) == ("guarantee.pdf", "application/pdf", len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert file.created_by == owner


def test_a_taken_file_is_signed_by_who_brought_it(owner):
    file = take(upload(pdfs.plain()), owner)

    entry = AuditEntry.objects.get(table="core_storedfile", row=str(file.pk))
    assert entry.actor_id == owner.pk


def test_a_refused_file_leaves_no_record(owner):
    with pytest.raises(ValidationError):
        take(upload(b"MZ"), owner)

    assert not StoredFile.objects.exists()


def test_a_stored_file_is_unreadable_on_the_disk(db):
    file = files.store(png(), name="scan.png", media_type="image/png", by=None)

    assert b"PNG" not in Path(file.content.path).read_bytes()
    with file.content.open("rb") as opened:
        assert opened.read() == png()


def test_the_path_of_a_file_tells_nothing_about_it(db):
    file = files.store(png(), name="passport-of-mr-kim.png", media_type="image/png", by=None)

    assert "kim" not in file.content.name
    with pytest.raises(ValueError, match="no address"):
        _ = file.content.url


def test_an_answer_with_a_file_is_neither_kept_nor_run(owner):
    file = files.store(png(), name="扫描件.png", media_type="image/png", by=None)

    answer = files.hand_out(file, by=owner)

    assert b"".join(answer.streaming_content) == png()
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_opening_a_file_is_recorded(owner):
    file = files.store(png(), name="scan.png", media_type="image/png", by=None)

    files.hand_out(file, by=owner)

    assert list(ViewRecord.objects.values_list("file", "by")) == [(file.pk, owner.pk)]


def test_a_pdf_is_not_put_into_a_sandbox_where_the_browser_cannot_show_it(owner):
    file = files.store(b"%PDF-1.7", name="paper.pdf", media_type=files.PDF, by=None)

    assert files.hand_out(file, by=owner)["Content-Security-Policy"] == "base-uri 'none'; frame-ancestors 'none'"
