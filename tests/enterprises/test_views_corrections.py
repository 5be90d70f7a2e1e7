"""Corrections, lanes and refusals on the pages of companies and officers, in both languages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enterprises.actions import requests
from enterprises.actions.corrections import Item
from enterprises.enums import Lane, ReasonUse, RequestState
from enterprises.invitations import actions as invitations
from enterprises.models import KeptReason, ServiceRequest
from tests.enterprises.corrected import again, kept, returned

S = RequestState
QUEUE = reverse("admin:enterprises_servicerequest_changelist")


def door(case, name="change"):
    return reverse(f"admin:enterprises_servicerequest_{name}", args=[case.pk])


def html(response):
    return response.content.decode()


def numbers(response):
    return [row.number for row in response.context["cl"].result_list]


@pytest.fixture
def correction(cast):
    items = [Item("purpose", "Name the machine.", field="reason_en"), Item("papers", "No seal.", field="guarantee")]
    return returned(cast, *items)


@pytest.mark.parametrize(
    ("language", "progress", "left"),
    [("zh-hans", "共 2 项，已修改 1 项", "还剩 10 个工作日"), ("en", "1 of 2 mended", "10 working days left")],
)
def test_the_company_reads_progress_and_deadline(client, cast, correction, language, progress, left):
    invitations.save_answers(correction.request_id, answers={"reason_en": "A lathe."}, step=None, by=cast.owner)
    client.force_login(cast.owner)

    page = html(client.get(f"/{language}/company/requests/{correction.request.number}/"))

    assert progress in page
    assert left in page


def test_each_item_leads_to_its_field_and_stands_there(client, cast, correction):
    client.force_login(cast.owner)
    key = correction.request.key

    page = html(client.get(reverse("enterprises:request", args=[correction.request.number])))
    step = html(client.get(reverse("enterprises:step", args=[key, "purpose"])))
    papers = html(client.get(reverse("enterprises:step", args=[key, "papers"])))

    assert f"{reverse('enterprises:step', args=[key, 'purpose'])}#id_reason_en" in page
    assert [step.count("Name the machine."), step.count("No seal.")] == [2, 0]
    assert [papers.count("Name the machine."), papers.count("No seal.")] == [0, 2]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "未在期限内补正"), ("en", "did not come in time")])
def test_a_lapsed_request_says_how_to_go_on(client, cast, state_made, language, words):
    case = state_made(S.LAPSED)
    client.force_login(cast.owner)

    page = html(client.get(f"/{language}/company/requests/{case.number}/"))

    assert words in page
    assert f"/{language}/company/requests/new/invitation/" in page


def test_the_list_says_until_when_to_correct(client, cast, correction):
    client.force_login(cast.owner)

    page = html(client.get("/en/company/requests/"))

    assert f"correct by {correction.deadline_on.day} {correction.deadline_on:%B %Y}" in page


def test_an_officer_reads_in_which_language_to_write(client, cast, request_in):
    client.force_login(cast.reception)

    page = html(client.get(door(request_in(S.SUBMITTED))))

    assert "其使用语言为英语" in page


def test_an_officer_sends_back_with_kept_reason_target_and_term(client, cast, request_in):
    case, reason = request_in(S.SUBMITTED), kept()
    client.force_login(cast.reception)
    data = {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "days": "5"}
    data |= {"items-0-place": "purpose::reason_en", "items-0-kept": str(reason.pk), "items-0-reason": ""}

    client.post(door(case, "send_back"), data)

    correction = case.corrections.get()
    assert list(correction.items.values_list("step", "field", "kept")) == [("purpose", "reason_en", reason.pk)]
    assert correction.days_left == 5


@pytest.mark.parametrize("days", ["2", "31", "", "ten"])
def test_a_term_outside_the_limits_is_said_and_the_rest_is_kept(client, cast, request_in, days):
    case = request_in(S.SUBMITTED)
    client.force_login(cast.reception)
    data = {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "days": days}
    data |= {"items-0-place": "papers", "items-0-reason": "No seal on page 3."}

    page = html(client.post(door(case, "send_back"), data))

    assert "No seal on page 3." in page
    assert again(case).state == S.SUBMITTED


def test_an_officer_sees_what_was_changed_when_it_comes_back(client, cast, correction):
    invitations.save_answers(correction.request_id, answers={"reason_en": "A lathe."}, step=None, by=cast.owner)
    requests.submit(correction.request_id, by=cast.owner)
    client.force_login(cast.reception)

    page = html(client.get(door(correction.request)))

    assert "已修改 1 项，共 2 项" in page
    assert "未修改" in page


def test_more_time_is_a_door_of_the_case(client, cast, correction):
    client.force_login(cast.reception)

    shown = door(correction.request, "extend") in html(client.get(door(correction.request)))
    client.post(door(correction.request, "extend"), {"days": "20"})

    correction.refresh_from_db()
    assert (shown, correction.days_left) == (True, 20)


def test_the_lane_is_a_door_of_the_case_and_a_tag_of_the_queue(client, cast, request_in):
    case, other = request_in(S.SUBMITTED), request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    client.post(door(case, "lane"), {"lane": Lane.GREEN, "reason": "The fair opens."})

    assert again(case).is_green
    assert numbers(client.get(f"{QUEUE}?lane=green")) == [case.number]
    assert other.number in numbers(client.get(f"{QUEUE}?lane=normal"))
    assert "绿色通道" in html(client.get(door(case)))


def test_a_lane_without_a_reason_is_said(client, cast, request_in):
    case = request_in(S.SUBMITTED)
    client.force_login(cast.reception)

    response = client.post(door(case, "lane"), {"lane": Lane.GREEN, "reason": ""})

    assert response.status_code == 200
    assert not again(case).is_green


@pytest.mark.parametrize(("name", "data"), [("lane", {"lane": "green", "reason": "Now."}), ("extend", {"days": "20"})])
def test_an_auditor_has_neither_door(client, cast, correction, name, data):
    client.force_login(cast.auditor)

    page = html(client.get(door(correction.request)))

    assert door(correction.request, name) not in page
    assert client.post(door(correction.request, name), data).status_code == 403


def test_a_refusal_by_the_form_needs_a_remedy_unless_the_kept_reason_has_one(client, cast, request_in):
    case = request_in(S.SUBMITTED)
    bare = kept(ReasonUse.REFUSAL, "bare")
    full = kept(ReasonUse.REFUSAL, "full", remedy_zh_hans="可另行申请。", remedy_en="File anew.")
    client.force_login(cast.reception)

    client.post(door(case, "refuse"), {"kept": bare.pk})
    before = again(case).state
    client.post(door(case, "refuse"), {"kept": full.pk})

    assert (before, again(case).state) == (S.SUBMITTED, S.REFUSED)
    assert "可另行申请。" in html(client.get(door(case)))


def test_what_came_back_is_found_by_filter_and_tile(client, cast, correction, request_in):
    request_in(S.SUBMITTED)
    requests.submit(correction.request_id, by=cast.owner)
    client.force_login(cast.reception)

    assert numbers(client.get(f"{QUEUE}?waiting=back")) == [again(correction.request).number]
    assert f"{QUEUE}?waiting=back" in html(client.get(reverse("admin:index")))


def test_what_was_reported_is_found_by_filter_and_tile(client, cast, request_in):
    case = request_in(S.SUBMITTED)
    request_in(S.SUBMITTED)
    ServiceRequest.objects.filter(pk=case.pk).update(escalated_at=timezone.now())
    client.force_login(cast.head)

    assert numbers(client.get(f"{QUEUE}?clock=escalated")) == [case.number]
    assert f"{QUEUE}?clock=escalated" in html(client.get(reverse("admin:index")))


def test_the_queue_is_ordered_by_days_waited(client, cast, request_in):
    first, second = request_in(S.SUBMITTED), request_in(S.RETURNED)
    ServiceRequest.objects.filter(pk=first.pk).update(clock_started_on=timezone.localdate() - timedelta(days=30))
    ServiceRequest.objects.filter(pk=second.pk).update(waited_before=90)
    client.force_login(cast.reception)
    column = client.get(QUEUE).context["cl"].list_display.index("waited_days")

    assert numbers(client.get(f"{QUEUE}?o=-{column}")) == [second.number, first.number]
    assert numbers(client.get(f"{QUEUE}?o={column}")) == [first.number, second.number]


def test_the_queue_says_how_long_the_company_has(client, cast, correction):
    client.force_login(cast.reception)

    assert "企业补正还剩" in html(client.get(QUEUE))


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("reception", 403), ("auditor", 403)])
def test_the_head_keeps_the_reasons(client, cast, who, status):
    kept()
    client.force_login(getattr(cast, who))

    assert client.get(reverse("admin:enterprises_keptreason_changelist")).status_code == status


def test_the_head_writes_a_reason_in_both_languages(client, cast):
    client.force_login(cast.head)
    words = {"slug": "new", "use": "correction", "position": "5", "is_active": "on"}

    client.post(reverse("admin:enterprises_keptreason_add"), words | {"text_zh_hans": "请补充。", "text_en": ""})
    half = KeptReason.objects.count()
    client.post(reverse("admin:enterprises_keptreason_add"), words | {"text_zh_hans": "请补充。", "text_en": "Add it."})

    assert (half, KeptReason.objects.get().text_en) == (0, "Add it.")
