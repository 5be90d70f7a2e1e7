import hashlib
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.invitations import workflow
from enterprises.invitations.enums import LetterState
from enterprises.models import Letter, ServiceRequest
from shenyang_fao.core import mail, outbox
from shenyang_fao.core.documents import typesetting
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import AuditEntry, Counter, Mail, Promise, StoredFile
from tests.cast import Cast, assemble, bring_to, complete_invitation

S = RequestState


def keep(kind: str) -> Promise:
    """Let the worker's work be done here and now."""
    promise = Promise.objects.filter(kind=kind).latest("pk")
    outbox.keep(promise.pk)
    return Promise.objects.get(pk=promise.pk)


def notice_promise(letter: Letter) -> Promise:
    return Promise.objects.get(kind=mail.SEND, subject_id=letter.notice_id)


def issue(letter: Letter) -> Letter:
    """Render, sign and notify."""
    keep(workflow.RENDER)
    keep(workflow.SIGN)
    letter.refresh_from_db()
    outbox.keep(notice_promise(letter).pk)
    return letter


def read(file: StoredFile) -> bytes:
    with file.content.open("rb") as opened:
        return opened.read()


@pytest.fixture
def letter(cast: Cast, invitation_draft: ServiceRequest) -> Letter:
    """A letter as it stands right after the sign-off."""
    return bring_to(S.APPROVED, invitation_draft, cast).letters.get()


def test_the_sign_off_makes_number_content_and_promise(letter):
    assert letter.number == f"SYFAO-LTR-{timezone.localdate().year}-000001"
    assert (letter.state, letter.rendered, letter.signed) == (LetterState.PREPARING, None, None)
    assert Promise.objects.get(kind=workflow.RENDER).subject_id == letter.pk


def test_the_code_has_128_random_bits(letter):
    assert len(bytes.fromhex(letter.code)) == 16


def test_a_letter_lapses_after_the_intended_day_of_entry(letter):
    assert letter.lapses_on == letter.request.invitation.arrival_on
    with time_machine.travel(letter.lapses_on):
        assert letter.has_lapsed is False
    with time_machine.travel(letter.lapses_on + timedelta(days=1)):
        assert letter.has_lapsed is True


def test_the_frozen_content_names_everybody_as_in_the_passport(letter):
    names = [(guest["surname"], guest["given_names"], guest["native_name"]) for guest in letter.payload["invitees"]]

    assert names == [
        ("Größmann-Öztürk", "Jürgen", ""),
        ("KIM", "MIN JUN", "김민준"),
        ("IVANOVA", "ELENA SERGEEVNA", "Иванова Елена Сергеевна"),
        ("SUHARTINI", "", ""),
    ]


def test_the_frozen_content_is_in_both_languages(letter):
    company, visit = letter.payload["company"], letter.payload["visit"]

    assert company["name"] == {
        "zh": "沈阳浑河精密机床有限公司",
        "en": "Shenyang Hunhe Precision Machine Tool Co., Ltd.",
    }
    assert visit["places"] == {"zh": "沈阳", "en": "Shenyang"}
    assert letter.payload["invitees"][0]["nationality"] == {"zh": "德国", "en": "Germany"}


def test_a_later_change_does_not_reach_the_frozen_content(letter):
    company = letter.request.company
    company.name_en = "Another name"
    company.save()

    letter.refresh_from_db()
    assert letter.payload["company"]["name"]["en"] == "Shenyang Hunhe Precision Machine Tool Co., Ltd."


def test_the_content_is_unreadable_in_the_audit_trail(letter):
    entry = AuditEntry.objects.get(table="enterprises_letter", row=str(letter.pk))

    assert "C01X00T47" not in json.dumps(entry.after)


def test_render_and_sign_issue_letter_and_request(letter):
    issue(letter)

    assert (letter.state, letter.request.state) == (LetterState.ISSUED, S.ISSUED)
    assert letter.issued_at


def test_the_stored_hash_is_the_file_s(letter):
    issue(letter)

    pdf = read(letter.signed)
    assert letter.signed.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (pdf[:5], letter.signed.size, letter.signed.original_name) == (b"%PDF-", len(pdf), f"{letter.number}.pdf")


def test_one_letter_one_number_one_mail(letter, mailoutbox):
    issue(letter)

    sent = [message for message in mailoutbox if letter.number in message.subject + message.body]
    assert [message.to for message in sent] == [["owner@example.com"]]
    assert (Letter.objects.count(), Counter.objects.get(series=workflow.SERIES).value) == (1, 1)


def test_the_notice_is_in_the_company_s_language(letter):
    issue(letter)

    assert letter.notice.language == "en"
    assert "issued" in letter.notice.subject


def test_every_step_called_again_changes_nothing(letter, mailoutbox):
    issue(letter)
    before = (letter.rendered_id, letter.signed_id, letter.notice_id, letter.issued_at, StoredFile.objects.count())

    workflow.render(letter.pk)
    workflow.sign(letter.pk)
    mail.send(letter.notice_id)

    letter.refresh_from_db()
    assert before == (
        letter.rendered_id,
        letter.signed_id,
        letter.notice_id,
        letter.issued_at,
        StoredFile.objects.count(),
    )
    assert len([message for message in mailoutbox if message.subject == letter.notice.subject]) == 1


def test_rendering_twice_before_signing_makes_one_file(letter):
    workflow.render(letter.pk)
    letter.refresh_from_db()
    first = letter.rendered_id

    workflow.render(letter.pk)

    letter.refresh_from_db()
    assert (letter.rendered_id, Promise.objects.filter(kind=workflow.SIGN).count()) == (first, 1)


def test_the_timeline_says_that_the_system_issued(letter):
    issue(letter)

    event = letter.request.events.last()
    assert (event.verb, event.by) == ("issue", None)


def test_a_worker_s_change_is_signed_by_the_system(transactional_db):
    cast = assemble()
    request = complete_invitation(cast.company, by=cast.owner, invitees=1)
    letter = bring_to(S.APPROVED, request, cast).letters.get()

    keep(workflow.RENDER)

    entry = AuditEntry.objects.filter(table="enterprises_letter", row=str(letter.pk)).latest("pk")
    assert (entry.operation, entry.actor_id) == ("UPDATE", None)


def test_without_a_key_the_signing_fails_visibly_and_a_retry_signs(letter, settings, tmp_path):
    settings.SIGNING_P12 = str(tmp_path / "not-there.p12")
    keep(workflow.RENDER)
    for _ in range(outbox.ATTEMPTS):
        failed = keep(workflow.SIGN)
    letter.refresh_from_db()
    untouched = (letter.state, letter.signed)

    settings.SIGNING_P12 = ""
    outbox.retry(failed.pk, by=None)
    done = keep(workflow.SIGN)

    letter.refresh_from_db()
    assert (failed.state, untouched) == (PromiseState.FAILED, (LetterState.PREPARING, None))
    assert failed.error.startswith("SignerUnavailableError: ")
    assert (done.state, letter.state) == (PromiseState.DONE, LetterState.ISSUED)


def test_a_failed_signing_issues_and_announces_nothing(letter, settings, tmp_path):
    settings.SIGNING_P12 = str(tmp_path / "not-there.p12")
    keep(workflow.RENDER)
    mails = Mail.objects.count()

    keep(workflow.SIGN)

    assert ServiceRequest.objects.get(pk=letter.request_id).state == S.APPROVED
    assert Mail.objects.count() == mails


def test_without_words_in_force_the_sign_off_is_refused_and_takes_no_number(cast, request_in):
    request = request_in(S.REVIEWED)

    with time_machine.travel("2019-12-31"), pytest.raises(Refusal):
        requests.approve(request.pk, by=cast.approver)

    assert (Letter.objects.count(), Counter.objects.filter(series="LTR").count()) == (0, 0)


def test_a_template_that_vanished_after_the_sign_off_ends_as_failed(letter, monkeypatch, tmp_path):
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)

    for _ in range(outbox.ATTEMPTS):
        failed = keep(workflow.RENDER)

    assert (failed.state, letter.template in failed.error) == (PromiseState.FAILED, True)


def test_the_three_steps_are_shown_with_their_promises(letter):
    before = [(step, promise.state if promise else None) for step, promise in workflow.steps(letter)]
    issue(letter)
    after = [(step, promise.state if promise else None) for step, promise in workflow.steps(letter)]

    assert before == [("render", "waiting"), ("sign", None), ("notify", None)]
    assert after == [("render", "done"), ("sign", "done"), ("notify", "done")]


def test_two_sign_offs_have_two_numbers_in_order(cast, request_in):
    numbers = [request_in(S.APPROVED).letters.get().number[-6:] for _ in range(2)]

    assert numbers == ["000001", "000002"]


def test_a_sign_off_that_is_refused_takes_no_number(cast, request_in):
    request = request_in(S.REVIEWED)

    with pytest.raises(PermissionDenied):
        requests.approve(request.pk, by=cast.reviewer)

    assert not Counter.objects.filter(series=workflow.SERIES).exists()


def test_a_letter_that_would_have_lapsed_is_not_signed_off(cast, request_in):
    request = request_in(S.REVIEWED)

    with time_machine.travel(request.invitation.arrival_on + timedelta(days=1)), pytest.raises(Refusal):
        requests.approve(request.pk, by=cast.approver)

    assert ServiceRequest.objects.get(pk=request.pk).state == S.REVIEWED


def test_the_verification_address_carries_the_code_and_no_language(letter, settings):
    assert letter.verification_url() == f"{settings.SITE_URL}/letters/verify/{letter.code}/"
