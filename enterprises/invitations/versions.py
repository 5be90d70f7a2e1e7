"""The life of a version of the letters' texts: one officer writes it, another puts it in force, and then it stays as it is."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.invitations.enums import DocumentType, TemplateState
from enterprises.invitations.letter_template import COLUMN, LetterTemplate
from enterprises.invitations.wording import BLOCKS, LANGUAGES, faults_of
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule

WRITE, RELEASE = "enterprises.change_lettertemplate", "enterprises.release_lettertemplate"
_COPIED = ["layout", *(f"{block.name}_{column}" for block in BLOCKS for column in COLUMN.values())]


@audit.action
def begin(document_type: DocumentType, *, by: User) -> LetterTemplate:
    """Begin the next version of a document's texts as a draft, as a copy of the newest. Raises PermissionDenied, NotNow."""
    _require(by, WRITE)
    newest = _hold(document_type).first()
    if newest is None:
        raise NotNow(_("There is no version yet to start from."))
    copied = {name: getattr(newest, name) for name in _COPIED}
    return LetterTemplate.objects.create(
        document_type=document_type, version=newest.version + 1, written_by=by, **copied
    )


@audit.action
def write(template_id: int, *, answers: dict[str, Any], by: User) -> LetterTemplate:
    """Change the texts and the layout of one's own draft. Raises PermissionDenied, NotNow, Refusal."""
    template = _own_draft(template_id, by=by)
    for name, value in answers.items():
        setattr(template, name, value)
    _refuse_faults(template)
    template.written_at = timezone.now()
    template.save()
    return template


@audit.action
def discard(template_id: int, *, by: User) -> None:
    """Throw one's own draft away; one that is gone stays gone. Raises PermissionDenied, NotNow, Refusal."""
    if LetterTemplate.objects.filter(pk=template_id).exists():
        _own_draft(template_id, by=by).delete()


@audit.action
def release(template_id: int, *, in_force_from: date, by: User) -> None:
    """Put a version in force from a day on; whoever wrote it never does.

    Raises PermissionDenied, NotNow, TwoPersonRule, Refusal when the day is past or taken, or the texts have faults.
    """
    _require(by, RELEASE)
    template = _draft(template_id)
    if template.written_by_id == by.pk:
        raise TwoPersonRule(_("You wrote this version; another officer has to put it in force."))
    if in_force_from < timezone.localdate():
        raise Refusal(_("A version cannot begin in the past."))
    if _hold(template.document_type).released().filter(in_force_from=in_force_from).exists():
        raise Refusal(_("Another version of this document begins on that day."))
    _refuse_faults(template)
    template.state, template.in_force_from = TemplateState.RELEASED, in_force_from
    template.released_by, template.released_at = by, timezone.now()
    template.save(update_fields=["state", "in_force_from", "released_by", "released_at"])


@audit.action
def retire(template_id: int, *, by: User) -> None:
    """Take a released version out; the one before it is in force again.

    Raises PermissionDenied, NotNow, Refusal when no other version would be in force today.
    """
    _require(by, RELEASE)
    template = _locked(template_id)
    if template.state != TemplateState.RELEASED:
        raise NotNow(_("Only a released version can be retired."))
    others = _hold(template.document_type).released().exclude(pk=template.pk)
    if not others.filter(in_force_from__lte=timezone.localdate()).exists():
        raise Refusal(_("No other version would be in force. Put another one in force first."))
    template.state, template.retired_by, template.retired_at = TemplateState.RETIRED, by, timezone.now()
    template.save(update_fields=["state", "retired_by", "retired_at"])


def faults_in(template: LetterTemplate) -> dict[str, list[str]]:
    """Return what is wrong with the texts, by column."""
    found = {}
    for block in BLOCKS:
        for language in LANGUAGES:
            column = f"{block.name}_{COLUMN[language]}"
            if faults := faults_of(block, language, getattr(template, column) or ""):
                found[column] = faults
    return found


def _hold(document_type: str) -> Any:
    """Lock every version of a document and return them, the newest first: two verbs on one document take turns."""
    versions = LetterTemplate.objects.filter(document_type=document_type).order_by("-version")
    list(versions.select_for_update(of=("self",)).values_list("pk", flat=True))
    return versions


def _locked(template_id: int) -> LetterTemplate:
    """Lock a version together with all others of its document, in one order for everybody."""
    document_type = LetterTemplate.objects.values_list("document_type", flat=True).get(pk=template_id)
    _hold(document_type)
    return LetterTemplate.objects.get(pk=template_id)


def _draft(template_id: int) -> LetterTemplate:
    template = _locked(template_id)
    if not template.is_draft:
        raise NotNow(_("This version has been released and stays as it is. Begin a new one."))
    return template


def _own_draft(template_id: int, *, by: User) -> LetterTemplate:
    _require(by, WRITE)
    template = _draft(template_id)
    if template.written_by_id != by.pk:
        raise Refusal(_("%(name)s is writing this version. Begin one of your own.") % {"name": template.written_by})
    return template


def _refuse_faults(template: LetterTemplate) -> None:
    if faults := faults_in(template):
        raise Refusal(" ".join(fault for found in faults.values() for fault in found))


def _require(by: User, right: str) -> None:
    if not by.has_perm(right):
        raise PermissionDenied
