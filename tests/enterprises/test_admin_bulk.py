"""The pages of a bulk sign-off: choosing, confirming, watching."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.actions import bulk, requests
from enterprises.actions.moves import mark_of
from enterprises.enums import RequestState, SignOffOutcome
from enterprises.models import BulkSignOff, Letter, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise
from tests.cast import Cast, bring_to, complete_invitation, work_off
from tests.enterprises.corrected import correct_and_bring_back

Make = Callable[[RequestState], ServiceRequest]
S = RequestState
QUEUE = reverse("admin:enterprises_servicerequest_changelist")
NEW = reverse("admin:enterprises_bulksignoff_new")
ACTION = "sign_off_together"
LANGUAGES = ["zh-hans", "en"]


@pytest.fixture
def case(request_in: Make) -> ServiceRequest:
    return request_in(S.REVIEWED)


def open_confirmation(client: Client, *cases: ServiceRequest):
    return client.get(NEW, {"requests": ",".join(str(case.pk) for case in cases)})


def sent_from(page: str, *cases: ServiceRequest) -> dict[str, object]:
    """What the button of the page sends when these requests stay ticked."""
    marks = dict(re.findall(r'name="(seen-\d+)" value="(\d+)"', page))
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    return {"key": key, "request": [str(case.pk) for case in cases], **marks}


def page_of(made: BulkSignOff) -> str:
    return reverse("admin:enterprises_bulksignoff_change", args=[made.pk])


def begin(case: ServiceRequest, cast: Cast) -> BulkSignOff:
    return bulk.begin([(case.pk, mark_of(case))], key=uuid4(), by=cast.approver)


def test_from_the_queue_over_the_confirmation_to_the_letters(client: Client, request_in: Make, cast: Cast) -> None:
    cases = [request_in(S.REVIEWED), request_in(S.REVIEWED)]
    client.force_login(cast.approver)

    chosen = client.post(QUEUE, {"action": ACTION, "_selected_action": [case.pk for case in cases]}, follow=True)
    begun = client.post(NEW, sent_from(chosen.content.decode(), *cases), follow=True)
    waiting = begun.headers.get("Refresh")
    work_off()
    over = client.get(begun.redirect_chain[-1][0])

    assert (waiting, over.headers.get("Refresh")) == ("2", None)
    assert (over.context["delivered"], over.context["finished"]) == (2, 2)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_confirmation_names_each_request_and_signs_nothing(
    client: Client, case: ServiceRequest, cast: Cast, language: str
) -> None:
    cast.approver.language = language
    cast.approver.save()
    client.force_login(cast.approver)

    response = open_confirmation(client, case)

    shown = [line["case"].number for line in response.context["ready"]]
    assert (shown, ServiceRequest.objects.get().state) == ([case.number], S.REVIEWED)
    said = {"zh-hans": "可签发申请1项", "en": "1 request can be signed off"}[language]
    assert said in response.content.decode()


def test_what_cannot_be_signed_off_is_named_and_left_out(client: Client, request_in: Make, cast: Cast) -> None:
    cases = [request_in(state) for state in (S.REVIEWED, S.ACCEPTED, S.APPROVED)]
    client.force_login(cast.approver)

    response = open_confirmation(client, *cases)

    ready, left_out = ([line["case"].number for line in response.context[name]] for name in ("ready", "left_out"))
    assert (ready, sorted(left_out)) == ([cases[0].number], [case.number for case in cases[1:]])


def test_an_own_review_is_named_and_left_out(client: Client, case: ServiceRequest, cast: Cast) -> None:
    cast.reviewer.add_role(Role.APPROVER)
    client.force_login(cast.reviewer)

    page = open_confirmation(client, case)

    assert page.context["left_out"][0]["why"] == "本申请由您初审，须由其他工作人员签发。"
    assert page.context["ready"] == []


def test_what_changed_since_the_page_was_opened_is_not_signed_off(
    client: Client, case: ServiceRequest, cast: Cast
) -> None:
    client.force_login(cast.approver)
    page = open_confirmation(client, case).content.decode()
    correct_and_bring_back(case, cast, reviewed=True)

    client.post(NEW, sent_from(page, case))
    work_off()

    assert BulkSignOff.objects.get().items.get().outcome == SignOffOutcome.REFUSED


def test_a_request_whose_mark_is_missing_is_not_signed_off(client: Client, case: ServiceRequest, cast: Cast) -> None:
    client.force_login(cast.approver)

    client.post(NEW, {"key": str(uuid4()), "request": [str(case.pk)]})
    work_off()

    assert BulkSignOff.objects.get().items.get().outcome == SignOffOutcome.REFUSED


def test_what_is_unticked_is_left_alone(client: Client, request_in: Make, cast: Cast) -> None:
    kept, unticked = request_in(S.REVIEWED), request_in(S.REVIEWED)
    client.force_login(cast.approver)
    page = open_confirmation(client, kept, unticked).content.decode()

    client.post(NEW, sent_from(page, kept))

    assert [item.request for item in BulkSignOff.objects.get().items.all()] == [kept]


def test_without_a_choice_it_offers_what_waits_for_the_person(
    client: Client, case: ServiceRequest, request_in: Make, cast: Cast
) -> None:
    request_in(S.ACCEPTED)
    client.force_login(cast.approver)

    response = client.get(NEW)

    assert [line["case"] for line in response.context["ready"]] == [case]


def test_fifty_one_are_refused_in_words(client: Client, cast: Cast) -> None:
    client.force_login(cast.approver)

    response = client.get(NEW, {"requests": ",".join(map(str, range(1, 52)))}, follow=True)

    assert "一次最多可签发50项" in response.content.decode()


@pytest.mark.parametrize("person", ["reception", "reviewer", "head", "auditor"])
def test_only_an_approver_is_offered_it(client: Client, case: ServiceRequest, cast: Cast, person: str) -> None:
    client.force_login(getattr(cast, person))

    offered = ACTION in client.get(QUEUE).content.decode()
    answers = [open_confirmation(client, case).status_code, client.post(NEW, {"request": case.pk}).status_code]

    assert (offered, answers) == (False, [403, 403])


@pytest.mark.parametrize("sent", [{"key": "no key"}, {"key": str(uuid4()), "request": ["9" * 30, "x"]}])
def test_what_no_page_sends_breaks_nothing(client: Client, cast: Cast, sent: dict[str, object]) -> None:
    client.force_login(cast.approver)

    assert client.post(NEW, sent).status_code in {302, 400}
    assert not BulkSignOff.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_stands_on_the_page_in_the_readers_language(
    client: Client, case: ServiceRequest, cast: Cast, language: str
) -> None:
    made = begin(case, cast)
    requests.withdraw(case.pk, by=cast.owner)
    work_off()
    cast.auditor.language = language
    cast.auditor.save()
    client.force_login(cast.auditor)

    response = client.get(page_of(made))

    assert made.items.get().refusal[language] in response.content.decode()
    assert "Refresh" not in response


def test_a_step_that_failed_is_shown_and_can_be_tried_again(client: Client, case: ServiceRequest, cast: Cast) -> None:
    made = begin(case, cast)
    Promise.objects.filter(kind=bulk.SIGN_OFF).update(state=PromiseState.FAILED, error="OSError: no more room")
    client.force_login(cast.approver)

    page = client.get(page_of(made)).content.decode()
    door = re.findall(r'action="([^"]+/retry/)"', page)[0]
    client.post(door)
    work_off()

    assert "OSError: no more room" in page
    assert made.items.get().outcome == SignOffOutcome.SIGNED


def test_an_auditor_tries_nothing_again(client: Client, case: ServiceRequest, cast: Cast) -> None:
    made = begin(case, cast)
    failed = Promise.objects.get(kind=bulk.SIGN_OFF)
    Promise.objects.filter(pk=failed.pk).update(state=PromiseState.FAILED)
    client.force_login(cast.auditor)

    page = client.get(page_of(made)).content.decode()
    answer = client.post(reverse("admin:enterprises_bulksignoff_retry", args=[made.pk, failed.pk]))

    assert ("/retry/" in page, answer.status_code) == (False, 403)


def test_more_requests_cost_no_more_queries(client: Client, cast: Cast) -> None:
    client.force_login(cast.approver)
    client.get(NEW)
    cases: list[ServiceRequest] = []
    counts = []
    for target in (1, 3, 30):
        while len(cases) < target:
            cases.append(bring_to(S.REVIEWED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast))
        with CaptureQueriesContext(connection) as confirming:
            open_confirmation(client, *cases)
        counts.append(len(confirming))

    assert counts == [counts[0]] * 3


def test_more_letters_on_the_way_cost_no_more_queries(client: Client, cast: Cast) -> None:
    client.force_login(cast.approver)
    counts = []
    for size in (1, 3, 30):
        cases = [
            bring_to(S.REVIEWED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
            for _number in range(size)
        ]
        made = bulk.begin([(case.pk, mark_of(case)) for case in cases], key=uuid4(), by=cast.approver)
        for item in made.items.all():
            bulk.carry_out(item.pk, by=None)
        client.get(page_of(made))
        with CaptureQueriesContext(connection) as watching:
            client.get(page_of(made))
        counts.append(len(watching))

    assert counts == [counts[0]] * 3


def test_the_list_counts_the_outcomes(client: Client, case: ServiceRequest, cast: Cast) -> None:
    begin(case, cast)
    work_off()
    client.force_login(cast.auditor)

    row = client.get(reverse("admin:enterprises_bulksignoff_changelist")).context["cl"].result_list[0]

    assert (row.size, row.signed, row.refused) == (1, 1, 0)
