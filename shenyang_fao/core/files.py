"""Taking files in and giving them out. What comes in is judged by its content, never by its name.

Images are decoded and written anew, so nothing hidden in them arrives. PDFs are opened and refused when they run or carry
anything. Everything else is refused.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import cast

import pikepdf
import pikepdf.settings
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from shenyang_fao.core import audit, images
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.models import StoredFile, ViewRecord

PDF = "application/pdf"
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
# Chrome shows no PDF in a sandbox or where its viewer may load nothing; what runs was refused on the way in.
PDF_POLICY = "base-uri 'none'; frame-ancestors 'none'"
PAGES_AT_MOST = 200
OBJECTS_AT_MOST = 50_000
# What one compressed stream of a PDF's own structure may grow to. A stream of objects holds some 200 short ones, so
# this is plenty; a bomb grows a thousandfold. The limits are process-wide, and only this module opens PDFs with qpdf.
STREAM_AT_MOST = 8 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=STREAM_AT_MOST,
    png_max_memory=STREAM_AT_MOST,
    tiff_max_memory=STREAM_AT_MOST,
    run_length_max_memory=STREAM_AT_MOST,
    max_stream_filters=2,
    parser_max_container_size=100_000,
)
# How qpdf says that it passed over a part of the file: what nobody looked into is not taken in.
PASSED_OVER = ("error decoding", "unfilterable", "error reading object", "wrong type", "limits error")
# Keys of a PDF that run something or carry something along (ISO 32000-1, 7.11.4, 12.6.4, 12.7.8).
ACTIVE_KEYS = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/AA")
ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie")


@dataclass(frozen=True)
class Scan:
    """A file that was examined (`check_upload`) and may be stored."""

    name: str
    data: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def store(self, *, by: Actor) -> StoredFile:
        """Store the file privately."""
        return store(self.data, name=self.name, media_type=self.media_type, by=by)


def check_upload(upload: "UploadedFile[bytes]") -> tuple[bytes, str]:
    """Return an upload's clean bytes and media type.

    Raises ValidationError with a message for the person who chose the file.
    """
    too_large = _("The file is larger than %(limit)s MB. Scan it at a lower resolution.")
    data = read(upload, at_most=settings.UPLOAD_MAX_BYTES, too_large=too_large)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _clean_pdf(data), PDF
    return _clean_image(data)


def read(upload: "UploadedFile[bytes]", *, at_most: int, too_large: StrPromise) -> bytes:
    """Return what was uploaded, if it holds something and no more than so many bytes; ``too_large`` may say the %(limit)s."""
    if (upload.size or 0) > at_most:
        raise ValidationError(too_large, code="too_large", params={"limit": at_most // 1024**2})
    upload.seek(0)
    data: bytes = upload.read()
    if not data:
        raise ValidationError(_("The file is empty."), code="empty")
    return data


@audit.action
def store(data: bytes, *, name: str, media_type: str, by: Actor | None) -> StoredFile:
    """Store bytes as a private file and return its record."""
    file = StoredFile(
        original_name=name[-255:],
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        created_by=by,  # type: ignore[misc]
    )
    file.content.save(name, ContentFile(data), save=False)
    file.save()
    return file


def hand_out(file: StoredFile, *, by: Actor, download: bool = False) -> HttpResponse:
    """Record that somebody opens a private file, and answer with its content. The caller has asked for permission."""
    record_view(file, by=by)
    response = FileResponse(
        file.content.open("rb"), as_attachment=download, filename=file.original_name, content_type=file.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = PDF_POLICY if file.media_type == PDF else PICTURE_POLICY
    # A streaming answer is no HttpResponse by its class, but passes wherever one does.
    return cast(HttpResponse, response)


def discard(file: StoredFile) -> None:
    """Delete a file that no record points at any more, inside the caller's transaction.

    Personal data that nobody has looked at leave; what was opened stays with the record of viewing.
    """
    if file.views.exists():
        return
    content = file.content
    file.delete()
    transaction.on_commit(partial(content.storage.delete, str(content.name)))


@audit.action
def record_view(file: StoredFile, *, by: Actor) -> None:
    """Record that somebody saw what a private file shows; whoever is handed the file itself is recorded by `hand_out`."""
    ViewRecord.objects.create(file=file, by=by)  # type: ignore[misc]


def _clean_pdf(data: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            _refuse_active(pdf)
            _refuse_unread(pdf)
    except pikepdf.PasswordError:
        raise ValidationError(_("The PDF is protected by a password. Save it without one."), code="locked") from None
    except (pikepdf.PdfError, RecursionError, ValueError):
        raise ValidationError(_("The file says it is a PDF but cannot be read as one."), code="broken") from None
    return data


def _refuse_unread(pdf: pikepdf.Pdf) -> None:
    if any(phrase in warning for warning in pdf.get_warnings() for phrase in PASSED_OVER):
        raise ValueError("a part of the file could not be read")


def _refuse_active(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > OBJECTS_AT_MOST or len(pdf.pages) > PAGES_AT_MOST:
        raise ValidationError(_("The PDF has too many pages."), code="too_many_pages")
    if not len(pdf.pages):
        raise ValidationError(_("The PDF has no pages."), code="broken")
    if any(_is_active(part) for part in _dictionaries(pdf)):
        raise ValidationError(
            _("The PDF contains a script or an attached file. Print it to a plain PDF and upload that."), code="active"
        )


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of the file, also those written inside others."""
    waiting: list[pikepdf.Object] = [*pdf.objects, pdf.trailer]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Stream | pikepdf.Dictionary):
            yield part
            values = [value for _key, value in part.items()]
        elif isinstance(part, pikepdf.Array):
            values = list(part)
        else:
            continue
        # Numbers and the like come as Python's own and have nothing inside.
        waiting += [value for value in values if not getattr(value, "is_indirect", True)]


def _is_active(part: pikepdf.Object) -> bool:
    if any(key in part for key in ACTIVE_KEYS) or _calls_out(part):
        return True
    return "/S" in part and part.get("/S") in [pikepdf.Name(name) for name in ACTIVE_ACTIONS]


def _calls_out(part: pikepdf.Object) -> bool:
    """Tell whether a file opens an address by itself; a link that a reader has to press is none of that."""
    opening = part.get("/OpenAction")
    return isinstance(opening, pikepdf.Dictionary) and opening.get("/S") == pikepdf.Name("/URI")


def _clean_image(data: bytes) -> tuple[bytes, str]:
    try:
        return _write_anew(data)
    except images.BOMBS:
        raise ValidationError(
            _("The picture has too many pixels. Scan it at a lower resolution."), code="bomb"
        ) from None
    except images.FAULTS:
        raise ValidationError(
            _("Choose a PDF, JPEG, PNG or WebP file. This file is none of them."), code="type"
        ) from None


def _write_anew(data: bytes) -> tuple[bytes, str]:
    with images.opened(data, list(IMAGE_TYPES)) as picture:
        kind, upright = images.kind_of(picture), images.upright(picture)
        # Comments, profiles and whatever else travels along stay behind; without its transparency a palette is wrong.
        upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
        clean = io.BytesIO()
        upright.convert("RGB" if kind == "JPEG" else upright.mode).save(clean, format=kind, quality=90)
    return clean.getvalue(), IMAGE_TYPES[kind]
