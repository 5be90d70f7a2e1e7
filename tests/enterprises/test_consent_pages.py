"""The page of the link without sign-in, and the case page, queue and bulk sign-off in the back office."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.actions import consent, requests
from enterprises.checks import consent_is_asked_for_known_kinds
from enterprises.consent_forms import ConsentAnswerForm
from enterprises.enums import ConsentState, RequestState
from enterprises.models import ConsentRequest, RequestEvent, ServiceRequest
from tests.cast import assemble, bring_to, complete_invitation
from tests.enterprises.consents import CONTACT, NO, TOKEN, YES, again, ask, hunnan, sent

S = RequestState
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
GIVE = {"answer": "give", "name": "Zhou Ming", "position": "Head of section", "note": ""}
OBJECT = GIVE | {"answer": "object", "note": "The hall is closed."}
QUEUE = reverse("admin:enterprises_servicerequest_changelist")
WORDS = {
    "replaced": ("已有新的链接", "A newer link has taken the place of this one"),
    "withdrawn": ("市外办已不再征求此项意见", "The office no longer asks for this consent"),
    "expired": ("答复期限已过", "The time to answer is over"),
    "decided": ("该申请已无须征求意见", "This request no longer waits for a consent"),
    "forged": ("链接无效", "This link is not known"),
}


def page(language="en", token=TOKEN):
    return f"/{language}/enterprises/consent/{token}/"


def door(case, name, *more):
    return reverse(f"admin:enterprises_servicerequest_{name}", args=[case.pk, *more])


@pytest.fixture
def case(request_in):
    return request_in(S.ACCEPTED)


@pytest.fixture
def asked(case, cast):
    return sent(ask(case, cast))


@LANGUAGES
def test_the_page_shows_the_visit_and_nobody_s_name_or_passport(client, asked, language):
    response = client.get(page(language))

    text = response.content.decode()
    guest = asked.request.invitation.invitees.get()
    assert response.status_code == 200
    for shown in ("沈阳浑河精密机床有限公司", "Shenyang Hunhe Precision Machine Tool Co., Ltd.", asked.request.number):
        assert shown in text
    assert {"zh-hans": "德国（1人）", "en": "Germany (1)"}[language] in text
    for hidden in (guest.surname, guest.passport_number, guest.employer, CONTACT.email, asked.asked_by.email):
        assert hidden not in text


def test_the_page_is_kept_found_and_passed_on_by_nobody(client, asked):
    response = client.get(page())

    headers = [response[name] for name in ("Referrer-Policy", "X-Robots-Tag")]
    assert headers == ["no-referrer", "noindex, nofollow"]
    assert "no-store" in response["Cache-Control"]
    assert TOKEN not in response.content.decode().partition("<body>")[0]
    assert 'rel="canonical"' not in response.content.decode()
    assert not response.cookies


def test_a_scanner_that_opens_the_link_changes_nothing(client, asked):
    before = ConsentRequest.objects.values().get(), RequestEvent.objects.count()

    client.get(page())
    client.head(page())

    assert (ConsentRequest.objects.values().get(), RequestEvent.objects.count()) == before


@pytest.mark.parametrize(("language", "typed", "state"), [("zh-hans", GIVE, "given"), ("en", OBJECT, "objected")])
def test_an_answer_is_sent_without_sign_in_and_read_back(asked, language, typed, state):
    # A page without a referrer sends its form with this origin.
    client = Client(enforce_csrf_checks=True, headers={"Origin": "null"})

    response = client.post(page(language), typed, follow=True)

    assert response.status_code == 200
    assert again(asked).state == state
    assert typed["position"] in response.content.decode()
    assert typed["note"] in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "maybe"}, "answer"),
        ({"answer": "object"}, "note"),
        ({"name": "  "}, "name"),
        ({"position": ""}, "position"),
        ({"name": "Zhou\u202eMing"}, "name"),
        ({"note": "\u202e"}, "note"),
        ({"position": "x" * 121}, "position"),
        ({"note": "x" * 1001}, "note"),
    ],
)
def test_an_answer_is_checked_field_by_field(wrong, field):
    assert list(ConsentAnswerForm(GIVE | wrong).errors) == [field]


def test_what_is_missing_is_said_and_the_rest_kept(client, asked):
    response = client.post(page(), GIVE | {"position": ""})

    assert response.status_code == 422
    assert GIVE["name"] in response.content.decode()
    assert again(asked).state == ConsentState.WAITING


@pytest.mark.parametrize("end", WORDS)
def test_a_link_that_leads_nowhere_says_why_in_both_languages(client, cast, asked, end):
    token, now = TOKEN, asked.asked_at
    if end == "replaced":
        consent.ask_again(asked.pk, by=cast.reception)
    elif end == "withdrawn":
        consent.withdraw(asked.pk, by=cast.reception)
    elif end == "expired":
        now = asked.expires_at + timedelta(minutes=1)
    elif end == "decided":
        requests.withdraw(asked.request_id, by=cast.owner)
    else:
        token = "B" * 43

    with time_machine.travel(now):
        chinese, english = (client.get(page(language, token)) for language in ("zh-hans", "en"))
        posted = client.post(page("en", token), GIVE)

    answers = [chinese, english, posted]
    assert [answer.status_code for answer in answers] == [404 if end == "forged" else 410] * 3
    for answer, said in zip(answers, (*WORDS[end], WORDS[end][1]), strict=True):
        assert said in answer.content.decode()
        assert asked.request.number not in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "%2e%2e", "A" * 5000, "'%20OR%201=1", "沈阳" * 10])
def test_what_is_no_token_is_not_found(client, db, token):
    assert client.get(page(token=token)).status_code == 404


def test_a_second_answer_is_told_that_it_was_not_recorded(client, asked):
    client.post(page(), GIVE)

    response = client.post(page(), OBJECT)

    assert response.status_code == 409
    assert "What you have just sent was not recorded" in response.content.decode()
    assert again(asked).state == ConsentState.GIVEN


def test_after_the_term_the_page_shows_no_longer_who_answered(client, asked):
    client.post(page(), GIVE)

    with time_machine.travel(asked.expires_at + timedelta(minutes=1)):
        response = client.get(page())

    assert response.status_code == 410
    assert GIVE["name"] not in response.content.decode()


def test_links_are_not_for_guessing(client, asked):
    statuses = [client.get(page(token="B" * 43)).status_code for _try in range(10)]

    assert statuses == [404] * 10
    assert client.get(page()).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_one_is_recorded():
    cast = assemble()
    case = bring_to(S.ACCEPTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    sent(ask(case, cast))
    start, statuses = threading.Barrier(2), []

    def run(typed):
        start.wait(5)
        statuses.append(Client().post(page(), typed).status_code)
        connection.close()

    threads = [threading.Thread(target=run, args=[typed]) for typed in (GIVE, OBJECT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [302, 409]
    assert case.events.filter(verb="answer_consent").count() == 1


def test_an_officer_asks_on_the_page_of_the_case_and_sees_where_it_stands(client, cast, case):
    client.force_login(cast.reception)
    typed = {"unit": hunnan().pk, "name": CONTACT.name, "email": CONTACT.email, "language": "en"}

    client.post(door(case, "consent_ask"), typed)

    text = client.get(door(case, "change")).content.decode()
    asked = ConsentRequest.objects.get()
    assert (asked.contact_email, asked.language, asked.asked_by) == (CONTACT.email, "en", cast.reception)
    assert CONTACT.email in text
    assert door(case, "consent_again", asked.pk) in text


@pytest.mark.parametrize("wrong", [{"unit": ""}, {"email": "nobody"}, {"name": ""}, {"language": "fr"}])
def test_a_question_that_is_not_complete_is_shown_again(client, cast, case, wrong):
    client.force_login(cast.reception)
    typed = {"unit": hunnan().pk, "name": "Kept Name", "email": CONTACT.email, "language": "en"} | wrong

    response = client.post(door(case, "consent_ask"), typed)

    assert response.status_code == 200
    assert wrong.get("name", "Kept Name") in response.content.decode()
    assert not ConsentRequest.objects.exists()


def test_buttons_send_again_and_withdraw_by_post_only(client, cast, asked):
    client.force_login(cast.reviewer)
    case = asked.request

    client.get(door(case, "consent_withdraw", asked.pk))
    client.post(door(case, "consent_again", asked.pk))
    links = asked.links.count()
    client.post(door(case, "consent_withdraw", asked.pk))

    assert (links, again(asked).state) == (2, ConsentState.WITHDRAWN)


@pytest.mark.parametrize("who", ["auditor", "outsider"])
def test_others_press_no_button(client, cast, asked, who):
    client.force_login(getattr(cast, who))

    for name in ("consent_again", "consent_withdraw"):
        assert client.post(door(asked.request, name, asked.pk)).status_code in {302, 403}
    assert (again(asked).state, asked.links.count()) == (ConsentState.WAITING, 1)


def test_a_consent_is_reached_by_its_own_case_only(client, cast, asked, request_in):
    client.force_login(cast.reception)

    assert client.post(door(request_in(S.ACCEPTED), "consent_withdraw", asked.pk)).status_code == 404


def test_where_it_is_needed_the_button_of_the_review_waits(client, cast, asked, settings):
    settings.CONSENT_REQUIRED = ["invitation"]
    client.force_login(cast.reviewer)
    case = asked.request

    before = client.get(door(case, "change")).content.decode()
    refused = client.post(door(case, "review"), follow=True).content.decode()
    consent.answer(TOKEN, said=YES, by=None)
    after = client.get(door(case, "change")).content.decode()

    assert door(case, "review") not in before
    assert "须先取得区县（市）政府或开发区同意" in refused
    assert ServiceRequest.objects.get(pk=case.pk).state == S.ACCEPTED
    assert door(case, "review") in after
    assert YES.position in after


def test_bulk_sign_off_leaves_out_what_lacks_its_consent(client, cast, request_in, settings):
    case = request_in(S.REVIEWED)
    settings.CONSENT_REQUIRED = ["invitation"]
    client.force_login(cast.approver)

    response = client.get(reverse("admin:enterprises_bulksignoff_new"), {"requests": str(case.pk)})

    assert (len(response.context["ready"]), len(response.context["left_out"])) == (0, 1)
    assert "须先取得区县（市）政府或开发区同意" in response.content.decode()


def test_the_queue_finds_what_waits_for_a_consent(client, cast, asked, request_in, settings):
    missing, free = request_in(S.ACCEPTED), request_in(S.REFUSED)
    client.force_login(cast.reception)

    def found():
        return {row.number for row in client.get(QUEUE, {"waiting": "consent"}).context["cl"].result_list}

    only_asked = found()
    settings.CONSENT_REQUIRED = ["invitation"]
    where_needed = found()
    consent.answer(TOKEN, said=NO, by=None)
    marks = ServiceRequest.objects.with_consent_mark().values_list("number", "consent_mark")

    assert only_asked == {asked.request.number}
    assert where_needed == {asked.request.number, missing.number}
    assert dict(marks) == {asked.request.number: "objected", missing.number: "missing", free.number: ""}


def test_more_rows_with_consents_cost_no_more_queries(client, cast, settings):
    settings.CONSENT_REQUIRED = ["invitation"]
    client.force_login(cast.reception)
    client.get(QUEUE)
    counts = []
    for target in (1, 3):
        while ServiceRequest.objects.count() < target:
            ask(bring_to(S.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast), cast)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))

    assert counts == [counts[0]] * 2


@LANGUAGES
def test_the_company_reads_that_a_unit_was_asked_and_nothing_of_the_answer(client, cast, asked, language):
    consent.answer(TOKEN, said=NO, by=None)
    client.force_login(cast.owner)

    text = client.get(f"/{language}/company/requests/{asked.request.number}/").content.decode()

    assert "浑南区 / Hunnan District" in text
    assert NO.note not in text
    assert CONTACT.name not in text


def test_a_kind_that_nobody_can_consent_to_is_named_by_the_check(settings):
    settings.CONSENT_REQUIRED = ["invitation", "invitations"]

    assert [fault.msg for fault in consent_is_asked_for_known_kinds(None)] == [
        "CONSENT_REQUIRED names invitations, which asks for no consent."
    ]
