"""How states and the clock look to officers: words first, a colour that repeats them."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enterprises.enums import CompanyState, RequestState
from enterprises.invitations.enums import LetterState
from enterprises.models import Company, Letter, ServiceRequest
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
LETTER_TONES = {LetterState.PREPARING: "info", LetterState.ISSUED: "ok", LetterState.REVOKED: "stop"}


def request_state(request: ServiceRequest) -> SafeString:
    state = RequestState(request.state)
    return tag(state.label, REQUEST_TONES.get(state, "plain"))


def company_state(company: Company) -> SafeString:
    state = CompanyState(company.state)
    return tag(state.label, COMPANY_TONES[state])


def letter_state(letter: Letter) -> SafeString:
    state = LetterState(letter.state)
    return tag(state.label, LETTER_TONES[state])


def clock(request: ServiceRequest) -> SafeString | str:
    """The traffic light: overdue, due today or tomorrow, or time enough; nothing while the clock stands still."""
    left = request.days_left
    if left is None:
        return ""
    if left < 0:
        words = ngettext("%(days)s working day overdue", "%(days)s working days overdue", -left)
        return tag(words % {"days": -left}, "stop")
    if left == 0:
        return tag(_("due today"), "warn")
    words = ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": left}
    return tag(words, "warn" if left == 1 else "ok")
