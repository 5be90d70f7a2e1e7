"""Giving out a part of a file, so that a browser can jump in a film (RFC 9110, section 14)."""

import re
from collections.abc import Iterator

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse

CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def respond_in_parts(request: HttpRequest, file: File[bytes], *, media_type: str) -> HttpResponseBase:
    """Answer with the part of an open file that the reader asks for, or with all of it; several parts at once are all of it."""
    size = file.size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", ""):
        response: HttpResponseBase = FileResponse(file, content_type=media_type)
    else:
        first, last = _bounds(asked.group(1), asked.group(2), size)
        response = _part(file, first, last, size, media_type) if first <= last < size else _nothing(file, size)
    response["Accept-Ranges"] = "bytes"
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte asked for; the first lies behind the last where there is none to give."""
    if not first:  # so many bytes from the end
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: File[bytes], first: int, last: int, size: int, media_type: str) -> HttpResponseBase:
    length = last - first + 1
    response = StreamingHttpResponse(_read(file, first, length), status=206, content_type=media_type)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(length)
    return response


def _nothing(file: File[bytes], size: int) -> HttpResponse:
    file.close()
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})


def _read(file: File[bytes], first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
