"""Asking a district or zone for its consent, its answer, and what depends on it."""

import json
import logging
from datetime import datetime, time, timedelta
from uuid import uuid4

import pgtrigger
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from enterprises import consent_reminders, reminders
from enterprises.actions import bulk, consent, requests
from enterprises.actions.consent import Answer, Contact
from enterprises.actions.corrections import Item
from enterprises.actions.moves import mark_of
from enterprises.consenting import Standing, look_up
from enterprises.enums import ConsentState, RequestState, SignOffOutcome
from enterprises.models import ConsentLink, ConsentRequest, Invitation, Membership, ServiceRequest
from shenyang_fao.core import logs, workdays
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import AuditEntry, Mail, Promise
from shenyang_fao.core.secret_links import digest_of
from tests.cast import work_off
from tests.enterprises.consents import (
    CONTACT,
    NO,
    TOKEN,
    YES,
    again,
    ask,
    hunnan,
    mails_to_the_unit,
    sent,
    token_in_the_mail,
)
from tests.enterprises.corrected import correct_and_bring_back

S = RequestState


@pytest.fixture
def case(request_in):
    return request_in(S.ACCEPTED)


@pytest.fixture
def asked(case, cast) -> ConsentRequest:
    return sent(ask(case, cast))


@pytest.fixture
def needed(settings):
    settings.CONSENT_REQUIRED = ["invitation"]


def test_the_contact_gets_one_link_in_the_language_chosen(case, cast):
    ask(case, cast)

    work_off()

    (letter,) = mails_to_the_unit()
    assert "/zh-hans/enterprises/consent/" in letter.body


def test_the_token_stands_in_the_mail_and_nowhere_in_the_database(case, cast):
    ask(case, cast)
    token = token_in_the_mail()

    kept = [str(row) for model in (ConsentLink, ConsentRequest, Mail, Promise) for row in model.objects.values()]
    kept += [str(row) for row in AuditEntry.objects.values()]
    assert [row for row in kept if token in row] == []
    assert ConsentLink.objects.get().digest == digest_of(token)


def test_the_contact_is_not_readable_in_the_database(asked):
    found = [str(row) for row in AuditEntry.objects.filter(table="enterprises_consentrequest").values()]

    assert found
    assert [row for row in found if CONTACT.email in row or CONTACT.name in row] == []


def test_a_log_hides_the_token_that_django_names_when_it_refuses():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: %s", (f"/en/x/consent/{TOKEN}/",), None)

    assert json.loads(logs.formatter().format(record))["event"] == "Gone: /en/x/consent/…/"


def test_the_term_counts_working_days(case, cast, settings):
    settings.CONSENT_WORKING_DAYS = 3

    asked = ask(case, cast)

    assert timezone.localdate(asked.expires_at) == workdays.add_working_days(timezone.localdate(), 3)


@pytest.mark.parametrize(
    ("unit", "contact"),
    [
        ({"slug": "school", "kind": "institution"}, CONTACT),
        ({}, Contact("", CONTACT.email, "en")),
        ({}, Contact("Zhou", "zhou@hunnan.example\nBcc: all@example.com", "en")),
        ({}, Contact("Zhou", CONTACT.email, "fr")),
    ],
)
def test_a_question_needs_a_district_or_zone_and_somebody_to_answer(case, cast, unit, contact):
    with pytest.raises(Refusal):
        consent.ask(case.pk, unit=hunnan(**unit), contact=contact, by=cast.reception)

    assert not ConsentRequest.objects.exists()


@pytest.mark.parametrize("who", ["auditor", "owner", "head"])
def test_others_than_the_handlers_do_not_ask(case, cast, who):
    with pytest.raises(PermissionDenied):
        consent.ask(case.pk, unit=hunnan(), contact=CONTACT, by=getattr(cast, who))


def test_an_officer_asks_nothing_about_the_own_company(case, cast):
    Membership.objects.create(user=cast.reception, company=cast.company)

    with pytest.raises(Refusal):
        ask(case, cast)


def test_a_unit_is_asked_once_at_a_time(asked, cast):
    with pytest.raises(NotNow):
        ask(asked.request, cast)
    with pytest.raises(IntegrityError, match="consent_asked_once"), transaction.atomic():
        ConsentRequest.objects.create(
            request=asked.request, unit=asked.unit, shown={}, asked_by=cast.reception, expires_at=asked.expires_at
        )


def test_the_answer_is_recorded_and_both_officers_are_told(asked, cast):
    requests.review(asked.request_id, by=cast.reviewer)

    consent.answer(TOKEN, said=YES, by=None)

    found = again(asked)
    assert (found.state, found.answerer_name, found.answerer_position) == ("given", YES.name, YES.position)
    told = Mail.objects.filter(key__startswith="consent-answered").values_list("to", flat=True)
    assert sorted(told) == [cast.reception.email, cast.reviewer.email]
    verbs = list(asked.request.events.values_list("verb", "by"))
    assert verbs[-3:] == [
        ("ask_consent", cast.reception.pk),
        ("review", cast.reviewer.pk),
        ("answer_consent", None),
    ]


@pytest.mark.parametrize("wrong", [Answer(False, "A", "B"), Answer(True, " ", "B"), Answer(True, "A", "")])
def test_an_answer_needs_its_name_and_an_objection_its_reason(asked, wrong):
    with pytest.raises(Refusal):
        consent.answer(TOKEN, said=wrong, by=None)

    assert again(asked).state == ConsentState.WAITING


def test_an_answer_is_final_in_the_database_too(asked):
    consent.answer(TOKEN, said=NO, by=None)

    with pytest.raises(NotNow):
        consent.answer(TOKEN, said=YES, by=None)
    for change in ({"state": "given"}, {"note": "something else"}, {"state": "waiting"}):
        with pytest.raises(Error), transaction.atomic():
            ConsentRequest.objects.filter(pk=asked.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        ConsentRequest.objects.filter(pk=asked.pk).delete()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"state": "given"}, "consent_answered_by_somebody"),
        ({"state": "withdrawn"}, "consent_withdrawn_by_somebody"),
        ({"state": "maybe"}, "consent_state_known"),
    ],
)
def test_the_database_holds_what_belongs_to_a_state(asked, fields, rule):
    with (
        pgtrigger.ignore("enterprises.ConsentRequest:state_graph"),
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(),
    ):
        ConsentRequest.objects.filter(pk=asked.pk).update(**fields)


def test_a_new_link_ends_the_old_one_and_brings_a_new_term(case, cast):
    asked = ask(case, cast)
    first = token_in_the_mail()

    with time_machine.travel(timezone.now() + timedelta(days=7)):
        consent.ask_again(asked.pk, by=cast.reception)
        second = token_in_the_mail()
        standings = [look_up(token).standing for token in (first, second)]

    assert standings == [Standing.REPLACED, Standing.OPEN]
    assert again(asked).expires_at > asked.expires_at


def test_a_link_that_was_replaced_before_it_was_sent_is_not_sent(case, cast):
    asked = ask(case, cast)
    consent.ask_again(asked.pk, by=cast.reception)

    assert len(mails_to_the_unit()) == 1


@pytest.mark.parametrize("change", ["expired", "withdrawn", "decided", "forged", "not a token"])
def test_a_link_that_leads_to_no_open_question_takes_no_answer(asked, cast, change):
    token, now = TOKEN, timezone.now()
    if change == "expired":
        now = asked.expires_at + timedelta(seconds=1)
    elif change == "withdrawn":
        consent.withdraw(asked.pk, by=cast.reception)
    elif change == "decided":
        requests.withdraw(asked.request_id, by=cast.owner)
    else:
        token = "B" * 43 if change == "forged" else "'; --"

    with time_machine.travel(now), pytest.raises(NotNow):
        consent.answer(token, said=YES, by=None)

    assert again(asked).answered_at is None


@pytest.mark.parametrize("state", [S.RETURNED, S.REFUSED])
def test_nobody_is_asked_while_the_office_does_not_have_the_request(request_in, cast, state):
    with pytest.raises(NotNow):
        ask(request_in(state), cast)


def test_a_consent_to_what_was_changed_later_counts_no_more(asked, cast, needed):
    consent.answer(TOKEN, said=YES, by=None)
    requests.send_back(asked.request_id, items=[Item("purpose", "Too short.")], by=cast.reception)
    Invitation.objects.filter(pk=asked.request_id).update(places_en="Dalian")
    requests.submit(asked.request_id, by=cast.owner)
    requests.accept(asked.request_id, by=cast.reception)

    found = again(asked)
    assert (found.state, found.overtaken_at is not None) == (ConsentState.GIVEN, True)
    assert found.shown["places"]["en"] == "Shenyang"
    with pytest.raises(NotNow):
        requests.review(asked.request_id, by=cast.reviewer)


def test_a_correction_of_what_was_not_shown_leaves_the_consent_good(asked, cast, needed):
    consent.answer(TOKEN, said=YES, by=None)

    correct_and_bring_back(asked.request, cast, reviewed=True)

    assert again(asked).overtaken_at is None


def test_an_open_question_about_what_was_changed_takes_no_answer(asked, cast):
    requests.send_back(asked.request_id, items=[Item("purpose", "Too short.")], by=cast.reception)
    Invitation.objects.filter(pk=asked.request_id).update(reason_en="A trade fair.")
    requests.submit(asked.request_id, by=cast.owner)

    assert look_up(TOKEN).standing == Standing.OVERTAKEN
    consent.ask_again(asked.pk, by=cast.reception)
    assert again(asked).shown["reason"]["en"] == "A trade fair."


def test_where_consent_is_needed_review_and_sign_off_wait_for_it(asked, cast, needed):
    with pytest.raises(NotNow):
        requests.review(asked.request_id, by=cast.reviewer)
    consent.answer(TOKEN, said=YES, by=None)
    requests.review(asked.request_id, by=cast.reviewer)
    requests.approve(asked.request_id, by=cast.approver)

    assert again(asked).request.state == S.APPROVED


def test_an_objection_is_no_consent(asked, cast, needed):
    consent.answer(TOKEN, said=NO, by=None)

    with pytest.raises(NotNow):
        requests.review(asked.request_id, by=cast.reviewer)


def test_sign_off_waits_too_when_the_setting_came_after_the_review(request_in, cast, needed, settings):
    settings.CONSENT_REQUIRED = []
    case = request_in(S.REVIEWED)
    settings.CONSENT_REQUIRED = ["invitation"]

    with pytest.raises(NotNow):
        requests.approve(case.pk, by=cast.approver)
    made = bulk.begin([(case.pk, mark_of(case))], key=uuid4(), by=cast.approver)
    work_off()

    assert made.items.get().outcome == SignOffOutcome.REFUSED
    assert ServiceRequest.objects.get(pk=case.pk).state == S.REVIEWED


def test_one_working_day_before_the_end_the_contact_is_reminded_once_and_both_links_open(case, cast):
    asked = ask(case, cast)
    first = token_in_the_mail()
    before = datetime.combine(consent_reminders.due_on(asked), time(9), timezone.get_default_timezone())

    with time_machine.travel(before - timedelta(days=1)):
        reminders.run()
        early = ConsentLink.objects.count()
    with time_machine.travel(before):
        for _beat in range(3):
            reminders.run()
        second = token_in_the_mail()
        standings = [look_up(token).standing for token in (first, second)]

    assert (early, ConsentLink.objects.count(), len(mails_to_the_unit())) == (1, 2, 2)
    assert first != second
    assert standings == [Standing.OPEN, Standing.OPEN]


@pytest.mark.parametrize("end", ["answered", "withdrawn", "expired"])
def test_who_need_not_answer_any_more_is_not_reminded(asked, cast, end):
    day = datetime.combine(timezone.localdate(asked.expires_at), time(9), timezone.get_default_timezone())
    if end == "answered":
        consent.answer(TOKEN, said=YES, by=None)
    elif end == "withdrawn":
        consent.withdraw(asked.pk, by=cast.reception)

    with time_machine.travel(day + timedelta(days=end == "expired")):
        reminders.run()

    assert not ConsentLink.objects.filter(is_reminder=True).exists()
