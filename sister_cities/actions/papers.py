"""The private files of agreements."""

from django.core.exceptions import PermissionDenied

from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, files
from shenyang_fao.core.models import StoredFile
from sister_cities.models import Agreement, Tie


@audit.action
def file_text(agreement_id: int, *, data: bytes, media_type: str, name: str, by: User) -> Agreement:
    """Store the checked text of an agreement in place of the earlier one. Raises PermissionDenied."""
    if not by.has_perm("sister_cities.change_agreement") and not by.has_perm("sister_cities.add_agreement"):
        raise PermissionDenied
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)
    earlier = agreement.file
    agreement.file = files.store(data, name=name, media_type=media_type, by=by)
    agreement.save(update_fields=["file"])
    _discard([earlier])
    return agreement


@audit.action
def delete_agreement(agreement: Agreement, *, by: User) -> None:
    """Delete an agreement and its file. Raises PermissionDenied."""
    if not by.has_perm("sister_cities.delete_agreement"):
        raise PermissionDenied
    file = agreement.file
    agreement.delete()
    _discard([file])


@audit.action
def delete_tie(tie: Tie, *, by: User) -> None:
    """Delete a tie with its history, its agreements and their files. Raises PermissionDenied."""
    if not by.has_perm("sister_cities.delete_tie"):
        raise PermissionDenied
    texts = [agreement.file for agreement in tie.agreements.select_related("file")]
    tie.delete()
    _discard(texts)


def _discard(found: list[StoredFile | None]) -> None:
    for file in found:
        if file:
            files.discard(file)
