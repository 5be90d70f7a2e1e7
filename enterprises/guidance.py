"""What a company reads about its request: where it stands, what comes next, what is missing and where to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from enterprises import mending
from enterprises.enums import RequestState, Verb
from enterprises.kinds import Fault, find, kind_of
from enterprises.mending import Progress, Thing
from enterprises.models import CorrectionItem, Paper, RefusalNote, RequestEvent, ServiceRequest

CHECK = "check"
Text = str | LazyText
S = RequestState

TONES: dict[str, str] = {
    S.DRAFT: "",
    S.SUBMITTED: "progress",
    S.ACCEPTED: "progress",
    S.RETURNED: "warn",
    S.REVIEWED: "progress",
    S.APPROVED: "progress",
    S.ISSUED: "ok",
    S.CLOSED: "ok",
    S.REFUSED: "stop",
    S.WITHDRAWN: "",
    S.LAPSED: "stop",
}
NEXT: dict[str, Text] = {
    S.DRAFT: _("Complete the form and hand it in."),
    S.SUBMITTED: _("The office looks whether the papers are complete. You need not do anything."),
    S.ACCEPTED: _("An officer examines the request. You need not do anything."),
    S.RETURNED: _("Correct what the office asks for and hand the request in again. The term starts anew then."),
    S.REVIEWED: _("A second officer examines the request and signs it off. You need not do anything."),
    S.APPROVED: _("The request is approved and the letter is being prepared. We write to you in a few minutes."),
    S.ISSUED: _("Download the letter and send it to your guests."),
    S.CLOSED: _("Nothing remains to be done."),
    S.REFUSED: _("The office will not issue what you asked for."),
    S.WITHDRAWN: _("You can file a new request at any time."),
    S.LAPSED: _(
        "The corrections did not come in time. If you still need the letter, file a new request; what you had handed in can "
        "be read below."
    ),
}
DONE: dict[str, Text] = {
    Verb.SUBMIT: _("Request handed in"),
    Verb.ACCEPT: _("Accepted by the office"),
    Verb.SEND_BACK: _("Returned for correction"),
    Verb.REVIEW: _("First review passed"),
    Verb.APPROVE: _("Signed off"),
    Verb.ISSUE: _("Letter issued"),
    Verb.CLOSE: _("Closed"),
    Verb.REFUSE: _("Refused"),
    Verb.WITHDRAW: _("Withdrawn"),
    Verb.LAPSE: _("Lapsed"),
    Verb.REVOKE: _("Letter revoked"),
    Verb.REISSUE: _("Letter issued anew"),
    Verb.SUPERSEDE: _("Letter superseded by a new one"),
    Verb.HASTEN: _("Moved to the green channel"),
    Verb.SLOW: _("Moved to the normal lane"),
    Verb.EXTEND: _("More time for the corrections"),
    Verb.ASK_CONSENT: _("District or development zone asked for its consent"),
    Verb.ANSWER_CONSENT: _("District or development zone has answered"),
    Verb.DROP_CONSENT: _("Consent no longer asked for"),
}
COMING: dict[str, Text] = {
    S.SUBMITTED: _("Acceptance by the office"),
    S.ACCEPTED: _("First review"),
    S.REVIEWED: _("Sign-off"),
    S.APPROVED: _("Issue of the letter"),
    S.RETURNED: _("Your corrections"),
}
_MARKS = {Verb.SEND_BACK.value: "warn", Verb.REFUSE.value: "stop", Verb.LAPSE.value: "stop", Verb.REVOKE.value: "stop"}
del S


@dataclass(frozen=True)
class Entry:
    """A line of the timeline (`templates/includes/timeline.html`)."""

    title: Text
    at: datetime | None = None
    text: Text = ""
    tone: str = ""


@dataclass(frozen=True)
class Pointer:
    """A sentence, and the page where it is mended."""

    text: Text
    url: str


@dataclass(frozen=True)
class ToMend:
    """One thing the office asks to be corrected, and the page where that is done."""

    thing: Thing
    url: str

    @property
    def part(self) -> int | None:
        return self.thing.item.part

    @property
    def field(self) -> str:
        return self.thing.item.field


@dataclass(frozen=True)
class Asked:
    """What the office asks to be corrected now: until when, what, and how much of it was changed."""

    deadline_on: date
    days_left: int
    items: list[ToMend]
    progress: Progress | None


@dataclass(frozen=True)
class Row:
    """A request in the list."""

    case: ServiceRequest
    title: Text
    tone: str


def step_url(case: ServiceRequest, slug: str, part: int | None = None) -> str:
    """Return the page of a step, or of one of its rows where it has pages of their own."""
    step = kind_of(case).step(slug)
    if part is None or step is None:
        return reverse("enterprises:step", args=[case.key, slug])
    if step.parts is None:
        return reverse("enterprises:step", args=[case.key, slug]) + f"#part-{part}"
    return reverse("enterprises:part", args=[case.key, slug, part])


def resume_url(case: ServiceRequest) -> str:
    """Return the first step that is not saved yet, else the check of all answers."""
    missing = next((step.slug for step in kind_of(case).steps if step.slug not in case.saved_steps), None)
    return step_url(case, missing) if missing else reverse("enterprises:check", args=[case.key])


def step_list(case: ServiceRequest, *, current: str) -> list[dict[str, Any]]:
    """Return the steps for `templates/includes/steps.html`."""
    steps = [
        {
            "title": step.title,
            "url": step_url(case, step.slug),
            "is_current": step.slug == current,
            "is_done": step.slug in case.saved_steps,
        }
        for step in kind_of(case).steps
    ]
    url = reverse("enterprises:check", args=[case.key])
    return [*steps, {"title": _("Check"), "url": url, "is_current": current == CHECK, "is_done": False}]


def faults(case: ServiceRequest) -> list[Pointer]:
    """Return what keeps a request from being handed in, each with its page."""
    return [_pointer(case, fault) for fault in kind_of(case).faults(case)]


def asked(case: ServiceRequest) -> Asked | None:
    """Return what the office asks to be corrected now; None when nothing."""
    correction = case.corrections.waiting().prefetch_related("items__kept").first()
    if correction is None:
        return None
    things = mending.things(correction, mending.by_place(case))
    items = [ToMend(thing, _item_url(case, thing.item)) for thing in things]
    return Asked(correction.deadline_on, correction.days_left, items, mending.progress(things))


def items_at(case: ServiceRequest, slug: str, part: int | None) -> list[ToMend]:
    """Return what the office asks to be corrected on this page; a step shows what is asked of its rows too."""
    found = asked(case)
    items = [item for item in found.items if item.thing.item.step == slug] if found else []
    return items if part is None else [item for item in items if item.part == part]


def show_at_fields(form: Any, items: Iterable[ToMend]) -> None:
    """Let each field of a page say what is to be corrected in it (`templates/includes/field_notes.html`)."""
    for item in items:
        field = getattr(form, "fields", {}).get(item.field)
        if field is not None:
            field.to_correct = [*getattr(field, "to_correct", []), item.thing]


def timeline(case: ServiceRequest) -> list[Entry]:
    """Return what happened, oldest first, and what comes next."""
    reasons = [things for _correction, things in reversed(mending.history(case))]
    past = [_entry(case, event, reasons) for event in case.events.all()]
    if past and case.state in COMING:
        past.append(Entry(COMING[case.state], text=NEXT[case.state], tone="next"))
    return past


def refusal(case: ServiceRequest) -> RefusalNote | None:
    """Return why a request was refused and what the company can do now."""
    return RefusalNote.objects.filter(request=case).select_related("kept").first()


def rows(cases: Iterable[ServiceRequest]) -> list[Row]:
    """Return the requests as the list shows them."""
    return [Row(case, _title(case), TONES[case.state]) for case in cases]


def papers(case: ServiceRequest) -> list[tuple[str, Paper]]:
    """Return the papers of a request with what they are and, where they belong to a row, to which."""
    kind = kind_of(case)
    roles = dict(kind.paper_roles.choices)
    names = {row.part: row.label for row in kind.desk.rows(case)}
    filed = case.papers.select_related("file").order_by(F("part").asc(nulls_first=True), "pk")
    return [(_called(roles.get(paper.role, paper.role), names.get(paper.part or 0)), paper) for paper in filed]


def paper_url(paper: Paper) -> str:
    """Return the page of the form where a paper is filed."""
    return step_url(paper.request, kind_of(paper.request).papers_step)


def _called(role: Text, name: str | None) -> str:
    title = capfirst(str(role))
    return f"{title} · {name}" if name else title


def _title(case: ServiceRequest) -> Text:
    kind = find(case.kind)
    return kind.title if kind else case.kind


def _pointer(case: ServiceRequest, fault: Fault) -> Pointer:
    return Pointer(fault.message, step_url(case, fault.step, fault.part))


def _item_url(case: ServiceRequest, item: CorrectionItem) -> str:
    step = kind_of(case).step(item.step)
    if step is None:
        return reverse("enterprises:check", args=[case.key])
    if item.field:
        return f"{step_url(case, item.step)}#id_{item.field}"
    is_there = item.part is not None and step.parts is not None and step.parts.find(case, item.part) is not None
    return step_url(case, item.step, item.part if is_there or step.parts is None else None)


def _entry(case: ServiceRequest, event: RequestEvent, corrections: list[list[Thing]]) -> Entry:
    text = event.note
    if event.verb == Verb.SEND_BACK and corrections:
        text = "\n".join(_in_a_line(thing) for thing in corrections.pop(0))
    elif event.verb == Verb.EXTEND:
        text = _("Until %(date)s") % {"date": date_format(date.fromisoformat(event.note))}
    elif event.verb == Verb.REFUSE and (note := refusal(case)):
        text = "\n".join([*note.reasons, *note.remedies])
    return Entry(DONE[event.verb], at=event.at, text=text, tone=_MARKS.get(event.verb, ""))


def _in_a_line(thing: Thing) -> str:
    return " · ".join(part for part in (thing.place, " ".join(thing.reasons)) if part)
