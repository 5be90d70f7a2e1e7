"""Signing off several requests at once: each has its own transaction and outcome, and nothing unseen is signed."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import override

from enterprises.actions import bulk, requests
from enterprises.actions.moves import mark_of
from enterprises.enums import RequestState, SignOffOutcome
from enterprises.models import BulkSignOff, BulkSignOffItem, Letter, Membership, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import AuditEntry, Promise
from tests.cast import Cast, bring_to, complete_invitation, officer, work_off
from tests.enterprises.corrected import correct_and_bring_back

Make = Callable[[RequestState], ServiceRequest]
S = RequestState


@pytest.fixture
def cases(request_in: Make) -> list[ServiceRequest]:
    """Two requests that have passed the first review."""
    return [request_in(S.REVIEWED), request_in(S.REVIEWED)]


def begin(*cases: ServiceRequest, by: User, key: UUID | None = None) -> BulkSignOff:
    return bulk.begin([(case.pk, mark_of(case)) for case in cases], key=key or uuid4(), by=by)


def outcomes(made: BulkSignOff) -> list[str]:
    return list(made.items.values_list("outcome", flat=True))


def state(case: ServiceRequest) -> str:
    return str(ServiceRequest.objects.get(pk=case.pk).state)


def test_asking_signs_nothing_off_yet(cases: list[ServiceRequest], cast: Cast) -> None:
    made = begin(*cases, by=cast.approver)

    assert (outcomes(made), [state(case) for case in cases]) == ([SignOffOutcome.WAITING] * 2, [S.REVIEWED] * 2)


def test_each_request_comes_to_its_letter(cases: list[ServiceRequest], cast: Cast) -> None:
    made = begin(*cases, by=cast.approver)

    work_off()

    assert (outcomes(made), [state(case) for case in cases]) == ([SignOffOutcome.SIGNED] * 2, [S.ISSUED] * 2)


def test_the_audit_names_the_officer_who_asked(cases: list[ServiceRequest], cast: Cast) -> None:
    begin(cases[0], by=cast.approver)

    work_off()

    signed = AuditEntry.objects.filter(table="enterprises_letter", row=str(Letter.objects.get().pk)).earliest("pk")
    assert signed.actor_id == cast.approver.pk


@pytest.mark.parametrize("change", ["withdrawn", "corrected and reviewed again", "signed off by somebody else"])
def test_what_changed_after_it_was_seen_is_not_signed_off_and_the_others_are(
    cases: list[ServiceRequest], cast: Cast, change: str
) -> None:
    made = begin(*cases, by=cast.approver)
    if change == "withdrawn":
        requests.withdraw(cases[0].pk, by=cast.owner)
    elif change == "signed off by somebody else":
        requests.approve(cases[0].pk, by=officer("second@example.com", Role.APPROVER))
    else:
        correct_and_bring_back(cases[0], cast, reviewed=True)

    work_off()

    assert outcomes(made) == [SignOffOutcome.REFUSED, SignOffOutcome.SIGNED]


def test_the_outcome_is_said_in_the_readers_language(cases: list[ServiceRequest], cast: Cast) -> None:
    made = begin(cases[0], by=cast.approver)
    requests.withdraw(cases[0].pk, by=cast.owner)

    work_off()

    item = made.items.get()
    with override("zh-hans"):
        chinese = item.why
    with override("en"):
        assert (item.why, chinese) == (
            "The request is withdrawn; this can no longer be done.",
            "该申请当前状态为“已撤回”，不能进行此操作。",
        )


def test_an_own_review_is_signed_off_by_somebody_else(cases: list[ServiceRequest], cast: Cast) -> None:
    cast.reviewer.add_role(Role.APPROVER)
    reviewer = User.objects.get(pk=cast.reviewer.pk)

    made = begin(cases[0], by=reviewer)
    work_off()

    assert (outcomes(made), state(cases[0])) == ([SignOffOutcome.REFUSED], S.REVIEWED)


def test_a_request_of_the_own_company_is_left_to_others(cases: list[ServiceRequest], cast: Cast) -> None:
    Membership.objects.create(company=cast.company, user=cast.approver)

    made = begin(cases[0], by=cast.approver)
    work_off()

    assert (outcomes(made), state(cases[0])) == ([SignOffOutcome.REFUSED], S.REVIEWED)


def test_a_request_without_review_is_not_signed_off(request_in: Make, cast: Cast) -> None:
    case = request_in(S.ACCEPTED)

    made = begin(case, by=cast.approver)
    work_off()

    assert (outcomes(made), state(case)) == ([SignOffOutcome.REFUSED], S.ACCEPTED)


@pytest.mark.parametrize("loss", ["the role", "the account"])
def test_an_officer_who_lost_the_right_meanwhile_signs_nothing(
    cases: list[ServiceRequest], cast: Cast, loss: str
) -> None:
    made = begin(cases[0], by=cast.approver)
    if loss == "the role":
        cast.approver.groups.clear()
    else:
        User.objects.filter(pk=cast.approver.pk).update(is_active=False)

    work_off()

    with override("en"):
        assert made.items.get().why == "The officer who asked for it may not sign off any more."
    assert state(cases[0]) == S.REVIEWED


def test_delivered_twice_it_has_one_effect(cases: list[ServiceRequest], cast: Cast) -> None:
    item = begin(cases[0], by=cast.approver).items.get()

    for _time in range(2):
        bulk.carry_out(item.pk, by=None)

    assert Letter.objects.count() == 1
    assert BulkSignOffItem.objects.get().outcome == SignOffOutcome.SIGNED


def test_a_page_sent_twice_is_one_action(cases: list[ServiceRequest], cast: Cast) -> None:
    key = uuid4()

    first, second = begin(*cases, by=cast.approver, key=key), begin(*cases, by=cast.approver, key=key)

    assert (first.pk, BulkSignOffItem.objects.count()) == (second.pk, 2)


def test_a_refusal_is_an_outcome_and_not_tried_again(cases: list[ServiceRequest], cast: Cast) -> None:
    begin(cases[0], by=cast.approver)
    requests.withdraw(cases[0].pk, by=cast.owner)

    work_off()

    promise = Promise.objects.get(kind=bulk.SIGN_OFF)
    assert (promise.state, promise.attempts) == (PromiseState.DONE, 1)


def test_one_that_fails_leaves_the_others_signed_off(
    cases: list[ServiceRequest], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(*cases, by=cast.approver)
    approve = requests.approve

    def break_on_the_first(request_id: int, **words: object) -> None:
        if request_id == cases[0].pk:
            raise OSError("no more room")
        approve(request_id, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(requests, "approve", break_on_the_first)
    work_off()

    states = list(Promise.objects.filter(kind=bulk.SIGN_OFF).order_by("pk").values_list("state", flat=True))
    assert (states, state(cases[1])) == ([PromiseState.FAILED, PromiseState.DONE], S.ISSUED)


@pytest.mark.parametrize("count", [0, 51])
def test_none_and_more_than_fifty_are_refused_in_words(cast: Cast, count: int) -> None:
    seen = [(number, "1") for number in range(count)]

    with override("en"), pytest.raises(Refusal) as refused:
        bulk.begin(seen, key=uuid4(), by=cast.approver)

    words = {
        0: "Choose at least one request.",
        51: "You chose 51 requests. At most 50 can be signed off at once; choose fewer.",
    }
    assert str(refused.value) == words[count]


def test_the_database_holds_the_fifty(cases: list[ServiceRequest], cast: Cast) -> None:
    made = begin(cases[0], by=cast.approver)

    with pytest.raises(IntegrityError), transaction.atomic():
        BulkSignOffItem.objects.create(bulk=made, request=cases[1], position=51)


@pytest.mark.parametrize("person", ["reception", "reviewer", "head", "auditor", "owner"])
def test_only_approvers_may(cases: list[ServiceRequest], cast: Cast, person: str) -> None:
    with pytest.raises(PermissionDenied):
        begin(cases[0], by=getattr(cast, person))


def test_a_draft_cannot_be_named(cases: list[ServiceRequest], cast: Cast) -> None:
    draft = complete_invitation(cast.company, by=cast.owner, invitees=1)

    with pytest.raises(ServiceRequest.DoesNotExist):
        begin(draft, by=cast.approver)


def test_each_sign_off_is_promised_once(cases: list[ServiceRequest], cast: Cast) -> None:
    begin(*cases, by=cast.approver)
    case = bring_to(S.REVIEWED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)

    begin(case, by=cast.approver)

    assert Promise.objects.filter(kind=bulk.SIGN_OFF).count() == 3
    assert outbox.title_of(bulk.SIGN_OFF) != bulk.SIGN_OFF
