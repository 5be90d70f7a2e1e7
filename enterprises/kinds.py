"""What a kind of request is to the engine. A kind is one package that fills in this card and registers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise as LazyText

from enterprises.models import ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.models import Promise, StoredFile

Text = str | LazyText


class StepForm(Protocol):
    """One page of the guided form: bound to a request, checks itself, saves itself.

    ``page`` is the template that draws it. ``is_redrawn`` tells that a button asked for more room on the page, not to save.
    """

    page: str

    @property
    def is_redrawn(self) -> bool: ...

    def is_valid(self) -> bool: ...

    def save(self, *, by: User) -> None: ...

    def keep(self, *, by: User) -> None:
        """Save what is right so far, when not everything is."""


class Parts(Protocol):
    """The rows of a step that have a page each, as the invitees have."""

    def find(self, request: ServiceRequest, part: int) -> object | None: ...

    def open(self, request: ServiceRequest, row: Any, data: Any, files: Any) -> StepForm:
        """Make the form of one row; ``row`` is None for a new one. Raises NotNow when there is no room for it."""

    def remove(self, request: ServiceRequest, row: Any, *, by: User) -> None: ...


@dataclass(frozen=True)
class Step:
    """A step of the guided form. ``open`` makes its form from the request, what was typed and the files."""

    slug: str
    title: Text
    open: Callable[[ServiceRequest, Any, Any], StepForm]
    parts: Parts | None = None


@dataclass(frozen=True)
class Fault:
    """What keeps a request from being submitted: a sentence, and the step and row where it is mended."""

    step: str
    message: Text
    part: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of a step, as an invitee: where it stands and what a person calls it."""

    step: str
    part: int
    label: str


@dataclass(frozen=True)
class Target:
    """Something an officer can ask to be corrected: a whole step, one answer, one paper, or one row as an invitee.

    ``field`` is the name of its control on the page of the step, empty for a whole step or row. ``content`` is what stands
    there now, in any form that changes with it; empty where that cannot be known.
    """

    step: str
    label: Text
    part: int | None = None
    field: str = ""
    content: str = ""


@dataclass(frozen=True)
class Work:
    """One step of what sign-off set in motion, with its promise once it is promised."""

    title: Text
    promise: Promise | None


@dataclass(frozen=True)
class Desk:
    """What a kind adds to the officers' page of a case.

    ``template`` shows ``facts``; ``rows`` names what papers belong to; ``targets`` is what can be asked to be corrected
    beside whole steps; ``works`` is the background work after sign-off of each of many requests, in a fixed number of queries;
    ``disclosed`` are the files whose opening is recorded when an officer asks for hidden personal data.
    """

    template: str = ""
    facts: Callable[[ServiceRequest], dict[str, object]] = lambda request: {}
    rows: Callable[[ServiceRequest], list[Row]] = lambda request: []
    targets: Callable[[ServiceRequest], list[Target]] = lambda request: []
    works: Callable[[Sequence[ServiceRequest]], dict[int, list[Work]]] = lambda requests: {}
    disclosed: Callable[[ServiceRequest], list[StoredFile]] = lambda request: []

    def work(self, request: ServiceRequest) -> list[Work]:
        """Return the background work after the sign-off of one request."""
        return self.works([request]).get(request.pk, [])


@dataclass(frozen=True)
class Amending:
    """How what was issued is changed: by a new request that copies the old one.

    ``begin`` makes it or returns the open one, ``is_possible`` tells whether it can be begun, ``opened`` finds it.
    """

    begin: Callable[..., ServiceRequest]
    is_possible: Callable[[ServiceRequest], bool]
    opened: Callable[[ServiceRequest], ServiceRequest | None]


class CloseOutForm(Protocol):
    """The page on which a company reports: ``page`` draws ``form`` and the rows of ``formset``."""

    page: str
    form: Any
    formset: Any

    def is_valid(self) -> bool: ...

    def save(self, *, by: User) -> None:
        """Close the request with what was typed. Raises Refusal."""


@dataclass(frozen=True)
class Outcome:
    """What was reported of one row of a request, as an invitee; ``is_kept`` tells that it went as asked for."""

    label: str
    text: str
    is_kept: bool = True


@dataclass(frozen=True)
class Closing:
    """How a company reports on what was issued.

    ``ends_on`` is the day from which the term of the report counts, ``open`` makes the form from the request and what was
    typed, ``outcomes`` returns what was reported.
    """

    ends_on: Callable[[ServiceRequest], date | None]
    open: Callable[[ServiceRequest, Any], CloseOutForm]
    outcomes: Callable[[ServiceRequest], list[Outcome]]


@dataclass(frozen=True)
class Told:
    """One line of what a unit that is asked for its consent reads: what it is, and its texts, in the reader's language."""

    label: Text
    texts: list[str]


@dataclass(frozen=True)
class Consenting:
    """What a district or development zone reads that is asked for its consent, and nothing more.

    ``read`` returns it as plain data, which are kept with the question; ``lines`` puts such data into words.
    """

    read: Callable[[ServiceRequest], dict[str, Any]]
    lines: Callable[[dict[str, Any]], list[Told]]


@dataclass(frozen=True)
class Kind:
    """One kind of request.

    ``begin`` makes the empty details of a new request, ``faults`` lists what is still missing or wrong, ``approve`` does
    what sign-off means, inside the transaction of the sign-off. ``details`` is what its answers template reads,
    ``issued_file`` what the company downloads once the request is issued. ``put_away`` deletes what was kept for filling in
    only, when the request leaves the company's hands.
    """

    code: str
    prefix: str
    title: Text
    summary: Text
    steps: tuple[Step, ...]
    begin: Callable[[ServiceRequest], object]
    faults: Callable[[ServiceRequest], list[Fault]]
    approve: Callable[[ServiceRequest, Actor], object]
    guide_template: str
    answers_template: str
    paper_roles: type[Any]
    papers_step: str
    details: Callable[[ServiceRequest], dict[str, object]] = field(default=lambda request: {})
    issued_file: Callable[[ServiceRequest], StoredFile | None] = field(default=lambda request: None)
    desk: Desk = Desk()
    amending: Amending | None = None
    closing: Closing | None = None
    consenting: Consenting | None = None
    put_away: Callable[[ServiceRequest], object] = field(default=lambda request: None)

    def step(self, slug: str) -> Step | None:
        """Return the step with this slug, or None."""
        return next((step for step in self.steps if step.slug == slug), None)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Offer a kind of request."""
    _kinds[kind.code] = kind
    return kind


def kind_of(request: ServiceRequest) -> Kind:
    """Return the kind of a request."""
    return _kinds[request.kind]


def find(code: str) -> Kind | None:
    """Return the kind with this code, or None."""
    return _kinds.get(code)


def all_kinds() -> list[Kind]:
    """Return every kind on offer, in the order of registration."""
    return list(_kinds.values())
