"""How states and the clock look to officers: words first, a colour that repeats them."""

from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enterprises.enums import RUNNING, CompanyState, ConsentMark, ConsentState, Lane, RequestState
from enterprises.invitations.enums import LetterState, TemplateState
from enterprises.models import Company, ConsentRequest, Letter, LetterTemplate, Rating, ServiceRequest
from shenyang_fao.core import workdays
from shenyang_fao.core.admin_base import tag

REQUEST_TONES = {
    RequestState.SUBMITTED: "info",
    RequestState.ACCEPTED: "info",
    RequestState.REVIEWED: "info",
    RequestState.RETURNED: "warn",
    RequestState.APPROVED: "ok",
    RequestState.ISSUED: "ok",
    RequestState.REFUSED: "stop",
    RequestState.LAPSED: "stop",
}
COMPANY_TONES = {CompanyState.PENDING: "info", CompanyState.RETURNED: "warn", CompanyState.VERIFIED: "ok"}
LETTER_TONES = {
    LetterState.PREPARING: "info",
    LetterState.ISSUED: "ok",
    LetterState.REVOKED: "stop",
    LetterState.SUPERSEDED: "plain",
}

TEMPLATE_TONES = {TemplateState.DRAFT: "info", TemplateState.RELEASED: "ok", TemplateState.RETIRED: "plain"}


CONSENT_MARK_TONES = {ConsentMark.EXPIRED: "stop", ConsentMark.OBJECTED: "stop"}
CONSENT_TONES = {ConsentState.WAITING: "warn", ConsentState.GIVEN: "ok", ConsentState.OBJECTED: "stop"}


def request_state(request: ServiceRequest) -> SafeString:
    state = RequestState(request.state)
    return tag(state.label, REQUEST_TONES.get(state, "plain"))


def company_state(company: Company) -> SafeString:
    state = CompanyState(company.state)
    return tag(state.label, COMPANY_TONES[state])


def letter_state(letter: Letter) -> SafeString:
    state = LetterState(letter.state)
    return tag(state.label, LETTER_TONES[state])


def lane(request: ServiceRequest) -> SafeString | str:
    """The green channel; the normal lane needs no mark."""
    return tag(Lane.GREEN.label, "ok") if request.is_green else ""


def escalation(request: ServiceRequest) -> SafeString | str:
    """The division head was told in this period of the clock."""
    is_told = request.escalated_at is not None and request.state in RUNNING
    return tag(_("reported to the head"), "stop") if is_told else ""


def unread(request: ServiceRequest) -> SafeString | str:
    """What the company wrote and no officer has read; the queue's own query brings the number."""
    count: int = getattr(request, "unread", 0)
    words = ngettext("%(count)s unread message", "%(count)s unread messages", count)
    return tag(words % {"count": count}, "warn") if count else ""


def consent(request: ServiceRequest) -> SafeString | str:
    """What is awaited of a district or zone; the query brings the mark."""
    mark = str(getattr(request, "consent_mark", ""))
    return tag(ConsentMark(mark).label, CONSENT_MARK_TONES.get(ConsentMark(mark), "warn")) if mark else ""


def consent_state(asked: ConsentRequest) -> SafeString:
    if asked.has_expired:
        return tag(_("no answer in time"), "stop")
    state = ConsentState(asked.state)
    return tag(state.label, CONSENT_TONES.get(state, "plain"))


def template_state(template: LetterTemplate) -> SafeString:
    state = TemplateState(template.state)
    return tag(state.label, TEMPLATE_TONES[state])


def clock(request: ServiceRequest) -> SafeString | str:
    """The traffic light: overdue, due today or tomorrow, or time enough; while the company corrects, its own deadline."""
    left = request.days_left
    if left is None:
        return _of_company(request) or close_out(request)
    if left < 0:
        words = ngettext("%(days)s working day overdue", "%(days)s working days overdue", -left)
        return tag(words % {"days": -left}, "stop")
    if left == 0:
        return tag(_("due today"), "warn")
    words = ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": left}
    return tag(words, "warn" if left == 1 else "ok")


def _of_company(request: ServiceRequest) -> SafeString | str:
    """How long the company may take; the queue's own query brings the day."""
    until: date | None = getattr(request, "correction_due_on", None)
    if request.state != RequestState.RETURNED or until is None:
        return ""
    left = workdays.working_days_between(timezone.localdate(), until)
    if left < 0:
        return tag(_("clock stopped; the company is late"))
    words = ngettext(
        "clock stopped; %(days)s working day for the company",
        "clock stopped; %(days)s working days for the company",
        left,
    )
    return tag(words % {"days": left})


def close_out(request: ServiceRequest) -> SafeString | str:
    """The company's report on what was issued is overdue."""
    due_on = request.close_out_due_on
    is_late = request.state == RequestState.ISSUED and due_on is not None and due_on < timezone.localdate()
    return tag(_("close-out overdue"), "stop") if is_late else ""


def rating_level(rating: Rating) -> SafeString:
    """What the company thought of the service."""
    return tag(rating.get_level_display(), "stop" if rating.is_bad else "ok")


def follow_up(rating: Rating) -> SafeString | str:
    """How long there is to put a bad rating right, or that it was; a good one needs nothing."""
    left = rating.days_left
    if left is None:
        return tag(_("followed up"), "ok") if rating.answered_at else ""
    if left < 0:
        words = ngettext("follow-up %(days)s working day overdue", "follow-up %(days)s working days overdue", -left)
        return tag(words % {"days": -left}, "stop")
    words = ngettext("to follow up: %(days)s working day left", "to follow up: %(days)s working days left", left)
    return tag(words % {"days": left}, "warn")
