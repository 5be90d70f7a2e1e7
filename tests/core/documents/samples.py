"""The payload the tests of the letters work on."""

from shenyang_fao.core.documents.payload import LetterPayload
from shenyang_fao.core.documents.specimen import specimen


def sample_payload(invitees: int = 5, *, template: str = "invitation-table-2") -> LetterPayload:
    """A letter for so many people, frozen as the enterprises app freezes it."""
    return specimen(invitees, template=template)
