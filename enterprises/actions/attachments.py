"""Sending files along with a message."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from enterprises.models import ATTACHMENTS_AT_MOST, Attachment, Message
from shenyang_fao.accounts.models import User
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import StoredFile


class Examined(Protocol):
    """A file that was examined and may be stored."""

    def store(self, *, by: Actor) -> StoredFile: ...


def require_few(files: Sequence[Examined]) -> None:
    """Raise Refusal when a message carries too many files."""
    if len(files) > ATTACHMENTS_AT_MOST:
        raise Refusal(too_many() % {"limit": ATTACHMENTS_AT_MOST})


def too_many() -> str:
    """Return the words for too many files, with the %(limit)s left open."""
    return _("A message carries at most %(limit)s files. Send the others with another message.")


def attach(message: Message, *, files: Sequence[Examined], by: User) -> None:
    """Store the files and tie them to a message just written, in their order; the caller holds the transaction."""
    for position, file in enumerate(files, 1):
        Attachment.objects.create(message=message, position=position, file=file.store(by=by))
