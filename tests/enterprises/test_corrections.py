"""A correction as an object: what is asked, where, until when, and whether it was changed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import override

from enterprises import mending
from enterprises.actions import corrections, requests
from enterprises.actions.corrections import Item
from enterprises.enums import ReasonUse, RequestState
from enterprises.invitations import actions as invitations
from enterprises.invitations.enums import PaperRole
from enterprises.models import CorrectionItem
from shenyang_fao.core import workdays
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import Mail
from tests.cast import complete_invitation, file_paper
from tests.enterprises.corrected import again, kept, returned

S = RequestState


def mended(correction):
    return [thing.is_mended for thing in mending.things(correction)]


def test_the_deadline_is_the_setting_s_working_days(cast, settings):
    correction = returned(cast)

    assert correction.deadline_on == workdays.add_working_days(timezone.localdate(), settings.CORRECTION_WORKING_DAYS)
    assert correction.days_left == settings.CORRECTION_WORKING_DAYS


def test_an_officer_chooses_another_term(cast):
    assert returned(cast, days=5).days_left == 5


@pytest.mark.parametrize("days", [2, 31, 0, -1])
def test_a_term_outside_the_limits_is_refused(cast, request_in, days):
    case = request_in(S.SUBMITTED)

    with pytest.raises(Refusal):
        requests.send_back(case.pk, items=[Item("papers", "No seal.")], days=days, by=cast.reception)

    assert again(case).state == S.SUBMITTED


def test_several_items_aim_at_an_answer_a_paper_and_an_invitee(cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    guest = case.invitation.invitees.get()
    requests.submit(case.pk, by=cast.owner)
    items = [
        Item("purpose", "Vague.", field="reason_en"),
        Item("papers", "Dark.", part=guest.pk, field=f"passport_{guest.pk}"),
        Item("invitees", "Other name.", part=guest.pk),
    ]

    requests.send_back(case.pk, items=items, by=cast.reception)

    with override("en"):
        places = [thing.place for thing in mending.things(case.corrections.get())]
    assert places == [
        "Purpose · Purpose of the visit, in English",
        f"Papers · Passport data page of {guest.full_name}",
        f"Invitees · {guest.full_name}",
    ]


def test_a_kept_reason_is_read_in_each_reader_s_language(cast):
    correction = returned(cast, Item("papers", "See page 2.", kept=kept()))

    texts = {}
    for language in ("zh-hans", "en"):
        with override(language):
            texts[language] = mending.things(correction)[0].reasons

    assert texts == {
        "zh-hans": ["未加盖公章。", "See page 2."],
        "en": ["The seal is missing.", "See page 2."],
    }


def test_a_kept_reason_alone_is_enough(cast):
    assert returned(cast, Item("papers", kept=kept())).items.get().reason == ""


@pytest.mark.parametrize("fields", [{"is_active": False}, {"use": ReasonUse.REFUSAL}])
def test_a_reason_that_is_not_on_offer_is_refused(cast, request_in, fields):
    case, reason = request_in(S.SUBMITTED), kept(**fields)

    with pytest.raises(Refusal):
        requests.send_back(case.pk, items=[Item("papers", kept=reason)], by=cast.reception)


def test_an_item_without_a_reason_is_refused_by_action_and_database(cast, request_in):
    case = request_in(S.SUBMITTED)
    with pytest.raises(Refusal):
        requests.send_back(case.pk, items=[Item("papers", "  ")], by=cast.reception)

    correction = returned(cast)
    with pytest.raises(IntegrityError, match="correction_item_says_why"), transaction.atomic():
        CorrectionItem.objects.create(correction=correction, step="papers")


@pytest.mark.parametrize("language", ["text_zh_hans", "text_en"])
def test_a_kept_reason_stands_in_both_languages(db, language):
    with pytest.raises(IntegrityError, match="kept_reason_in_both"), transaction.atomic():
        kept(**{language: ""})


def test_nothing_is_mended_before_anything_was_changed(cast):
    items = [Item("purpose", "Vague.", field="reason_en"), Item("papers", "?"), Item("itinerary", "?", field="days")]

    assert mended(returned(cast, *items)) == [False, False, False]


def test_an_answer_that_was_changed_counts_as_mended_and_its_whole_step_too(cast):
    items = [
        Item("purpose", "?", field="reason_en"),
        Item("purpose", "?", field="reason_zh_hans"),
        Item("purpose", "?"),
    ]
    correction = returned(cast, *items)

    invitations.save_answers(correction.request_id, answers={"reason_en": "A new text."}, step=None, by=cast.owner)

    correction.refresh_from_db()
    correction.request.invitation.refresh_from_db()
    assert mended(correction) == [True, False, True]
    assert mending.progress(mending.things(correction)) == mending.Progress(done=2, total=3)


def test_a_change_of_case_alone_is_a_change(cast):
    correction = returned(
        cast, Item("purpose", "Spelling.", field="places_en"), Item("itinerary", "?", field="places_en")
    )

    invitations.save_answers(correction.request_id, answers={"places_en": "SHENYANG"}, step=None, by=cast.owner)

    correction.request.refresh_from_db()
    # The first aims at no answer of its step: whether it was changed cannot be known.
    assert mended(correction) == [None, True]


def test_a_paper_filed_anew_counts_as_mended(cast):
    correction = returned(cast, Item("papers", "No seal.", field=PaperRole.GUARANTEE.value))
    correction.request.papers.filter(role=PaperRole.GUARANTEE).delete()

    file_paper(correction.request, PaperRole.GUARANTEE, by=cast.owner)

    assert mended(correction) == [True]


def test_a_guest_taken_off_the_list_counts_as_mended(cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=2)
    guest = case.invitation.invitees.first()
    requests.submit(case.pk, by=cast.owner)
    requests.send_back(case.pk, items=[Item("invitees", "Not needed.", part=guest.pk)], by=cast.reception)

    invitations.remove_invitee(case.pk, invitee_id=guest.pk, by=cast.owner)

    assert mended(case.corrections.get()) == [True]


def test_what_stood_there_is_kept_as_a_digest_only(cast):
    item = returned(cast, Item("purpose", "?", field="reason_en")).items.get()

    assert len(item.before) == 64
    assert int(item.before, 16)


def test_the_officer_who_asked_is_told_when_it_comes_back(cast):
    correction = returned(cast)

    requests.submit(correction.request_id, by=cast.owner)

    mail = Mail.objects.get(key__startswith="request-back")
    assert (mail.to, mail.language) == ("reception@example.com", "zh-hans")
    assert "补正后已重新提交" in mail.subject
    assert f"/admin/enterprises/servicerequest/{correction.request_id}/change/" in mail.body
    assert "未修改" in mail.body


def test_an_officer_who_left_is_not_told(cast):
    correction = returned(cast)
    cast.reception.is_active = False
    cast.reception.save()

    requests.submit(correction.request_id, by=cast.owner)

    assert not Mail.objects.filter(key__startswith="request-back").exists()


def test_handing_in_twice_tells_the_officer_once(cast):
    correction = returned(cast)

    requests.submit(correction.request_id, by=cast.owner)
    requests.submit(correction.request_id, by=cast.owner)

    assert Mail.objects.filter(key__startswith="request-back").count() == 1


def test_more_time_moves_the_deadline_and_tells_the_company(cast):
    correction = returned(cast, days=5)

    corrections.extend(correction.request_id, days=20, by=cast.reviewer)
    corrections.extend(correction.request_id, days=20, by=cast.reviewer)

    correction.refresh_from_db()
    assert correction.days_left == 20
    assert Mail.objects.filter(key__startswith="request-extended").count() == 1
    assert correction.request.events.filter(verb="extend").count() == 1


def test_a_deadline_is_never_moved_nearer(cast):
    correction = returned(cast, days=20)

    with pytest.raises(Refusal):
        corrections.extend(correction.request_id, days=5, by=cast.reception)


@pytest.mark.parametrize("who", ["auditor", "head", "owner"])
def test_only_handlers_give_more_time(cast, who):
    correction = returned(cast)

    with pytest.raises(PermissionDenied):
        corrections.extend(correction.request_id, days=20, by=getattr(cast, who))


@pytest.mark.parametrize("state", [S.SUBMITTED, S.ACCEPTED, S.APPROVED, S.WITHDRAWN])
def test_there_is_no_more_time_where_nothing_is_asked(cast, request_in, state):
    with pytest.raises(NotNow):
        corrections.extend(request_in(state).pk, days=20, by=cast.reception)


def test_a_reason_in_use_cannot_be_deleted(cast):
    reason = kept()
    returned(cast, Item("papers", kept=reason))

    with pytest.raises(ProtectedError):
        reason.delete()
