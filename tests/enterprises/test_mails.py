"""The letters the portal writes to companies, in both languages."""

import pytest

from enterprises.actions import companies, requests
from enterprises.enums import RequestState
from shenyang_fao.core.models import Mail
from tests.cast import COMPANY, complete_invitation, pending_company, person

S = RequestState
OTHER = "91350100M000100Y43"
EVENTS = {
    "request-submitted": S.SUBMITTED,
    "request-accepted": S.ACCEPTED,
    "request-returned": S.RETURNED,
    "request-refused": S.REFUSED,
}


@pytest.fixture
def reader(cast, language):
    cast.owner.language = language
    cast.owner.save()
    return cast.owner


def newest(event):
    return Mail.objects.filter(key__startswith=event).latest("pk")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("event", EVENTS)
def test_each_change_is_told_in_the_readers_language(reader, language, request_in, event):
    case = request_in(EVENTS[event])

    mail = newest(event)

    assert case.number in mail.subject
    assert f"/{language}/company/requests/{case.number}/" in mail.body
    assert ("您好" in mail.body) == (language == "zh-hans")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_texts_arrive_as_they_were_written(cast, reader, language):
    case = complete_invitation(cast.company, by=reader, invitees=1)
    requests.submit(case.pk, by=reader)
    items = [requests.Item("purpose", "Name the machine's model & serial number <M-1>.")]
    requests.send_back(case.pk, items=items, by=cast.reception)

    assert "   Name the machine's model & serial number <M-1>." in newest("request-returned").body


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_message_is_quoted(cast, reader, language, request_in):
    case = request_in(S.ACCEPTED)

    requests.write_message(case.pk, body="Please call us.", by=cast.reception)

    assert "Please call us." in newest("request-message").body


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_company_is_told_about_its_verification(cast, language):
    company = pending_company(COMPANY | {"uscc": OTHER}, owner=person("third@example.com", language=language))

    companies.return_company(company.pk, note="The scan is too dark.", by=cast.reception)
    returned = newest("company_returned")
    companies.correct_company(
        company.pk, data=COMPANY | {"uscc": OTHER}, licence=None, by=company.memberships.get().user
    )
    companies.verify_company(company.pk, by=cast.reception)

    assert "The scan is too dark." in returned.body
    assert f"/{language}/company/register/" in returned.body
    assert OTHER in newest("company_verified").body
