"""What happens to an action of a plan: progress is reported, it is dropped, it is taken up again.

Each of them leaves a report, so that the page of the action tells its whole history.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.files import Scan
from shenyang_fao.core.models import StoredFile
from sister_cities.enums import ActionState
from sister_cities.models import ActionReport, PlanAction

RIGHT = "sister_cities.change_planaction"


@audit.action
def report_progress(
    action_id: int, *, on: date, progress: int, note: str, file: Scan | None = None, by: User
) -> ActionReport:
    """Record how far an action had come on a day, in per cent; 100 makes it done.

    The same report sent twice, as by a double click, is one report. Raises PermissionDenied; NotNow when the action is
    done or dropped; Refusal for a day in the future or before the newest entry, and for a progress outside 0 to 100.
    """
    action = _locked(action_id, by=by)
    newest = action.reports.select_related("file").first()
    if newest and _says_the_same(newest, (on, progress, note, by.pk), file):
        return newest
    _check_open(action)
    _check(on, progress, newest)
    action.progress = progress
    action.state = _state_at(progress, ActionState(action.state))
    action.done_on = on if action.state == ActionState.DONE else None
    stored = file.store(by=by) if file else None
    return _save(action, on=on, note=note, file=stored, by=by)


@audit.action
def drop(action_id: int, *, reason: str, by: User) -> None:
    """Give an action up, with a reason; one that is dropped already stays so. Raises PermissionDenied, NotNow once done."""
    action = _locked(action_id, by=by)
    if action.state == ActionState.DROPPED:
        return
    _check_open(action)
    action.state = ActionState.DROPPED
    _save(action, on=timezone.localdate(), note=reason, by=by)


@audit.action
def reopen(action_id: int, *, reason: str, by: User) -> None:
    """Take up again what was done or dropped, with a reason; an open action stays as it is. Raises PermissionDenied.

    What was done falls back to the last progress reported before.
    """
    action = _locked(action_id, by=by)
    if action.is_open:
        return
    if action.progress == 100:
        before = action.reports.filter(progress__lt=100).first()
        action.progress = before.progress if before else 0
    action.state = _state_at(action.progress, ActionState.PLANNED)
    action.done_on = None
    _save(action, on=timezone.localdate(), note=reason, by=by)


def _locked(action_id: int, *, by: User) -> PlanAction:
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    return PlanAction.objects.select_for_update().get(pk=action_id)


def _says_the_same(report: ActionReport, said: tuple[date, int, str, int], file: Scan | None) -> bool:
    had = (report.on, report.progress, report.note, report.by_id)
    return had == said and (report.file.sha256 if report.file else None) == (file.sha256 if file else None)


def _check_open(action: PlanAction) -> None:
    if action.state == ActionState.DONE:
        raise NotNow(_("This action is done. Take it up again first."))
    if action.state == ActionState.DROPPED:
        raise NotNow(_("This action was dropped. Take it up again first."))


def _check(on: date, progress: int, newest: ActionReport | None) -> None:
    if on > timezone.localdate():
        raise Refusal(_("A report tells what has happened: its date cannot lie in the future."))
    if newest and on < newest.on:
        raise Refusal(
            _("The newest entry is of %(day)s; a report cannot lie before it.") % {"day": newest.on.isoformat()}
        )
    if not 0 <= progress <= 100:
        raise Refusal(_("Progress lies between 0 and 100 per cent."))


def _state_at(progress: int, otherwise: ActionState) -> ActionState:
    """Return the state that a progress means; nothing done yet leaves the state as it is."""
    if progress == 100:
        return ActionState.DONE
    return ActionState.UNDER_WAY if progress else otherwise


def _save(action: PlanAction, *, on: date, note: str, by: User, file: StoredFile | None = None) -> ActionReport:
    action.save(update_fields=["state", "progress", "done_on"])
    return ActionReport.objects.create(
        action=action, on=on, progress=action.progress, state=action.state, note=note, file=file, by=by
    )
