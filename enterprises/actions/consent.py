"""The consent of a district or development zone: asking, answering by link, asking again, withdrawing.

What a unit answers is about what it was shown; once the request says something else, the answer counts no more.
"""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.actions.moves import HANDLERS, lock_for, note_down
from enterprises.consenting import Standing, link_of, standing_of, told
from enterprises.enums import RUNNING, ConsentState, RequestState, Verb
from enterprises.kinds import kind_of
from enterprises.models import ConsentLink, ConsentRequest, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit, outbox, workdays
from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.mail import send_unkept
from shenyang_fao.core.models import Unit
from shenyang_fao.core.secret_links import digest_of, new_token

SEND_LINK = "consent.send_link"
ASKED_UNITS = (UnitKind.DISTRICT, UnitKind.ZONE)


@dataclass(frozen=True)
class Contact:
    """The one person of a unit who is asked, and the language of the mail."""

    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Answer:
    """What a unit says: consent or objection, who says it, and why; an objection needs its reason."""

    is_given: bool
    name: str
    position: str
    note: str = ""


def lacks_consent(request: ServiceRequest) -> bool:
    """Tell whether a request needs a consent that has not been given to what it says now."""
    if request.kind not in settings.CONSENT_REQUIRED:
        return False
    return not request.consents.filter(state=ConsentState.GIVEN, overtaken_at=None).exists()


def require_consent(request: ServiceRequest) -> None:
    """Raise NotNow while a request that could be reviewed or signed off lacks its consent."""
    if request.state in (RequestState.ACCEPTED, RequestState.REVIEWED) and lacks_consent(request):
        raise NotNow(needed())


def needed() -> str:
    """Say that a consent has to come first."""
    return _("The consent of the district or development zone is needed first and has not been given yet.")


@audit.action
def ask(request_id: int, *, unit: Unit, contact: Contact, by: User) -> ConsentRequest:
    """Ask a unit for its consent to what the request says now; the link is sent in the background.

    Raises PermissionDenied, NotNow when the request does not wait for the office or the unit is asked already, Refusal.
    """
    request = lock_for(request_id, rights=HANDLERS, by=by)
    _check(unit, contact)
    shown: Any = _shown(request)
    if request.consents.filter(unit=unit, state=ConsentState.WAITING).exists():
        raise NotNow(_("This unit has been asked already. Send the link again or withdraw the question."))
    consent = ConsentRequest.objects.create(
        request=request,
        unit=unit,
        contact_name=contact.name.strip(),
        contact_email=contact.email.strip(),
        language=contact.language,
        shown=shown,
        asked_by=by,
        expires_at=_end_of_term(),
    )
    _promise_link(consent)
    note_down(request, verb=Verb.ASK_CONSENT, by=by, note=_named(unit))
    return consent


@audit.action
def ask_again(consent_id: int, *, by: User) -> None:
    """Send a new link to what the request says now, with a new term; the links before it open nothing any more.

    Raises PermissionDenied, NotNow, Refusal.
    """
    consent = _lock_waiting(consent_id, by=by)
    consent.shown = _shown(consent.request)
    consent.asked_by, consent.asked_at, consent.expires_at = by, timezone.now(), _end_of_term()
    consent.reminded_at = consent.overtaken_at = None
    consent.save(update_fields=["shown", "asked_by", "asked_at", "expires_at", "reminded_at", "overtaken_at"])
    consent.links.filter(ended_at=None).update(ended_at=timezone.now())
    _promise_link(consent)


@audit.action
def withdraw(consent_id: int, *, by: User) -> None:
    """Ask no longer; the link says so. Raises PermissionDenied, NotNow, Refusal."""
    consent = _lock_waiting(consent_id, by=by)
    consent.state, consent.withdrawn_at, consent.withdrawn_by = ConsentState.WITHDRAWN, timezone.now(), by
    consent.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    note_down(consent.request, verb=Verb.DROP_CONSENT, by=by, note=_named(consent.unit))


@audit.action
def answer(token: str, *, said: Answer, by: None = None) -> None:
    """Record, once, what a unit says by its link. Raises NotNow when the link leads to no open question, Refusal."""
    _check_answer(said)
    link = link_of(token)
    if link is None:
        raise NotNow(Standing.UNKNOWN.label)
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=link.consent.request_id)
    locked = ConsentLink.objects.select_for_update(of=("self", "consent"))
    link = locked.select_related("consent__request", "consent__unit").get(pk=link.pk)
    if (standing := standing_of(link)) != Standing.OPEN:
        raise NotNow(standing.label)
    consent = link.consent
    consent.state = ConsentState.GIVEN if said.is_given else ConsentState.OBJECTED
    consent.answered_at, consent.note = timezone.now(), said.note.strip()
    consent.answerer_name, consent.answerer_position = said.name.strip(), said.position.strip()
    consent.save(update_fields=["state", "answered_at", "note", "answerer_name", "answerer_position"])
    note_down(request, verb=Verb.ANSWER_CONSENT, by=by, note=_named(consent.unit))
    _tell_officers(consent)


@audit.action
def send_link(link_id: int, *, by: None = None) -> None:
    """Make the token of a link and send it; called again, or when the question is no longer open, it does nothing."""
    locked = ConsentLink.objects.select_for_update(of=("self",))
    link = locked.select_related("consent__request__company", "consent__unit").get(pk=link_id)
    if link.sent_at or standing_of(link) != Standing.OPEN:
        return
    token, consent = new_token(), link.consent
    link.digest, link.sent_at = digest_of(token), timezone.now()
    link.save(update_fields=["digest", "sent_at"])
    send_unkept(
        to=consent.contact_email,
        language=consent.language,
        template="enterprises/mail/consent_asked.txt",
        context={
            "consent": consent,
            "told": lambda: told(consent),
            "token": token,
            "is_reminder": link.is_reminder,
        },
    )


def remind(consent: ConsentRequest) -> None:
    """Promise a reminder with a link of its own; the first link stays good. The caller holds the lock and has checked."""
    consent.reminded_at = timezone.now()
    consent.save(update_fields=["reminded_at"])
    _promise_link(consent, is_reminder=True)


def note_changes(request: ServiceRequest) -> None:
    """Mark the questions and answers that are about something else than what is handed in now. The caller holds the lock."""
    consents = list(request.consents.filter(overtaken_at=None).exclude(state=ConsentState.WITHDRAWN))
    now = _read(request) if consents else None
    for consent in consents:
        if consent.shown != now:
            consent.overtaken_at = timezone.now()
            consent.save(update_fields=["overtaken_at"])


def _lock_waiting(consent_id: int, *, by: User) -> ConsentRequest:
    request_id = ConsentRequest.objects.values_list("request_id", flat=True).get(pk=consent_id)
    request = lock_for(request_id, rights=HANDLERS, by=by)
    consent = ConsentRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=consent_id)
    consent.request = request
    if consent.state != ConsentState.WAITING:
        raise NotNow(_("This question is closed: %(state)s.") % {"state": ConsentState(consent.state).label})
    return consent


def _shown(request: ServiceRequest) -> dict[str, Any]:
    """Return what a unit is to read. Raises NotNow when the request does not wait for the office."""
    if request.state not in RUNNING:
        state = RequestState(request.state).label
        raise NotNow(_("The request is %(state)s; this can no longer be done.") % {"state": state})
    shown = _read(request)
    if shown is None:
        raise NotNow(_("No consent is asked for requests of this kind."))
    return shown


def _read(request: ServiceRequest) -> dict[str, Any] | None:
    consenting = kind_of(request).consenting
    return consenting.read(request) if consenting else None


def _check(unit: Unit, contact: Contact) -> None:
    if unit.kind not in ASKED_UNITS:
        raise Refusal(_("Choose a district, a county or a development zone."))
    if not contact.name.strip():
        raise Refusal(_("Name the person who is asked."))
    if contact.language not in dict(settings.LANGUAGES):
        raise Refusal(_("Choose the language of the mail."))
    try:
        validate_email(contact.email.strip())
    except ValidationError as fault:
        raise Refusal(fault.messages[0]) from None


def _check_answer(said: Answer) -> None:
    if not said.name.strip() or not said.position.strip():
        raise Refusal(_("Give your name and your position."))
    if not said.is_given and not said.note.strip():
        raise Refusal(_("Give the reason of the objection."))


def _end_of_term() -> datetime:
    """Return the end of the last day on which a unit that is asked today can answer."""
    last = workdays.add_working_days(timezone.localdate(), settings.CONSENT_WORKING_DAYS)
    return timezone.make_aware(datetime.combine(last, time.max))


def _promise_link(consent: ConsentRequest, *, is_reminder: bool = False) -> None:
    link = ConsentLink.objects.create(consent=consent, is_reminder=is_reminder)
    outbox.promise(SEND_LINK, link.pk)


def _named(unit: Unit) -> str:
    """Name a unit for the timeline, which officers and the company read in their own languages."""
    return " / ".join(dict.fromkeys(in_each(lambda: unit.name).values()))


def _tell_officers(consent: ConsentRequest) -> None:
    """Tell who asked and who handles the case."""
    request = consent.request
    handler = request.reviewed_by or request.accepted_by
    url = reverse("admin:enterprises_servicerequest_change", args=[request.pk])
    context: dict[str, object] = {"consent": consent, "request_row": request}
    for person in {person.pk: person for person in (consent.asked_by, handler) if person and person.is_active}.values():
        key = f"consent-answered:{consent.pk}:{person.pk}"
        notify(person, key=key, template="enterprises/mail/consent_answered.txt", context=context, url=url)
