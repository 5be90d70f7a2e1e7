"""What officers do with a tie: enter it, move it along its statuses, publish it."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.dates import Precision
from shenyang_fao.core.errors import NotNow, Refusal
from sister_cities.enums import IN_FORCE_ONCE, TIE_STEPS, Level, TieStatus
from sister_cities.models import Tie, TieStep

MAY_ADD = "sister_cities.add_tie"
MAY_CHANGE = "sister_cities.change_tie"
# Something of which only the year is known may have been as late as its last day.
_LATEST_DAY = {Precision.YEAR: timedelta(days=365), Precision.MONTH: timedelta(days=30), Precision.DAY: timedelta()}


@audit.action
def enter_tie(tie: Tie, *, by: User) -> Tie:
    """Store a new, checked tie and open its history. Raises PermissionDenied."""
    _allow(by, MAY_ADD)
    tie.save()
    TieStep.objects.create(
        tie=tie, status=tie.status, happened_on=tie.signed_on, happened_precision=tie.signed_precision, by=by
    )
    return tie


@audit.action
def correct_tie(tie: Tie, *, columns: list[str], by: User) -> Tie:
    """Store some checked columns of a tie; whatever another officer did to the others meanwhile stays. Raises PermissionDenied."""
    _allow(by, MAY_CHANGE)
    tie.save(update_fields=columns)
    return tie


@audit.action
def change_status(
    tie_id: int, *, status: TieStatus, happened_on: date | None, precision: str, note: str = "", by: User
) -> Tie:
    """Take a tie one step along `TIE_STEPS`; without a date it is not known since when.

    The same step once more, as after a double click, changes nothing. Raises NotNow, Refusal, PermissionDenied.
    """
    _allow(by, MAY_CHANGE)
    tie = _locked(tie_id)
    step = TieStep(
        tie=tie, status=status, happened_on=happened_on, happened_precision=precision, note=note.strip(), by=by
    )
    if _is_repeat(step):
        return tie
    _check_step(tie, step)
    _take(tie, step)
    tie.save(update_fields=["status", "signed_on", "signed_precision", "is_public"])
    step.save()
    return tie


@audit.action
def publish(tie_id: int, *, by: User) -> Tie:
    """Show a tie to everybody. Raises Refusal with everything that stands in the way, PermissionDenied."""
    _allow(by, MAY_CHANGE)
    tie = _locked(tie_id)
    missing = obstacles(tie)
    if missing:
        raise Refusal(" ".join(missing))
    return _show(tie, is_public=True)


@audit.action
def unpublish(tie_id: int, *, by: User) -> Tie:
    """Take a tie off the public pages. Raises PermissionDenied."""
    _allow(by, MAY_CHANGE)
    return _show(_locked(tie_id), is_public=False)


def obstacles(tie: Tie) -> list[str]:
    """Return in words what keeps a tie from being public; empty when nothing does."""
    found = [
        (not was_signed(tie), _("The tie has not been signed.")),
        (tie.level == Level.UNCLEAR, _("Its level is not clear.")),
        (not tie.source, _("It names no source.")),
        (not tie.source_grade, _("The weight of its source is not given.")),
    ]
    return [words for is_so, words in found if is_so]


def was_signed(tie: Tie) -> bool:
    """Tell whether a tie was in force once; one that was given up before anybody signed was not."""
    if tie.status in (TieStatus.SIGNED, TieStatus.DORMANT):
        return True
    signed = bool(tie.signed_on) or tie.steps.filter(status=TieStatus.SIGNED).exists()
    return tie.status == TieStatus.ENDED and signed


def next_steps(tie: Tie) -> tuple[TieStatus, ...]:
    """Return the statuses a tie may take from where it stands."""
    return TIE_STEPS[TieStatus(tie.status)]


def is_signing(tie: Tie, status: TieStatus) -> bool:
    """Tell whether a step is the signature itself, not the return of a tie that was signed long ago."""
    return status == TieStatus.SIGNED and not tie.signed_on and tie.status != TieStatus.DORMANT


def _allow(by: User, right: str) -> None:
    if not by.has_perm(right):
        raise PermissionDenied


def _locked(tie_id: int) -> Tie:
    return Tie.objects.select_for_update(of=("self",)).get(pk=tie_id)


def _is_repeat(step: TieStep) -> bool:
    last = step.tie.steps.last()
    names = ("status", "happened_on", "happened_precision", "note", "by_id")
    same = last is not None and all(getattr(last, name) == getattr(step, name) for name in names)
    return same and step.tie.status == step.status


def _check_step(tie: Tie, step: TieStep) -> None:
    if step.status not in next_steps(tie):
        words = {"before": tie.get_status_display(), "after": step.get_status_display()}
        raise NotNow(_("The tie is now “%(before)s”; from there it cannot become “%(after)s”.") % words)
    if step.happened_on is None:
        return
    if step.happened_on > timezone.localdate():
        raise Refusal(_("This date lies in the future."))
    latest = step.happened_on + _LATEST_DAY[Precision(step.happened_precision)]
    if step.status != TieStatus.PROPOSED and tie.signed_on and latest < tie.signed_on:
        raise Refusal(_("This date lies before the tie was signed."))


def _take(tie: Tie, step: TieStep) -> None:
    if is_signing(tie, TieStatus(step.status)):
        tie.signed_on, tie.signed_precision = step.happened_on, step.happened_precision
    if step.status not in IN_FORCE_ONCE:
        # It is to be signed anew: until then there is nothing to show. The history keeps the first date.
        tie.signed_on, tie.signed_precision, tie.is_public = None, "", False
    tie.status = step.status


def _show(tie: Tie, *, is_public: bool) -> Tie:
    if tie.is_public != is_public:
        tie.is_public = is_public
        tie.save(update_fields=["is_public"])
    return tie
