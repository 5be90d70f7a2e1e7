"""Many passport pages at once: each file goes to the invitee whose passport number is its name."""

import re
import unicodedata
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enterprises.actions import papers
from enterprises.form_fields import ManyFiles
from enterprises.invitations.enums import PaperRole
from enterprises.invitations.models import Invitee
from enterprises.models import ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core import files
from shenyang_fao.core.files import Scan
from shenyang_fao.core.form_fields import ACCEPTED

FILES_AT_ONCE = 50
NOT_IN_A_NUMBER = re.compile(r"[^A-Z0-9]+")


class ScansField(forms.FileField):
    """Several files. Cleans to the uploads, unexamined: a bad one is no reason to refuse the others."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [upload for upload in data or [] if upload]
        if not uploads:
            raise ValidationError(_("Choose at least one file."), code="required")
        if len(uploads) > FILES_AT_ONCE:
            raise ValidationError(
                _("Choose at most %(limit)s files at once."), code="too_many", params={"limit": FILES_AT_ONCE}
            )
        return uploads


class ScansForm(forms.Form):
    """The files. After `save`, ``complaints`` says of each that was not taken why."""

    scans = ScansField(
        label=_("Passport data pages"),
        help_text=_(
            "PDF, JPEG, PNG or WebP, at most 10 MB each and 50 at once. Name each file after its passport, as M12345678.jpg."
        ),
        widget=ManyFiles({"accept": ACCEPTED, "multiple": True}),
    )

    def __init__(self, case: ServiceRequest, data: Any = None, files: Any = None) -> None:
        self.case = case
        self.complaints: list[str] = []
        super().__init__(data, files)

    def save(self, *, by: User) -> int:
        """File what can be filed; return how many pages that were."""
        owners = _by_number(self.case)
        return sum(self._file(upload, owners, by=by) for upload in self.cleaned_data["scans"])

    def _file(self, upload: Any, owners: dict[str, list[Invitee]], *, by: User) -> bool:
        name = str(upload.name)
        found = _owners(name, owners)
        if len(found) != 1:
            self.complaints.append(_unknown(name) if not found else _ambiguous(name))
            return False
        try:
            scan = Scan(name, *files.check_upload(upload))
        except ValidationError as fault:
            self.complaints.append(f"{name}: {fault.messages[0]}")
            return False
        file = scan.store(by=by)
        papers.file_paper(self.case.pk, role=PaperRole.PASSPORT.value, part=found[0].pk, file=file, by=by)
        return True


def _by_number(case: ServiceRequest) -> dict[str, list[Invitee]]:
    owners: dict[str, list[Invitee]] = {}
    for invitee in case.invitation.invitees.all():
        owners.setdefault(invitee.passport_number, []).append(invitee)
    return owners


def _owners(name: str, owners: dict[str, list[Invitee]]) -> list[Invitee]:
    """Return whose passport a file's name speaks of: the whole name, or one of its words."""
    stem = unicodedata.normalize("NFKC", PurePath(name).stem).upper()
    words = dict.fromkeys([NOT_IN_A_NUMBER.sub("", stem), *NOT_IN_A_NUMBER.split(stem)])
    return [owner for word in words for owner in owners.get(word, [])]


def _unknown(name: str) -> str:
    return gettext("%(name)s: no invitee has a passport of this number.") % {"name": name}


def _ambiguous(name: str) -> str:
    return gettext("%(name)s: the name fits several invitees. File this page on the next page.") % {"name": name}
