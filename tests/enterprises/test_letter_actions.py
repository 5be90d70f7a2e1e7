"""Revoking a letter: by an approver, with a reason, and seen by everybody at once."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enterprises import verification
from enterprises.enums import RequestState
from enterprises.invitations import letters
from enterprises.invitations.enums import LetterState
from enterprises.models import Letter, RequestEvent
from enterprises.verification import Standing
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import Mail
from tests.cast import Cast, bring_to, complete_invitation, work_off

REASON = "The visit was cancelled."


@pytest.fixture
def letter(cast: Cast) -> Letter:
    request = complete_invitation(cast.company, by=cast.owner, invitees=1)
    bring_to(RequestState.APPROVED, request, cast)
    work_off()
    return Letter.objects.get(request=request)


def test_an_approver_revokes_and_the_verification_says_so(letter: Letter, cast: Cast) -> None:
    letters.revoke(letter.pk, reason=REASON, by=cast.approver)

    assert verification.look_up(letter.code).standing == Standing.REVOKED


@pytest.mark.parametrize("role", ["owner", "outsider", "reception", "reviewer", "auditor"])
def test_nobody_else_revokes(letter: Letter, cast: Cast, role: str) -> None:
    with pytest.raises(PermissionDenied):
        letters.revoke(letter.pk, reason=REASON, by=getattr(cast, role))

    assert Letter.objects.get(pk=letter.pk).state == LetterState.ISSUED


def test_a_reason_is_needed(letter: Letter, cast: Cast) -> None:
    with pytest.raises(Refusal):
        letters.revoke(letter.pk, reason="  ", by=cast.approver)


def test_twice_is_refused_and_writes_one_mail(letter: Letter, cast: Cast) -> None:
    letters.revoke(letter.pk, reason=REASON, by=cast.approver)
    with pytest.raises(NotNow):
        letters.revoke(letter.pk, reason=REASON, by=cast.approver)

    assert Mail.objects.filter(key=f"letter-revoked:{letter.pk}").count() == 1


def test_the_timeline_tells_the_reason(letter: Letter, cast: Cast) -> None:
    letters.revoke(letter.pk, reason=REASON, by=cast.approver)

    last = RequestEvent.objects.filter(request=letter.request).last()
    assert last is not None
    assert (last.verb, last.note, last.by) == ("revoke", REASON, cast.approver)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "邀请函已撤销"), ("en", "The letter has been revoked.")])
def test_the_company_reads_it_and_can_no_longer_download(
    client: Client, letter: Letter, cast: Cast, language: str, words: str
) -> None:
    letters.revoke(letter.pk, reason=REASON, by=cast.approver)
    client.force_login(cast.owner)

    page = client.get(f"/{language}/company/requests/{letter.request.number}/").content.decode()
    download = client.get(f"/{language}/company/requests/{letter.request.number}/letter/")

    assert (words in page, REASON in page, download.status_code) == (True, True, 404)


def test_the_button_of_the_back_office_revokes(client: Client, letter: Letter, cast: Cast) -> None:
    client.force_login(cast.approver)

    client.post(reverse("admin:enterprises_letter_revoke", args=[letter.pk]), {"reason": REASON})

    assert Letter.objects.get(pk=letter.pk).revoked_by == cast.approver


def test_the_button_refuses_an_officer_without_the_right(client: Client, letter: Letter, cast: Cast) -> None:
    client.force_login(cast.reviewer)

    answer = client.post(reverse("admin:enterprises_letter_revoke", args=[letter.pk]), {"reason": REASON})

    assert (answer.status_code, Letter.objects.get(pk=letter.pk).state) == (403, LetterState.ISSUED)


def test_an_empty_reason_gets_its_message_and_changes_nothing(client: Client, letter: Letter, cast: Cast) -> None:
    client.force_login(cast.approver)

    answer = client.post(reverse("admin:enterprises_letter_revoke", args=[letter.pk]), {"reason": ""})

    assert (answer.status_code, Letter.objects.get(pk=letter.pk).state) == (200, LetterState.ISSUED)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "邀请函已失效"), ("en", "The letter has lapsed.")])
def test_the_company_reads_that_its_letter_has_lapsed(
    client: Client, letter: Letter, cast: Cast, language: str, words: str
) -> None:
    address = f"/{language}/company/requests/{letter.request.number}/"
    noon = datetime.combine(letter.lapses_on, time(12), tzinfo=timezone.get_default_timezone())
    pages = []
    for days in (0, 1):
        with time_machine.travel(noon + timedelta(days=days)):
            client.force_login(cast.owner)
            pages.append(client.get(address).content.decode())

    assert [words in page for page in pages] == [False, True]
