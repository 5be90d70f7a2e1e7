"""How events look to officers: words first, a colour that repeats them."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from delegations.enums import OutcomeState
from delegations.events.enums import EventState
from delegations.outcomes import Outcome
from shenyang_fao.core.admin_base import tag

STATE_TONES = {
    EventState.PLANNED: "info",
    EventState.ANNOUNCED: "warn",
    EventState.HELD: "ok",
    EventState.CANCELLED: "stop",
}
OUTCOME_TONES = {OutcomeState.OPEN: "info", OutcomeState.DONE: "ok", OutcomeState.DROPPED: "plain"}


def state(value: str) -> SafeString:
    known = EventState(value)
    return tag(known.label, STATE_TONES[known])


def outcome(found: Outcome) -> SafeString:
    if found.is_overdue:
        return tag(_("overdue"), "stop")
    known = OutcomeState(found.state)
    return tag(known.label, OUTCOME_TONES[known])
