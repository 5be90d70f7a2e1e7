"""Where private files lie: outside the web server's reach, encrypted, opened only through a view that asks for permission."""

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

from shenyang_fao.core.fields import box


class PrivateStorage(FileSystemStorage):
    """Files encrypted at rest with the keys for personal data; they have no address."""

    def _save(self, name: str, content: File[bytes]) -> str:
        content.seek(0)
        closed = ContentFile(box().encrypt(content.read()))
        return str(super()._save(name, closed))  # type: ignore[misc]  # not in the stubs

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with super()._open(name, "rb") as closed:  # type: ignore[misc]  # not in the stubs
            return ContentFile(box().decrypt(closed.read()), name=name)

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address; it is served by a view.")
