"""The life of a version of the letters' texts: two persons, one a day, and never changed once released."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from enterprises.enums import RequestState
from enterprises.invitations import versions
from enterprises.invitations.enums import DocumentType, TemplateState
from enterprises.invitations.letter_template import LetterTemplate
from enterprises.models import Letter
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from tests.cast import Cast, bring_to, complete_invitation, officer, work_off

AUTHORISED = DocumentType.AUTHORISED


@pytest.fixture
def draft(cast: Cast) -> LetterTemplate:
    """A draft of the reviewer's."""
    return versions.begin(AUTHORISED, by=cast.reviewer)


def today():
    return timezone.localdate()


def in_force(on=None) -> int:
    found = LetterTemplate.objects.in_force(AUTHORISED, on or today())
    assert found is not None
    return found.version


def test_each_document_comes_with_a_first_version(db):
    assert [LetterTemplate.objects.in_force(kind, today()).version for kind in DocumentType] == [1, 1]


def test_a_new_version_begins_as_a_copy(draft):
    first = LetterTemplate.objects.get(document_type=AUTHORISED, version=1)

    assert (draft.version, draft.texts, draft.state) == (2, first.texts, TemplateState.DRAFT)


def test_another_officer_puts_it_in_force(draft, cast):
    versions.release(draft.pk, in_force_from=today(), by=cast.approver)

    assert in_force() == 2


def test_whoever_wrote_it_does_not(cast):
    own = versions.begin(AUTHORISED, by=cast.approver)

    with pytest.raises(TwoPersonRule):
        versions.release(own.pk, in_force_from=today(), by=cast.approver)


def test_the_database_keeps_the_two_persons_apart(draft, cast):
    with pytest.raises(IntegrityError, match="letter_template_two_persons"), transaction.atomic():
        LetterTemplate.objects.filter(pk=draft.pk).update(
            state="released", in_force_from=today(), released_by=cast.reviewer
        )


@pytest.mark.parametrize("role", ["owner", "reception", "reviewer", "auditor"])
def test_nobody_without_the_right_releases(draft, cast, role):
    with pytest.raises(PermissionDenied):
        versions.release(draft.pk, in_force_from=today(), by=getattr(cast, role))


@pytest.mark.parametrize("role", ["owner", "reception", "auditor"])
def test_nobody_without_the_right_writes(cast, role):
    with pytest.raises(PermissionDenied):
        versions.begin(AUTHORISED, by=getattr(cast, role))


def test_a_draft_is_its_author_s(draft, cast):
    with pytest.raises(Refusal, match="Reviewer"):
        versions.write(draft.pk, answers={"note_en": "x"}, by=cast.approver)


def test_a_text_with_faults_is_not_saved(draft, cast):
    with pytest.raises(Refusal, match="salary"):
        versions.write(draft.pk, answers={"note_en": "{salary}"}, by=cast.reviewer)

    assert LetterTemplate.objects.get(pk=draft.pk).note_en in (None, "")


def test_a_version_begins_on_its_day(draft, cast):
    versions.release(draft.pk, in_force_from=today() + timedelta(days=3), by=cast.approver)

    assert (in_force(), in_force(today() + timedelta(days=3))) == (1, 2)


def test_a_version_does_not_begin_in_the_past(draft, cast):
    with pytest.raises(Refusal):
        versions.release(draft.pk, in_force_from=today() - timedelta(days=1), by=cast.approver)


def test_two_versions_do_not_begin_on_one_day(draft, cast):
    other = versions.begin(AUTHORISED, by=cast.reviewer)
    versions.release(draft.pk, in_force_from=today(), by=cast.approver)

    with pytest.raises(Refusal):
        versions.release(other.pk, in_force_from=today(), by=cast.approver)
    with pytest.raises(IntegrityError, match="letter_template_one_a_day"), transaction.atomic():
        LetterTemplate.objects.filter(pk=other.pk).update(
            state="released", in_force_from=today(), released_by=cast.approver
        )


def test_a_released_version_is_never_written_again(draft, cast):
    versions.release(draft.pk, in_force_from=today(), by=cast.approver)

    with pytest.raises(NotNow):
        versions.write(draft.pk, answers={"note_en": "x"}, by=cast.reviewer)


@pytest.mark.parametrize(
    "change", [{"opening_en": "x"}, {"title_zh_hans": "x"}, {"layout": "each"}, {"in_force_from": None}]
)
def test_the_database_freezes_a_released_version(db, change):
    with pytest.raises(Error), transaction.atomic():
        LetterTemplate.objects.filter(version=1).update(**change)


def test_a_released_version_cannot_be_deleted(db):
    with pytest.raises(Error, match="Cannot delete"), transaction.atomic():
        LetterTemplate.objects.filter(version=1).delete()


def test_a_retired_version_gives_way_to_the_one_before(draft, cast):
    versions.release(draft.pk, in_force_from=today(), by=cast.approver)
    versions.retire(draft.pk, by=cast.approver)

    assert in_force() == 1


def test_the_last_version_cannot_be_retired(cast):
    first = LetterTemplate.objects.get(document_type=AUTHORISED, version=1)

    with pytest.raises(Refusal):
        versions.retire(first.pk, by=cast.approver)


def test_a_discarded_draft_is_gone_and_stays_gone(draft, cast):
    versions.discard(draft.pk, by=cast.reviewer)
    versions.discard(draft.pk, by=cast.reviewer)

    assert not LetterTemplate.objects.filter(pk=draft.pk).exists()


def test_a_letter_pins_its_version_and_keeps_its_words(draft, cast):
    before = complete_invitation(cast.company, by=cast.owner, invitees=1)
    bring_to(RequestState.APPROVED, before, cast)
    versions.write(draft.pk, answers={"note_zh_hans": "新增说明。", "note_en": "A new note."}, by=cast.reviewer)
    versions.release(draft.pk, in_force_from=today(), by=cast.approver)
    after = complete_invitation(cast.company, by=cast.owner, invitees=1)
    bring_to(RequestState.APPROVED, after, cast)
    work_off()

    old, new = Letter.objects.get(request=before), Letter.objects.get(request=after)
    assert (old.wording.version, new.wording.version) == (1, 2)
    assert (old.payload["texts"]["note"]["en"], new.payload["texts"]["note"]["en"]) == (
        [],
        [{"kind": "text", "value": "A new note."}],
    )


def test_the_head_of_the_division_writes_and_releases_but_not_both(cast):
    head = officer("other.head@example.com", Role.HEAD)
    own = versions.begin(AUTHORISED, by=head)

    with pytest.raises(TwoPersonRule):
        versions.release(own.pk, in_force_from=today(), by=head)
