"""A changed letter after issue: a copy, its own review by two, and then the old letter is superseded, for everybody at once."""

import time

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client

from enterprises import verification
from enterprises.actions import papers, requests
from enterprises.enums import RequestState
from enterprises.invitations import amending, letters, workflow
from enterprises.invitations.actions import save_answers
from enterprises.invitations.enums import LetterState
from enterprises.invitations.overlaps import elsewhere
from enterprises.models import Letter, ServiceRequest
from enterprises.verification import Standing
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import NotNow, TwoPersonRule
from shenyang_fao.core.models import Mail
from tests.cast import Cast, bring_to, complete_invitation, officer, work_off

S = RequestState
REASON = "A wrong date."


@pytest.fixture
def old(cast: Cast) -> Letter:
    """An issued letter."""
    request = complete_invitation(cast.company, by=cast.owner, invitees=2)
    return issued(request, cast)


def issued(request: ServiceRequest, cast: Cast) -> Letter:
    bring_to(S.APPROVED, request, cast)
    work_off()
    return Letter.objects.filter(request=request).latest("pk")


def amendment(old: Letter, cast: Cast) -> ServiceRequest:
    """The amendment, its declarations made anew."""
    request = amending.amend(old.request_id, by=cast.owner)
    declared = dict.fromkeys(amending.DECLARATIONS, True) | {"reason_en": "Another reason."}
    save_answers(request.pk, answers=declared, step=None, by=cast.owner)
    return ServiceRequest.objects.get(pk=request.pk)


def test_the_amendment_copies_everything(old, cast):
    new = amending.amend(old.request_id, by=cast.owner)

    was, now = old.request.invitation, new.invitation
    assert (new.state, new.number, new.amends) == (S.DRAFT, None, old.request)
    assert (now.reason_en, now.arrival_on, now.stay_days) == (was.reason_en, was.arrival_on, was.stay_days)
    assert [guest.passport_number for guest in now.invitees.all()] == [
        guest.passport_number for guest in was.invitees.all()
    ]
    assert [day.plan for day in now.days.all()] == [day.plan for day in was.days.all()]
    assert sorted(new.papers.values_list("file", "role")) == sorted(old.request.papers.values_list("file", "role"))


def test_the_papers_of_a_guest_belong_to_the_copy(old, cast):
    new = amending.amend(old.request_id, by=cast.owner)

    parts = set(new.papers.exclude(part=None).values_list("part", flat=True))
    assert parts == set(new.invitation.invitees.values_list("pk", flat=True))


def test_taking_a_paper_out_of_the_copy_leaves_the_old_one(old, cast):
    new = amending.amend(old.request_id, by=cast.owner)
    paper = new.papers.first()
    papers.remove_paper(paper.pk, by=cast.owner)

    assert old.request.papers.get(file=paper.file_id).file.content.open("rb").read(1)


def test_the_company_declares_anew(old, cast):
    visit = amending.amend(old.request_id, by=cast.owner).invitation

    assert (visit.is_guarantee_accepted, visit.is_consent_given) == (False, False)


def test_the_same_people_in_both_are_no_overlap(old, cast):
    new = bring_to(S.ACCEPTED, amendment(old, cast), cast)
    passports = list(new.invitation.invitees.values_list("passport_index", flat=True))

    assert (elsewhere(new.invitation, passports), elsewhere(old.request.invitation, passports)) == ({}, {})


def test_asked_twice_there_is_one_amendment(old, cast):
    first = amending.amend(old.request_id, by=cast.owner)

    assert amending.amend(old.request_id, by=cast.owner) == first


def test_after_a_withdrawn_amendment_another_may_be_asked_for(old, cast):
    first = amending.amend(old.request_id, by=cast.owner)
    requests.withdraw(first.pk, by=cast.owner)

    assert amending.amend(old.request_id, by=cast.owner) != first


def test_an_outsider_finds_nothing_to_amend(old, cast):
    with pytest.raises(ServiceRequest.DoesNotExist):
        amending.amend(old.request_id, by=cast.outsider)


def test_a_revoked_letter_is_not_amended(old, cast):
    letters.revoke(old.pk, reason=REASON, by=cast.approver)

    with pytest.raises(NotNow):
        amending.amend(old.request_id, by=cast.owner)


def test_until_the_new_letter_is_issued_the_old_one_stays_valid(old, cast):
    bring_to(S.APPROVED, amendment(old, cast), cast)

    assert verification.look_up(old.code).standing == Standing.VALID


def test_with_the_new_letter_the_old_one_is_superseded(old, cast):
    new = issued(amendment(old, cast), cast)

    old.refresh_from_db()
    assert (old.state, old.superseded_by, old.superseded_at is not None) == (LetterState.SUPERSEDED, new, True)
    assert (new.edition, new.replaces, old.request.state) == (2, old, S.CLOSED)


def test_the_timeline_of_the_old_request_tells_it(old, cast):
    new = issued(amendment(old, cast), cast)

    told = list(old.request.events.values_list("verb", "note", "by"))[-2:]
    assert told == [("supersede", new.number, None), ("close", new.request.number, None)]


def test_an_amendment_is_reviewed_by_two(old, cast):
    request = bring_to(S.REVIEWED, amendment(old, cast), cast)

    with pytest.raises(PermissionDenied):
        requests.approve(request.pk, by=cast.reviewer)


def test_an_amended_letter_can_be_amended_again(old, cast):
    second = issued(amendment(old, cast), cast)
    third = issued(amendment(second, cast), cast)

    assert (third.edition, Letter.objects.get(pk=second.pk).state) == (3, LetterState.SUPERSEDED)


def test_a_letter_revoked_meanwhile_stays_revoked(old, cast):
    request = bring_to(S.APPROVED, amendment(old, cast), cast)
    letters.revoke(old.pk, reason=REASON, by=cast.approver)
    work_off()

    old.refresh_from_db()
    assert (old.state, ServiceRequest.objects.get(pk=request.pk).state) == (LetterState.REVOKED, S.ISSUED)


def test_signing_delivered_twice_supersedes_once(old, cast):
    new = issued(amendment(old, cast), cast)
    workflow.sign(new.pk)

    assert old.request.events.filter(verb="supersede").count() == 1


@pytest.mark.parametrize(
    ("language", "before", "old_words", "new_words"),
    [
        ("zh-hans", "该邀请函有效", "该邀请函已被新函取代", "这是该邀请函第 2 版"),
        (
            "en",
            "This letter is valid",
            "This letter has been superseded by a newer one",
            "This is version 2 of the letter",
        ),
    ],
)
def test_both_verification_pages_say_so_within_seconds(
    client: Client, old, cast, language, before, old_words, new_words
):
    address = f"/{language}/letters/verify/"
    first = client.get(f"{address}{old.code}/").content.decode()
    new = issued(amendment(old, cast), cast)
    started = time.monotonic()
    later = client.get(f"{address}{old.code}/").content.decode()
    newer = client.get(f"{address}{new.code}/").content.decode()

    assert (before in first, old_words in later, new_words in newer) == (True, True, True)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_revocation_is_seen_at_the_next_look(client: Client, old, cast, language):
    address = f"/{language}/letters/verify/{old.code}/"
    client.get(address)
    letters.revoke(old.pk, reason=REASON, by=cast.approver)

    page = client.get(address)

    assert (
        {"zh-hans": "已撤销", "en": "has been revoked"}[language] in page.content.decode(),
        "no-store" in page["Cache-Control"],
    ) == (
        True,
        True,
    )


def test_the_file_of_a_superseded_letter_is_genuine_but_superseded(old, cast):
    issued(amendment(old, cast), cast)
    with old.signed.content.open("rb") as file:
        found = verification.examine(file.read())

    assert (found.is_genuine, found.finding.standing) == (True, Standing.SUPERSEDED)


def test_the_company_s_button_begins_the_amendment(client: Client, old, cast):
    client.force_login(cast.owner)
    page = client.get(f"/en/company/requests/{old.request.number}/").content.decode()
    answer = client.post(f"/en/company/requests/{old.request.number}/amend/")

    new = ServiceRequest.objects.get(amends=old.request)
    assert ("Ask for a changed letter" in page, str(new.key) in answer["Location"]) == (True, True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_both_requests_name_each_other(client: Client, old, cast, language):
    new = issued(amendment(old, cast), cast)
    client.force_login(cast.owner)

    old_page = client.get(f"/{language}/company/requests/{old.request.number}/").content.decode()
    new_page = client.get(f"/{language}/company/requests/{new.request.number}/").content.decode()

    assert (new.request.number in old_page, old.request.number in new_page) == (True, True)


def test_a_revoked_letter_is_issued_anew_under_a_new_number(old, cast):
    letters.revoke(old.pk, reason=REASON, by=cast.approver)
    new = letters.reissue(old.pk, reason="Corrected.", by=cast.approver)
    work_off()

    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.state, new.replaces, new.edition, new.number != old.number) == (LetterState.ISSUED, old, 2, True)
    assert (old.state, new.request.state) == (LetterState.REVOKED, S.ISSUED)
    assert Mail.objects.filter(key=f"letter-issued:{new.pk}").count() == 1


def test_the_reviewer_does_not_issue_anew(old, cast):
    cast.reviewer.add_role(Role.APPROVER)
    letters.revoke(old.pk, reason=REASON, by=cast.approver)

    with pytest.raises(TwoPersonRule):
        letters.reissue(old.pk, reason=REASON, by=User.objects.get(pk=cast.reviewer.pk))


@pytest.mark.parametrize("role", ["owner", "reception", "auditor"])
def test_nobody_else_issues_anew(old, cast, role):
    letters.revoke(old.pk, reason=REASON, by=cast.approver)

    with pytest.raises(PermissionDenied):
        letters.reissue(old.pk, reason=REASON, by=getattr(cast, role))


def test_a_letter_in_force_is_not_issued_anew(old, cast):
    with pytest.raises(NotNow):
        letters.reissue(old.pk, reason=REASON, by=cast.approver)


def test_twice_issued_anew_is_refused(old, cast):
    letters.revoke(old.pk, reason=REASON, by=cast.approver)
    letters.reissue(old.pk, reason=REASON, by=cast.approver)

    with pytest.raises(NotNow):
        letters.reissue(old.pk, reason=REASON, by=officer("second@example.com", Role.APPROVER))


def test_the_button_of_the_back_office_issues_anew(client: Client, old, cast):
    letters.revoke(old.pk, reason=REASON, by=cast.approver)
    client.force_login(cast.approver)
    page = client.get(f"/admin/enterprises/letter/{old.pk}/change/")

    client.post(f"/admin/enterprises/letter/{old.pk}/reissue/", {"reason": "Corrected."})

    assert (page.status_code, Letter.objects.filter(replaces=old).count()) == (200, 1)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
