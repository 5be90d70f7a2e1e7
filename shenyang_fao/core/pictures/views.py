"""Giving out renditions: to everybody while a public record shows the picture, else to officers."""

from uuid import UUID

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from shenyang_fao.core import files
from shenyang_fao.core.models import Picture
from shenyang_fao.core.pictures import renditions, sizes

# The address names one content for ever: a picture is never changed, another one gets another key.
FOR_ALL = "public, max-age=31536000, immutable"
FOR_OFFICERS = "private, no-store"


@require_safe
def rendition(request: HttpRequest, key: UUID, width: int, kind: str) -> FileResponse:
    """Answer with a picture in one width and format."""
    picture = Picture.objects.public().filter(key=key).first()
    # The session is asked for only where the answer hangs on it, so that caches may share the public one.
    caching = FOR_ALL if picture else FOR_OFFICERS
    picture = picture or _for_officers(request, key)
    if picture is None or not picture.is_ready or width not in picture.widths or kind not in sizes.MEDIA_TYPES:
        raise Http404
    response = FileResponse(_content(key, width, kind), content_type=sizes.MEDIA_TYPES[kind])
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = files.PICTURE_POLICY
    return response


def _content(key: UUID, width: int, kind: str) -> File[bytes]:
    try:
        return renditions.storage().open(sizes.path_of(key.hex, width, kind))
    except FileNotFoundError as error:
        raise Http404 from error


def _for_officers(request: HttpRequest, key: UUID) -> Picture | None:
    return Picture.objects.filter(key=key).first() if request.user.has_perm("core.view_picture") else None
