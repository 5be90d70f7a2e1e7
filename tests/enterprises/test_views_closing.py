"""The page of the close-out, and what companies and officers see of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enterprises.enums import RequestState
from enterprises.invitations import closing
from enterprises.models import BarLift, CloseOut, VisitResult
from tests.cast import add_invitee, complete_invitation, guest_fields, leave
from tests.enterprises.closed import close, issued, overdue, typed, visited
from tests.enterprises.corrected import again
from tests.enterprises.guided import text_of

S = RequestState


@pytest.fixture
def owner(client, cast):
    client.force_login(cast.owner)
    return client


def form_of(case):
    return reverse("enterprises:close_out", args=[case.number])


def page_of(case):
    return reverse("enterprises:request", args=[case.number])


def company_page(cast):
    return reverse("admin:enterprises_company_change", args=[cast.company.pk])


def lift_page(cast):
    return reverse("admin:enterprises_company_lift", args=[cast.company.pk])


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "销签"), ("en", "Report on the visit")])
def test_the_request_leads_to_the_form_in_both_languages(owner, cast, language, words):
    case = visited(cast)

    pages = [owner.get(f"/{language}/company/requests/{case.number}/{door}") for door in ("", "close-out/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert [words in text_of(page) for page in pages] == [True, True]
    assert f"/{language}/company/requests/{case.number}/close-out/" in pages[0].content.decode()


def test_the_days_of_the_group_count_for_whoever_came(owner, cast):
    case = visited(cast, invitees=2)
    first, second = case.invitation.invitees.all()
    own = case.invitation.departure_on - timedelta(days=1)

    answers = typed(case, **{f"guest-{first.pk}-left_on": own.isoformat(), f"guest-{second.pk}-came": "no"})
    response = owner.post(form_of(case), answers)

    assert (response.status_code, response.url) == (302, page_of(case))
    assert again(case).state == S.CLOSED
    assert list(VisitResult.objects.order_by("pk").values_list("came", "entered_on", "left_on")) == [
        (True, case.invitation.arrival_on, own),
        (False, None, None),
    ]


def test_a_cancelled_visit_is_reported_without_guests(owner, cast):
    case = issued(cast)

    owner.post(form_of(case), {"outcome": "cancelled", "note": "The fair was put off."})

    assert (CloseOut.objects.get().is_cancelled, CloseOut.objects.get().note) == (True, "The fair was put off.")


def test_what_is_wrong_is_named_and_what_was_typed_is_kept(owner, cast):
    case = visited(cast)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    response = owner.post(form_of(case), typed(case, note="Typed with care.", left_on=tomorrow))

    assert response.status_code == 200
    assert "Typed with care." in response.content.decode()
    assert f'value="{tomorrow}"' in response.content.decode()
    assert 'class="error-summary"' in response.content.decode()
    assert again(case).state == S.ISSUED


@pytest.mark.parametrize("missing", ["outcome", "came", "left_on"])
def test_what_is_missing_is_asked_for(owner, cast, missing):
    case = visited(cast)
    answers = {name: value for name, value in typed(case).items() if not name.endswith(missing)}

    response = owner.post(form_of(case), answers)

    assert response.status_code == 200
    assert 'class="error-summary"' in response.content.decode()
    assert again(case).state == S.ISSUED


def test_a_closed_request_has_no_form_any_more_and_shows_what_was_reported(owner, cast):
    case = visited(cast)
    close(case, by=cast.owner)

    assert owner.get(form_of(case)).url == page_of(case)
    page = text_of(owner.get(page_of(case)))
    assert case.invitation.invitees.get().full_name in page


def test_the_form_of_another_company_is_not_found(client, cast):
    case = visited(cast)
    client.force_login(cast.outsider)

    assert [client.get(form_of(case)).status_code, client.post(form_of(case)).status_code] == [404, 404]


def test_a_session_that_ended_keeps_what_was_typed(client, cast):
    case = visited(cast)
    leave(client, cast.owner)
    client.post(form_of(case), typed(case, note="Kept."))

    client.force_login(cast.owner)

    assert "Kept." in client.get(form_of(case)).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_barred_company_reads_why_with_links_and_finds_no_button(owner, cast, language):
    late = overdue(cast)
    door = f"/{language}/company/requests/new/invitation/"

    for page in ("company/", "company/requests/", "company/requests/new/invitation/"):
        html = owner.get(f"/{language}/{page}").content.decode()
        assert f'href="/{language}/company/requests/{late.number}/close-out/"' in html
        assert f'href="{door}"' not in html

    assert owner.post(door).url == f"/{language}/company/"
    assert cast.company.requests.filter(state=S.DRAFT).count() == 0


def test_handing_in_a_draft_says_which_report_is_missing(owner, cast):
    case, late = complete_invitation(cast.company, by=cast.owner, invitees=1), overdue(cast)

    response = owner.post(reverse("enterprises:check", args=[case.key]), follow=True)

    assert late.number in text_of(response)
    assert again(case).state == S.DRAFT


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "未来访：Ill."), ("en", "did not come: Ill.")])
def test_officers_read_the_report_on_the_case(client, cast, language, words):
    case = visited(cast)
    guest = case.invitation.invitees.get()
    closing.report(case.pk, reports=[closing.Report(guest.pk, came=False, why="Ill.")], by=cast.owner)
    cast.auditor.language = language
    cast.auditor.save()
    client.force_login(cast.auditor)
    client.cookies["django_language"] = language

    page = client.get(reverse("admin:enterprises_servicerequest_change", args=[case.pk]))

    assert page.status_code == 200
    assert words in page.content.decode()


def test_an_approver_lifts_the_bar_on_the_companys_page(client, cast):
    late = overdue(cast)
    client.force_login(cast.approver)
    until = timezone.localdate() + timedelta(days=3)

    before = client.get(company_page(cast)).content.decode()
    client.post(lift_page(cast), {"until": until.isoformat(), "reason": "Two guests still travel."})

    after = client.get(company_page(cast)).content.decode()
    assert lift_page(cast) in before
    assert late.number in before
    assert BarLift.objects.get().until == until
    assert "Two guests still travel." in after


def test_a_lift_without_a_reason_keeps_the_day(client, cast):
    overdue(cast)
    client.force_login(cast.approver)
    until = (timezone.localdate() + timedelta(days=3)).isoformat()

    response = client.post(lift_page(cast), {"until": until, "reason": ""})

    assert until in response.content.decode()
    assert not BarLift.objects.exists()


@pytest.mark.parametrize("who", ["reception", "reviewer", "head", "auditor"])
def test_other_officers_see_the_bar_but_not_the_form(client, cast, who):
    late = overdue(cast)
    client.force_login(getattr(cast, who))

    page = client.get(company_page(cast)).content.decode()

    assert late.number in page
    assert lift_page(cast) not in page
    assert client.post(lift_page(cast), {"until": "2099-01-01", "reason": "x"}).status_code == 403


def test_the_queue_and_the_dashboard_find_what_is_overdue(client, cast):
    _intime, late = visited(cast), overdue(cast)
    client.force_login(cast.reception)
    queue = f"{reverse('admin:enterprises_servicerequest_changelist')}?clock=close_out"

    rows = [row.number for row in client.get(queue).context["cl"].result_list]
    dashboard = client.get(reverse("admin:index")).content.decode()

    assert rows == [late.number]
    assert "clock=close_out" in dashboard


def test_the_form_asks_as_often_for_thirty_guests_as_for_one(owner, cast):
    case, counts = visited(cast), []

    for wanted in (1, 3, 30):
        for index in range(case.invitation.invitees.count(), wanted):
            add_invitee(case, **guest_fields(index))
        counts.append(queries(owner, form_of(case)))

    assert counts == [counts[0]] * 3


def test_the_result_asks_as_often_for_thirty_guests_as_for_one(owner, cast):
    counts = []

    for wanted in (1, 3, 30):
        case = visited(cast, invitees=1)
        for index in range(1, wanted):
            add_invitee(case, **guest_fields(index))
        close(case, by=cast.owner)
        counts.append(queries(owner, page_of(case)))

    assert counts == [counts[0]] * 3
