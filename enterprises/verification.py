"""What anybody who is shown a letter may learn about it: whether it stands, and just enough to compare it with the paper."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.enums import LetterState
from enterprises.models import Letter
from shenyang_fao.core.documents.inspection import SignatureReport, inspect_signature

CODE = re.compile(r"[0-9a-f]{32}")


class Standing(models.TextChoices):
    VALID = "valid", _("This letter is valid")
    LAPSED = "lapsed", _("This letter has lapsed")
    REVOKED = "revoked", _("This letter has been revoked")
    SUPERSEDED = "superseded", _("This letter has been superseded by a newer one")
    UNKNOWN = "unknown", _("No letter is known under this code")


@dataclass(frozen=True)
class Finding:
    """What the public page shows of a letter; no passport data, names masked, both languages of the company's name."""

    standing: Standing
    number: str = ""
    issued_on: date | None = None
    lapses_on: date | None = None
    revoked_on: date | None = None
    superseded_on: date | None = None
    edition: int = 1
    company: dict[str, str] | None = None
    names: tuple[str, ...] = ()
    is_demonstration: bool = False


@dataclass(frozen=True)
class FileFinding:
    """What a dropped file shows: its signature, and the letter whose stored hash it has."""

    signature: SignatureReport
    sha256: str
    finding: Finding

    @property
    def is_genuine(self) -> bool:
        """Tell whether this very file left the office unchanged, whatever has become of the letter since."""
        return self.signature.is_sound and self.finding.standing != Standing.UNKNOWN


def normal_code(text: str) -> str:
    """Return a typed code as letters carry it: hexadecimal digits in lower case, without spaces and dashes."""
    return re.sub(r"[\s\-–—·]", "", text).lower()


def look_up(code: str) -> Finding:
    """Find a letter by its code; a code that is none is unknown, as is a letter that has not been issued."""
    if not CODE.fullmatch(code):
        return Finding(Standing.UNKNOWN)
    return _finding(_issued().filter(code=code).first())


def examine(pdf: bytes) -> FileFinding:
    """Judge a file by its signature, by whether the signature covers all of it, and by the hash kept at issue."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    letter = _issued().filter(signed__sha256=sha256).first()
    return FileFinding(inspect_signature(pdf), sha256, _finding(letter))


def mask(name: str) -> str:
    """Return a name with the first letter of each word and nothing of its length."""
    return " ".join(f"{word[0]}•••" for word in name.split())


def _issued() -> models.QuerySet[Letter]:
    return Letter.objects.exclude(issued_at=None)


def _finding(letter: Letter | None) -> Finding:
    if letter is None or letter.issued_at is None:
        return Finding(Standing.UNKNOWN)
    payload: dict[str, Any] = letter.payload
    return Finding(
        standing=_standing(letter),
        number=letter.number,
        issued_on=timezone.localdate(letter.issued_at),
        lapses_on=letter.lapses_on,
        revoked_on=_day(letter.revoked_at),
        superseded_on=_day(letter.superseded_at),
        edition=letter.edition,
        company=payload["company"]["name"],
        names=tuple(mask(f"{invitee['surname']} {invitee['given_names']}") for invitee in payload["invitees"]),
        is_demonstration=bool(payload.get("demonstration")),
    )


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _standing(letter: Letter) -> Standing:
    if letter.state == LetterState.REVOKED:
        return Standing.REVOKED
    if letter.state == LetterState.SUPERSEDED:
        return Standing.SUPERSEDED
    return Standing.LAPSED if letter.has_lapsed else Standing.VALID
