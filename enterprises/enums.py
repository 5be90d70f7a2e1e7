"""Choices of the engine that carries every kind of request, and its one transition table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyState(models.TextChoices):
    PENDING = "pending", _("waiting for verification")
    RETURNED = "returned", _("returned for correction")
    VERIFIED = "verified", _("verified")


class RequestState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned for correction")
    REVIEWED = "reviewed", _("reviewed")
    APPROVED = "approved", _("signed off")
    ISSUED = "issued", _("issued")
    CLOSED = "closed", _("closed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")


class Lane(models.TextChoices):
    """How fast a request is to be decided; each lane has its own term in the settings."""

    NORMAL = "normal", _("normal lane")
    GREEN = "green", _("green channel")


class SignOffOutcome(models.TextChoices):
    """What became of one request of a bulk sign-off."""

    WAITING = "waiting", _("waiting")
    SIGNED = "signed", _("signed off")
    REFUSED = "refused", _("not signed off")


class ConsentState(models.TextChoices):
    """What became of a request for consent. That its time is over follows from the clock and is no state."""

    WAITING = "waiting", _("waiting for an answer")
    GIVEN = "given", _("consent given")
    OBJECTED = "objected", _("objection raised")
    WITHDRAWN = "withdrawn", _("request for consent withdrawn")


class ConsentMark(models.TextChoices):
    """How a request stands with the consent of a district or development zone, as far as somebody has to do something."""

    WAITING = "waiting", _("waiting for consent")
    EXPIRED = "expired", _("consent: no answer in time")
    MISSING = "missing", _("consent still to be asked for")
    OBJECTED = "objected", _("objection of a district or zone")


class ReasonUse(models.TextChoices):
    """What a kept reason is for."""

    CORRECTION = "correction", _("return for correction")
    REFUSAL = "refusal", _("refuse")


class Verb(models.TextChoices):
    """What can be done with a request."""

    SUBMIT = "submit", _("submit")
    ACCEPT = "accept", _("accept")
    SEND_BACK = "send_back", _("return for correction")
    REVIEW = "review", _("pass first review")
    APPROVE = "approve", _("sign off")
    ISSUE = "issue", _("issue")
    CLOSE = "close", _("close out")
    REFUSE = "refuse", _("refuse")
    WITHDRAW = "withdraw", _("withdraw")
    LAPSE = "lapse", _("lapse")
    # No change of state: what was issued is withdrawn, the request stays issued.
    REVOKE = "revoke", _("revoke")
    REISSUE = "reissue", _("issue anew")
    SUPERSEDE = "supersede", _("supersede")
    # No change of state either: only the term changes.
    HASTEN = "hasten", _("move to the green channel")
    SLOW = "slow", _("move to the normal lane")
    EXTEND = "extend", _("extend the deadline")
    # No change of state: a district or development zone is asked, answers, or need not answer any more.
    ASK_CONSENT = "ask_consent", _("ask for consent")
    ANSWER_CONSENT = "answer_consent", _("answer to the request for consent")
    DROP_CONSENT = "drop_consent", _("withdraw the request for consent")


S = RequestState
# The one table: from where, to where. The model's methods and the database's trigger are both made from it.
TRANSITIONS: dict[Verb, tuple[tuple[RequestState, ...], RequestState]] = {
    Verb.SUBMIT: ((S.DRAFT, S.RETURNED), S.SUBMITTED),
    Verb.ACCEPT: ((S.SUBMITTED,), S.ACCEPTED),
    Verb.SEND_BACK: ((S.SUBMITTED, S.ACCEPTED, S.REVIEWED), S.RETURNED),
    Verb.REVIEW: ((S.ACCEPTED,), S.REVIEWED),
    Verb.APPROVE: ((S.REVIEWED,), S.APPROVED),
    Verb.ISSUE: ((S.APPROVED,), S.ISSUED),
    Verb.CLOSE: ((S.ISSUED,), S.CLOSED),
    Verb.REFUSE: ((S.SUBMITTED, S.ACCEPTED, S.REVIEWED), S.REFUSED),
    Verb.WITHDRAW: ((S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.RETURNED, S.REVIEWED), S.WITHDRAWN),
    Verb.LAPSE: ((S.RETURNED,), S.LAPSED),
}
# What no person does.
BY_SYSTEM = (Verb.ISSUE, Verb.LAPSE)

# What an officer does to handle a case; whoever did any of it does not answer a complaint about it.
HANDLING = (Verb.ACCEPT, Verb.SEND_BACK, Verb.REVIEW, Verb.APPROVE, Verb.REFUSE, Verb.REVOKE, Verb.REISSUE)

# The states whose data the company may change.
EDITABLE = (S.DRAFT, S.RETURNED)
# The states in which the office's decision is awaited and the clock runs.
RUNNING = (S.SUBMITTED, S.ACCEPTED, S.REVIEWED)
# The states in which a request may change its lane.
OPEN = (*RUNNING, S.RETURNED)
# The states that two officers have answered for.
DECIDED = (S.APPROVED, S.ISSUED, S.CLOSED)
# The states of a request that came to nothing; after them what it was to change may be changed by another.
CAME_TO_NOTHING = (S.REFUSED, S.WITHDRAWN, S.LAPSED)
# The states in which the service is over and may be rated; what was issued is, although a report may be awaited.
ENDED = (S.ISSUED, S.CLOSED, *CAME_TO_NOTHING)
del S
