"""Refusal: a reason and a remedy, kept or written, that the company reads."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from enterprises.actions import requests
from enterprises.enums import ReasonUse, RequestState
from enterprises.models import RefusalNote
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import Mail
from tests.enterprises.corrected import again, kept

S = RequestState


@pytest.fixture
def reason(db):
    remedies = {"remedy_zh_hans": "可补充材料后另行申请。", "remedy_en": "File a new request with more papers."}
    texts = {"text_zh_hans": "事由不在范围内。", "text_en": "The purpose is not covered."}
    return kept(ReasonUse.REFUSAL, "scope", **texts, **remedies)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["事由不在范围内。", "可补充材料后另行申请。"]),
        ("en", ["The purpose is not covered.", "File a new request with more papers."]),
    ],
)
def test_the_company_reads_kept_words_in_its_language_on_page_and_in_mail(
    client, cast, request_in, reason, language, words
):
    cast.owner.language = language
    cast.owner.save()
    case = request_in(S.SUBMITTED)
    client.force_login(cast.owner)

    requests.refuse(case.pk, kept=reason, reason="See § 3.", by=cast.reception)

    page = client.get(f"/{language}/company/requests/{case.number}/").content.decode()
    mail = Mail.objects.get(key__startswith="request-refused").body
    assert [text for text in [*words, "See § 3."] if text not in page] == []
    assert [text for text in [*words, "See § 3."] if text not in mail] == []


def test_written_words_are_enough(cast, request_in):
    case = request_in(S.REVIEWED)

    requests.refuse(case.pk, reason=" Not covered. ", remedy=" Ask the bureau. ", by=cast.approver)

    note = RefusalNote.objects.get(request=case)
    assert (note.reasons, note.remedies, note.by) == (["Not covered."], ["Ask the bureau."], cast.approver)


@pytest.mark.parametrize(
    "words", [{"reason": "No."}, {"remedy": "File anew."}, {"reason": " ", "remedy": "File anew."}]
)
def test_reason_and_remedy_are_both_needed(cast, request_in, words):
    case = request_in(S.SUBMITTED)

    with pytest.raises(Refusal):
        requests.refuse(case.pk, **words, by=cast.reception)

    assert again(case).state == S.SUBMITTED


@pytest.mark.parametrize("fields", [{"is_active": False}, {"use": ReasonUse.CORRECTION}])
def test_a_reason_not_on_offer_is_refused(cast, request_in, reason, fields):
    for name, value in fields.items():
        setattr(reason, name, value)
    reason.save()

    with pytest.raises(Refusal):
        requests.refuse(request_in(S.SUBMITTED).pk, kept=reason, by=cast.reception)


@pytest.mark.parametrize("who", ["auditor", "head", "owner"])
def test_only_handlers_refuse(cast, request_in, who):
    with pytest.raises(PermissionDenied):
        requests.refuse(request_in(S.SUBMITTED).pk, reason="No.", remedy="Anew.", by=getattr(cast, who))


def test_refusing_twice_is_refusing_once(cast, request_in):
    case = request_in(S.REFUSED)

    with pytest.raises(NotNow):
        requests.refuse(case.pk, reason="No.", remedy="Anew.", by=cast.reception)

    assert case.events.filter(verb="refuse").count() == 1


@pytest.mark.parametrize(("missing", "rule"), [("reason", "refusal_says_why"), ("remedy", "refusal_says_what_now")])
def test_the_database_keeps_no_refusal_without_words(cast, request_in, missing, rule):
    words = {"reason": "No.", "remedy": "Anew."} | {missing: ""}

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        RefusalNote.objects.create(request=request_in(S.SUBMITTED), by=cast.reception, **words)


@pytest.mark.parametrize(
    ("state", "offers"),
    [
        (S.SUBMITTED, True),
        (S.ACCEPTED, True),
        (S.RETURNED, True),
        (S.REVIEWED, True),
        (S.APPROVED, False),
        (S.REFUSED, False),
        (S.WITHDRAWN, False),
        (S.LAPSED, False),
        (S.ISSUED, False),
        (S.CLOSED, False),
    ],
)
def test_withdrawing_is_offered_where_it_works_and_only_there(client, cast, state_made, state, offers):
    case = state_made(state)
    client.force_login(cast.owner)

    page = client.get(reverse("enterprises:request", args=[case.number])).content.decode()
    client.post(reverse("enterprises:withdraw", args=[case.number]))

    assert (reverse("enterprises:withdraw", args=[case.number]) in page) == offers
    assert (again(case).state == S.WITHDRAWN) == (offers or state == S.WITHDRAWN)


def test_a_draft_is_discarded_on_its_own_page(client, cast, request_in):
    case = request_in(S.DRAFT)
    client.force_login(cast.owner)

    page = client.get(reverse("enterprises:check", args=[case.key])).content.decode()
    client.post(reverse("enterprises:discard", args=[case.key]))

    assert reverse("enterprises:discard", args=[case.key]) in page
    assert again(case).state == S.WITHDRAWN
