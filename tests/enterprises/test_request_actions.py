import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from enterprises.actions import requests
from enterprises.actions.requests import Item, NotComplete
from enterprises.enums import TRANSITIONS, RequestState, Verb
from enterprises.models import RequestEvent, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import workdays
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from shenyang_fao.core.models import AuditEntry, Mail
from tests.cast import assemble, complete_invitation, draft, officer, person

S = RequestState
ITEMS = [Item("papers", "The seal is missing.")]
# What an officer's verb needs to be called: who may, and how.
OFFICER_VERBS = {
    Verb.ACCEPT: ("reception", requests.accept, {}),
    Verb.SEND_BACK: ("reception", requests.send_back, {"items": ITEMS}),
    Verb.REVIEW: ("reviewer", requests.review, {}),
    Verb.APPROVE: ("approver", requests.approve, {}),
    Verb.REFUSE: ("reception", requests.refuse, {"reason": "The purpose is not covered.", "remedy": "File anew."}),
}
REACHABLE = (S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.RETURNED, S.REVIEWED, S.APPROVED, S.REFUSED, S.WITHDRAWN)
ALLOWED = [(verb, state) for verb in OFFICER_VERBS for state in TRANSITIONS[verb][0]]
TOO_LATE_OR_EARLY = [
    (verb, state)
    for verb in OFFICER_VERBS
    for state in REACHABLE
    if state not in TRANSITIONS[verb][0] and state != S.DRAFT
]


def again(request: ServiceRequest) -> ServiceRequest:
    return ServiceRequest.objects.get(pk=request.pk)


def act(verb: Verb, request: ServiceRequest, cast, **options) -> None:
    who, action, arguments = OFFICER_VERBS[verb]
    action(request.pk, by=options.get("by") or getattr(cast, who), **arguments)


@pytest.mark.parametrize(("verb", "state"), ALLOWED)
def test_an_officer_s_verb_moves_the_request_on(cast, request_in, verb, state):
    request = request_in(state)

    act(verb, request, cast)

    assert again(request).state == TRANSITIONS[verb][1]


@pytest.mark.parametrize(("verb", "state"), TOO_LATE_OR_EARLY)
def test_a_verb_in_the_wrong_state_is_refused_and_changes_nothing(cast, request_in, verb, state):
    request = request_in(state)

    with pytest.raises(NotNow):
        act(verb, request, cast)

    assert again(request).state == state


@pytest.mark.parametrize("verb", OFFICER_VERBS)
def test_a_draft_is_not_found_by_officers(cast, request_in, verb):
    request = request_in(S.DRAFT)

    with pytest.raises(ServiceRequest.DoesNotExist):
        act(verb, request, cast)


@pytest.mark.parametrize(
    ("verb", "who"),
    [
        (Verb.ACCEPT, "reviewer"), (Verb.ACCEPT, "approver"), (Verb.ACCEPT, "auditor"), (Verb.ACCEPT, "owner"),
        (Verb.REVIEW, "reception"), (Verb.REVIEW, "approver"), (Verb.REVIEW, "auditor"), (Verb.REVIEW, "owner"),
        (Verb.APPROVE, "reception"), (Verb.APPROVE, "reviewer"), (Verb.APPROVE, "auditor"), (Verb.APPROVE, "owner"),
        (Verb.SEND_BACK, "auditor"), (Verb.SEND_BACK, "owner"), (Verb.REFUSE, "auditor"), (Verb.REFUSE, "owner"),
    ],
)  # fmt: skip
def test_a_verb_of_another_role_is_refused(cast, request_in, verb, who):
    state = TRANSITIONS[verb][0][0]
    request = request_in(state)

    with pytest.raises(PermissionDenied):
        act(verb, request, cast, by=getattr(cast, who))

    assert again(request).state == state


def test_handing_in_gives_a_number_a_date_and_a_term(cast, invitation_draft):
    request = requests.submit(invitation_draft.pk, by=cast.owner)

    today = timezone.localdate()
    assert request.number == f"SYFAO-INV-{today.year}-000001"
    assert (request.clock_started_on, request.due_on) == (today, workdays.add_working_days(today, 5))
    assert request.submitted_at


def test_handing_in_twice_is_handing_in_once(cast, invitation_draft):
    first = requests.submit(invitation_draft.pk, by=cast.owner)
    second = requests.submit(invitation_draft.pk, by=cast.owner)

    assert second.number == first.number
    assert first.events.filter(verb="submit").count() == 1
    assert Mail.objects.count() == 1


def test_two_tabs_that_hand_in_at_once_get_one_number_and_one_receipt(transactional_db):
    cast = assemble()
    request = complete_invitation(cast.company, by=cast.owner, invitees=1)
    numbers = []

    def hand_in():
        try:
            numbers.append(requests.submit(request.pk, by=cast.owner).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert numbers == [f"SYFAO-INV-{timezone.localdate().year}-000001"] * 2
    assert Mail.objects.count() == 1


def test_the_next_request_has_the_next_number(cast):
    numbers = [
        requests.submit(complete_invitation(cast.company, by=cast.owner, invitees=1).pk, by=cast.owner).number[-6:]
        for _ in range(2)
    ]

    assert numbers == ["000001", "000002"]


def test_an_incomplete_request_is_refused_with_every_fault_and_takes_no_number(cast):
    empty = draft(cast.company, by=cast.owner)

    with pytest.raises(NotComplete) as refused:
        requests.submit(empty.pk, by=cast.owner)

    assert {fault.step for fault in refused.value.faults} == {"purpose", "itinerary", "invitees", "papers"}
    assert again(empty).number is None


@pytest.mark.parametrize("state", [S.ACCEPTED, S.REVIEWED, S.APPROVED, S.REFUSED, S.WITHDRAWN])
def test_what_is_past_handing_in_cannot_be_handed_in(cast, request_in, state):
    request = request_in(state)

    with pytest.raises(NotNow):
        requests.submit(request.pk, by=cast.owner)


@pytest.mark.parametrize("who", ["outsider", "reception", "auditor"])
def test_nobody_hands_in_for_another_company(cast, invitation_draft, who):
    with pytest.raises(ServiceRequest.DoesNotExist):
        requests.submit(invitation_draft.pk, by=getattr(cast, who))


def test_the_receipt_is_written_in_the_language_of_who_filed(cast, invitation_draft):
    request = requests.submit(invitation_draft.pk, by=cast.owner)

    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("owner@example.com", "en")
    assert request.number in mail.subject + mail.body


def test_a_correction_stops_the_clock_and_says_what_to_mend(cast, request_in):
    request = request_in(S.ACCEPTED)

    requests.send_back(request.pk, items=[*ITEMS, Item("invitees", "Check the name.", part=7)], by=cast.reviewer)

    request = again(request)
    assert (request.due_on, request.days_left, request.days_waited) == (None, None, 0)
    items = request.corrections.get().items.values_list("step", "part", "reason")
    assert list(items) == [("papers", None, "The seal is missing."), ("invitees", 7, "Check the name.")]


def test_a_corrected_request_keeps_its_number_and_starts_the_clock_again(cast, request_in):
    request = request_in(S.RETURNED)
    number = request.number

    requests.submit(request.pk, by=cast.owner)

    request = again(request)
    assert (request.number, request.clock_started_on) == (number, timezone.localdate())
    assert request.due_on == workdays.add_working_days(timezone.localdate(), 5)
    assert request.corrections.get().answered_at


def test_a_correction_without_an_item_is_refused(cast, request_in):
    with pytest.raises(Refusal):
        requests.send_back(request_in(S.SUBMITTED).pk, items=[], by=cast.reception)


def test_a_review_counts_no_more_after_a_correction(cast, request_in):
    request = request_in(S.REVIEWED)

    requests.send_back(request.pk, items=ITEMS, by=cast.approver)

    assert again(request).reviewed_by is None


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refusal_without_a_reason_is_refused(cast, request_in, reason):
    with pytest.raises(Refusal):
        requests.refuse(request_in(S.SUBMITTED).pk, reason=reason, remedy="File anew.", by=cast.reception)


def test_a_refusal_s_reason_reaches_the_company(cast, request_in):
    request = request_in(S.SUBMITTED)

    requests.refuse(request.pk, reason="A & B <are> not related.", remedy="Add a contract.", by=cast.reception)

    assert "A & B <are> not related." in Mail.objects.latest("pk").body
    assert request.events.last().note == "A & B <are> not related."


def test_who_reviewed_does_not_sign_off(cast, request_in):
    request = request_in(S.ACCEPTED)
    both = officer("both@example.com", Role.REVIEWER, Role.APPROVER)
    requests.review(request.pk, by=both)

    with pytest.raises(TwoPersonRule):
        requests.approve(request.pk, by=both)

    assert again(request).state == S.REVIEWED


def test_not_even_a_superuser_reviews_and_signs_off(cast, request_in):
    request = request_in(S.ACCEPTED)
    root = person("root@example.com", is_staff=True, is_superuser=True)
    requests.review(request.pk, by=root)

    with pytest.raises(TwoPersonRule):
        requests.approve(request.pk, by=root)


def test_after_a_correction_the_other_officer_may_review(cast, request_in):
    request = request_in(S.ACCEPTED)
    first, second = (officer(f"{name}@example.com", Role.REVIEWER, Role.APPROVER) for name in ("one", "two"))
    requests.review(request.pk, by=first)
    requests.send_back(request.pk, items=ITEMS, by=second)
    requests.submit(request.pk, by=cast.owner)
    requests.accept(request.pk, by=cast.reception)
    requests.review(request.pk, by=second)

    requests.approve(request.pk, by=first)

    request = again(request)
    assert (request.state, request.reviewed_by, request.approved_by) == (S.APPROVED, second, first)


def test_signing_off_twice_makes_one_letter(cast, request_in):
    request = request_in(S.APPROVED)

    with pytest.raises(NotNow):
        requests.approve(request.pk, by=cast.approver)

    assert request.letters.count() == 1


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.RETURNED, S.REVIEWED])
def test_a_company_withdraws_before_the_decision(cast, request_in, state):
    request = request_in(state)

    requests.withdraw(request.pk, by=cast.owner)

    assert again(request).state == S.WITHDRAWN


@pytest.mark.parametrize("state", [S.APPROVED, S.REFUSED, S.WITHDRAWN])
def test_a_company_cannot_withdraw_after_the_decision(cast, request_in, state):
    with pytest.raises(NotNow):
        requests.withdraw(request_in(state).pk, by=cast.owner)


def test_nobody_withdraws_for_another_company(cast, request_in):
    with pytest.raises(ServiceRequest.DoesNotExist):
        requests.withdraw(request_in(S.SUBMITTED).pk, by=cast.outsider)


def test_every_step_stands_in_the_timeline_with_its_person(cast, request_in):
    request = request_in(S.APPROVED)

    line = list(request.events.values_list("verb", "from_state", "to_state", "by"))
    assert line == [
        ("submit", "draft", "submitted", cast.owner.pk),
        ("accept", "submitted", "accepted", cast.reception.pk),
        ("review", "accepted", "reviewed", cast.reviewer.pk),
        ("approve", "reviewed", "approved", cast.approver.pk),
    ]


def test_each_change_of_state_is_signed_in_the_audit_trail(cast, request_in):
    request = request_in(S.REVIEWED)

    trail = AuditEntry.objects.filter(table="enterprises_servicerequest", row=str(request.pk), after__has_key="state")
    moves = trail.filter(operation="UPDATE").order_by("pk").values_list("after__state", "actor_id")
    assert list(moves) == [
        ("submitted", cast.owner.pk), ("accepted", cast.reception.pk), ("reviewed", cast.reviewer.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "state", "verbs"),
    [
        ("reception", S.SUBMITTED, {Verb.ACCEPT, Verb.SEND_BACK, Verb.REFUSE}),
        ("reviewer", S.ACCEPTED, {Verb.REVIEW, Verb.SEND_BACK, Verb.REFUSE}),
        ("approver", S.REVIEWED, {Verb.APPROVE, Verb.SEND_BACK, Verb.REFUSE}),
        ("reviewer", S.REVIEWED, {Verb.SEND_BACK, Verb.REFUSE}),
        ("auditor", S.SUBMITTED, set()),
        ("owner", S.SUBMITTED, set()),
        ("approver", S.APPROVED, set()),
    ],
)
def test_an_officer_is_offered_what_would_be_allowed(cast, request_in, who, state, verbs):
    assert set(requests.possible_verbs(request_in(state), getattr(cast, who))) == verbs


def test_who_reviewed_is_not_offered_the_sign_off(cast, request_in):
    request = request_in(S.ACCEPTED)
    both = officer("both@example.com", Role.REVIEWER, Role.APPROVER)
    requests.review(request.pk, by=both)

    assert Verb.APPROVE not in requests.possible_verbs(again(request), both)


def test_the_clock_counts_working_days(cast, request_in):
    request = request_in(S.SUBMITTED)
    today = timezone.localdate()
    request.clock_started_on, request.due_on = today, workdays.add_working_days(today, 3)

    assert (request.days_waited, request.days_left) == (0, 3)


def test_an_action_that_fails_leaves_no_line_in_the_timeline(cast, request_in):
    request = request_in(S.SUBMITTED)
    before = RequestEvent.objects.count()

    with pytest.raises(NotNow):
        requests.approve(request.pk, by=cast.approver)

    assert RequestEvent.objects.count() == before
