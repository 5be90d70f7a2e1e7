"""Synthetic companies with requests in every state, made by the same actions that people's buttons call.

Each company is numbered on from those that are there, and its data come from the seed and its number alone. Letters that
were signed off are promises for the worker, as always.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from random import Random
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from enterprises import kinds
from enterprises.actions import companies, consent, ratings, requests
from enterprises.actions.corrections import Item
from enterprises.actions.papers import file_paper
from enterprises.enums import RequestState
from enterprises.invitations import actions as invitations
from enterprises.invitations.enums import PaperRole
from enterprises.invitations.rules import PAPERS, PURPOSE, REQUIRED_PAPERS
from enterprises.models import Company, ConsentRequest, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.models import Unit
from shenyang_fao.core.ratings import Level
from shenyang_fao.portal import demonstration, invented

GUESTS_AT_MOST = 4
S = RequestState
# What each company files; the worker turns what is approved into what is issued.
STATES = (S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.RETURNED, S.REVIEWED, S.APPROVED, S.REFUSED, S.WITHDRAWN)
REASON = "演示：事由不在受理范围。The purpose is not covered."
REMEDY = "演示：请改为商务邀请后另行申请。File a new request for a business visit."
COMMENT = "演示：办理前未与我们联系。Nobody got in touch before the refusal."
Act = Callable[[int], object]


class Hands(Protocol):
    """Who acts on a request: the company's person and three officers."""

    @property
    def owner(self) -> User: ...
    @property
    def reception(self) -> User: ...
    @property
    def reviewer(self) -> User: ...
    @property
    def approver(self) -> User: ...


class Staff:
    """The demonstration officers, and the person who files for one generated company."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.reception, self.reviewer, self.approver = map(_officer, (Role.RECEPTION, Role.REVIEWER, Role.APPROVER))


def generate(scale: int, *, seed: int) -> Iterator[Company]:
    """Make so many companies more, each with a request in every state; yield each when all of it is there."""
    demonstration.make()
    start = _next_index()
    for index in range(start, start + scale):
        chance = Random(f"{seed}:{index}")  # noqa: S311 - no secret: the same seed has to bring the same data
        company, staff = _found(index, chance)
        for place, state in enumerate(STATES):
            visit = invented.visit(
                f"D{index:04d}{place}", chance, today=timezone.localdate(), guests_at_most=GUESTS_AT_MOST
            )
            _file(company, staff, state, visit)
        yield company


def ways(hands: Hands) -> dict[RequestState, list[Act]]:
    """What has to be done with a complete draft, in order, until it stands in each state."""
    items = [Item(PAPERS, "演示：缺少公章。The seal is missing.")]

    submit = partial(requests.submit, by=hands.owner)
    accept = partial(requests.accept, by=hands.reception)
    review = partial(requests.review, by=hands.reviewer)
    approve = partial(requests.approve, by=hands.approver)
    send_back = partial(requests.send_back, items=items, by=hands.reception)
    refuse = partial(requests.refuse, reason=REASON, remedy=REMEDY, by=hands.reception)
    withdraw = partial(requests.withdraw, by=hands.owner)
    return {
        S.DRAFT: [],
        S.SUBMITTED: [submit],
        S.ACCEPTED: [submit, accept],
        S.RETURNED: [submit, send_back],
        S.REVIEWED: [submit, accept, review],
        S.APPROVED: [submit, accept, review, approve],
        S.REFUSED: [submit, refuse],
        S.WITHDRAWN: [submit, withdraw],
    }


@transaction.atomic
def _found(index: int, chance: Random) -> tuple[Company, Staff]:
    audit.sign(None)
    owner = User.objects.create_user(
        f"demonstration{index}@{demonstration.DOMAIN}",
        None,
        name=f"演示用户 Demonstration {index}",
        language=chance.choice(("zh-hans", "en")),
    )
    staff = Staff(owner)
    data = invented.company(index, chance)
    company = companies.register_company(data=data, licence=demonstration.scan("licence", by=owner), by=owner)
    Company.objects.filter(pk=company.pk).update(is_demonstration=True)
    companies.verify_company(company.pk, by=staff.reception)
    company.refresh_from_db()
    return company, staff


@transaction.atomic
def _file(company: Company, staff: Staff, state: RequestState, visit: invented.Visit) -> None:
    kind = kinds.find("invitation")
    if kind is None:
        raise LookupError("invitation")
    request = requests.begin(kind, company=company, by=staff.owner)
    invitations.save_answers(request.pk, answers=visit.purpose, step=PURPOSE, by=staff.owner)
    if state == S.DRAFT:
        return
    _complete(request, visit, by=staff.owner)
    acts = ways(staff)
    # What is signed off was corrected once before, so that an answered correction is seen as well.
    detour = acts[S.RETURNED] if state == S.APPROVED else []
    for act in (*detour, *acts[state]):
        act(request.pk)
    if state == S.ACCEPTED:
        _ask_for_consent(request, by=staff.reception)
    _write(request, staff)
    if state == S.REFUSED:
        ratings.rate(request.pk, level=Level.DISSATISFIED, comment=COMMENT, by=staff.owner)


def _complete(request: ServiceRequest, visit: invented.Visit, *, by: User) -> None:
    invitations.save_itinerary(request.pk, answers=visit.itinerary, days=visit.days, by=by)
    for role in REQUIRED_PAPERS:
        file_paper(request.pk, role=role, part=None, file=demonstration.scan(role, by=by), by=by)
    for answers in visit.guests:
        guest = invitations.save_invitee(request.pk, invitee_id=None, answers=answers, by=by)
        scan = demonstration.scan(PaperRole.PASSPORT, by=by)
        file_paper(request.pk, role=PaperRole.PASSPORT, part=guest.pk, file=scan, by=by)
    invitations.finish_invitees(request.pk, by=by)
    invitations.save_answers(request.pk, answers={"is_consent_given": True}, step=PAPERS, by=by)


def _write(request: ServiceRequest, staff: Staff) -> None:
    requests.write_message(
        request.pk, body="演示：请问何时办结？When will it be decided? (demonstration)", by=staff.owner
    )
    requests.write_message(request.pk, body="演示：正在办理。It is being handled. (demonstration)", by=staff.reception)


def _ask_for_consent(request: ServiceRequest, *, by: User) -> None:
    """Let one unit be asked, where the register of ties knows one; the mail goes to an address of nobody."""
    unit = Unit.objects.filter(kind__in=consent.ASKED_UNITS).order_by("pk").first()
    if unit and not ConsentRequest.objects.exists():
        contact = consent.Contact("演示联系人 Demonstration", f"consent@{demonstration.DOMAIN}", by.language)
        consent.ask(request.pk, unit=unit, contact=contact, by=by)


def _officer(role: Role) -> User:
    return User.objects.get(email=f"{role.value}@{demonstration.DOMAIN}")


def _next_index() -> int:
    """The first number from 1 on whose code no company has."""
    used = set(Company.objects.filter(is_demonstration=True).values_list("uscc", flat=True))
    return next(index for index in count(1) if demonstration.uscc(index) not in used)
