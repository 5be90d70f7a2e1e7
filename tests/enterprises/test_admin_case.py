"""The page of a case and its doors: each change of state is a POST that the action behind it may refuse."""

import pytest
from django.urls import reverse

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.models import Letter, Message, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise, ViewRecord
from tests.cast import complete_invitation, leave, officer

DOORS = ("accept", "review", "approve", "send_back", "refuse", "write", "disclose")
S = RequestState


def address(request, door="change", *more):
    return reverse(f"admin:enterprises_servicerequest_{door}", args=[request.pk, *more])


def state(request):
    return ServiceRequest.objects.get(pk=request.pk).state


def items(*rows, total=3):
    data = {"items-TOTAL_FORMS": str(total), "items-INITIAL_FORMS": "0", "days": "10"}
    for index, (place, reason) in enumerate(rows):
        data |= {f"items-{index}-place": place, f"items-{index}-reason": reason}
    return data


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("at", [S.SUBMITTED, S.RETURNED, S.REVIEWED, S.APPROVED, S.REFUSED])
def test_the_page_opens_in_each_state_and_language(client, cast, request_in, at, language):
    request = request_in(at)
    cast.reviewer.language = language
    cast.reviewer.save()
    client.force_login(cast.reviewer)

    response = client.get(address(request))

    assert response.status_code == 200
    assert request.number in response.content.decode()


@pytest.mark.parametrize(
    ("at", "door", "who", "to"),
    [
        (S.SUBMITTED, "accept", "reception", S.ACCEPTED),
        (S.ACCEPTED, "review", "reviewer", S.REVIEWED),
        (S.REVIEWED, "approve", "approver", S.APPROVED),
    ],
)
def test_a_button_moves_the_request_on(client, cast, request_in, at, door, who, to):
    request = request_in(at)
    client.force_login(getattr(cast, who))

    response = client.post(address(request, door), follow=True)

    assert state(request) == to
    assert response.redirect_chain == [(address(request), 302)]


@pytest.mark.parametrize("door", DOORS)
def test_opening_a_door_by_get_changes_nothing(client, cast, request_in, door):
    request = request_in(S.SUBMITTED)
    client.force_login(officer("all@example.com", *Role))

    client.get(address(request, door))

    assert state(request) == S.SUBMITTED
    assert not ViewRecord.objects.exists()


@pytest.mark.parametrize(
    ("at", "door", "who"),
    [
        (S.SUBMITTED, "accept", "reviewer"),
        (S.SUBMITTED, "accept", "approver"),
        (S.ACCEPTED, "review", "reception"),
        (S.REVIEWED, "approve", "reviewer"),
        (S.SUBMITTED, "accept", "auditor"),
        (S.SUBMITTED, "disclose", "auditor"),
        (S.SUBMITTED, "accept", "owner"),
        (S.SUBMITTED, "accept", "outsider"),
    ],
)
def test_doors_are_shut_to_other_roles(client, cast, request_in, at, door, who):
    request = request_in(at)
    client.force_login(getattr(cast, who))

    assert client.post(address(request, door)).status_code in {302, 403}
    assert state(request) == at


@pytest.mark.parametrize(
    ("door", "data"),
    [("refuse", {"reason": "No.", "remedy": "File anew."}), ("send_back", items(("papers", "No seal.")))],
)
def test_an_auditor_neither_refuses_nor_returns(client, cast, request_in, door, data):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.auditor)

    assert client.post(address(request, door), data).status_code == 403
    assert state(request) == S.SUBMITTED


def test_who_reviewed_reads_why_another_has_to_sign_off(client, cast, request_in):
    both = officer("both@example.com", Role.REVIEWER, Role.APPROVER)
    request = request_in(S.ACCEPTED)
    requests.review(request.pk, by=both)
    client.force_login(both)

    page = client.get(address(request)).content.decode()
    answer = client.post(address(request, "approve"), follow=True).content.decode()

    assert "本申请由您初审" in page
    assert address(request, "approve") not in page
    assert "须由其他工作人员签发" in answer
    assert state(request) == S.REVIEWED


def test_the_second_of_two_tabs_is_told_that_it_is_too_late(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)
    client.post(address(request, "accept"))

    response = client.post(address(request, "accept"), follow=True)

    assert response.status_code == 200
    assert "已受理" in response.content.decode()
    assert "不能进行此操作" in response.content.decode()


def test_return_for_correction_names_step_and_invitee(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    guest = request.invitation.invitees.get()
    client.force_login(cast.reception)

    client.post(address(request, "send_back"), items(("papers", "No seal."), (f"invitees:{guest.pk}", "Wrong name.")))

    found = request.corrections.get().items.values_list("step", "part", "reason")
    assert list(found) == [("papers", None, "No seal."), ("invitees", guest.pk, "Wrong name.")]
    assert state(request) == S.RETURNED


@pytest.mark.parametrize("row", [("", "A reason without a place"), ("papers", ""), ("unknown", "What?")])
def test_a_half_written_item_is_kept_and_shown(client, cast, request_in, row):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    response = client.post(address(request, "send_back"), items(row))

    assert response.status_code == 200
    assert row[1] in response.content.decode()
    assert state(request) == S.SUBMITTED


def test_nothing_to_correct_is_refused_in_words(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    response = client.post(address(request, "send_back"), items())

    assert "请至少列出一项补正内容" in response.content.decode()


def test_more_rows_keep_what_was_typed(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    response = client.post(address(request, "send_back"), items(("papers", "No seal.")) | {"more": "1"})

    assert "No seal." in response.content.decode()
    assert len(response.context["item_forms"].forms) == 4
    assert state(request) == S.SUBMITTED


def test_what_was_typed_is_kept_when_another_tab_was_faster(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)
    requests.withdraw(request.pk, by=cast.owner)

    response = client.post(address(request, "refuse"), {"reason": "A long reason", "remedy": "File anew."})

    assert response.status_code == 200
    assert "A long reason" in response.content.decode()


def test_what_was_typed_survives_the_end_of_the_session(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    leave(client, cast.reception)

    answer = client.post(address(request, "refuse"), {"reason": "A long reason", "remedy": "File anew."})
    client.force_login(cast.reception)

    assert answer.status_code == 302
    assert "A long reason" in client.get(address(request, "refuse")).content.decode()
    assert state(request) == S.SUBMITTED


def test_refusing_needs_a_reason(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    client.post(address(request, "refuse"), {"reason": "  ", "remedy": "File anew."})
    before = state(request)
    client.post(address(request, "refuse"), {"reason": "Not covered.", "remedy": "File anew."})

    assert (before, state(request)) == (S.SUBMITTED, S.REFUSED)
    assert request.events.last().note == "Not covered."


def test_an_officer_writes_to_the_company(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    client.post(address(request, "write"), {"body": "Please call."})

    assert Message.objects.get(request=request).is_from_office


def test_an_approver_has_no_form_to_write(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    client.force_login(cast.approver)

    assert address(request, "write") not in client.get(address(request)).content.decode()
    assert client.post(address(request, "write"), {"body": "Hello"}).status_code == 403


def test_passport_numbers_are_hidden_until_asked_for_and_the_asking_is_recorded(client, cast, request_in):
    request = request_in(S.SUBMITTED)
    number = request.invitation.invitees.get().passport_number
    client.force_login(cast.reviewer)

    hidden = client.get(address(request)).content.decode()
    shown = client.post(address(request, "disclose")).content.decode()

    assert number not in hidden
    assert number in shown
    assert ViewRecord.objects.get().by == cast.reviewer


def test_a_paper_opens_in_private_and_the_opening_is_recorded(client, cast, request_in):
    paper = request_in(S.SUBMITTED).papers.first()
    client.force_login(cast.auditor)

    response = client.get(reverse("admin:enterprises_servicerequest_paper", args=[paper.file.key]))

    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert "no-store" in response["Cache-Control"]
    assert ViewRecord.objects.get().file == paper.file


def test_papers_of_a_draft_and_papers_for_strangers_do_not_open(client, cast, request_in):
    hidden = complete_invitation(cast.company, by=cast.owner, invitees=1).papers.first()
    paper = request_in(S.SUBMITTED).papers.first()
    open_paper = "admin:enterprises_servicerequest_paper"

    client.force_login(cast.reception)
    of_draft = client.get(reverse(open_paper, args=[hidden.file.key]))
    client.force_login(officer("editor@example.com", Role.EDITOR))
    of_editor = client.get(reverse(open_paper, args=[paper.file.key]))

    assert (of_draft.status_code, of_editor.status_code) == (404, 403)
    assert not ViewRecord.objects.exists()


def test_a_failed_step_of_the_letter_can_be_tried_again_by_an_approver_only(client, cast, request_in):
    request = request_in(S.APPROVED)
    promise = Promise.objects.get(kind="letter.render", subject_id=Letter.objects.get().pk)
    Promise.objects.filter(pk=promise.pk).update(state=PromiseState.FAILED, attempts=3, error="No such font")

    client.force_login(cast.reception)
    refused = client.post(address(request, "retry", promise.pk))
    client.force_login(cast.approver)
    page = client.get(address(request)).content.decode()
    client.post(address(request, "retry", promise.pk))

    promise.refresh_from_db()
    assert refused.status_code == 403
    assert "No such font" in page
    assert promise.state == PromiseState.WAITING


def test_only_the_cases_own_work_is_tried_again(client, cast, request_in):
    request = request_in(S.APPROVED)
    foreign = Promise.objects.filter(kind="mail.send").first()
    client.force_login(cast.approver)

    assert client.post(address(request, "retry", foreign.pk)).status_code == 404


@pytest.mark.parametrize("pk", ["999999", "abc", "99999999999999999999999"])
def test_an_unknown_case_is_not_found(client, cast, pk):
    client.force_login(cast.reception)

    assert client.get(f"/admin/enterprises/servicerequest/{pk}/change/").status_code == 404


def test_a_draft_has_no_page(client, cast):
    request = complete_invitation(cast.company, by=cast.owner, invitees=1)
    client.force_login(cast.reception)

    assert client.get(address(request)).status_code == 404
    assert client.post(address(request, "accept")).status_code == 404
