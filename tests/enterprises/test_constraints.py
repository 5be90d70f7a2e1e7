"""What must be true is held by the database: on every path, for everybody."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from enterprises.enums import TRANSITIONS, CompanyState, RequestState
from enterprises.invitations.enums import LetterState
from enterprises.models import Company, Correction, Invitation, Invitee, Letter, Paper, RequestEvent, ServiceRequest
from shenyang_fao.core.models import Mail
from tests.cast import bring_to, picture, work_off

S = RequestState
GRAPH = {(source, target) for sources, target in TRANSITIONS.values() for source in sources}
FULL = {"number": "SYFAO-INV-2026-900001", "submitted_at": timezone.now(), "due_on": timezone.localdate()}


def refused(name: str):
    """The database refuses, naming the rule; what was before stays usable."""
    return pytest.raises(IntegrityError, match=name)


def put(state: RequestState, request: ServiceRequest, **fields) -> None:
    """Put a request into a state without walking there."""
    with pgtrigger.ignore("enterprises.ServiceRequest:state_graph"), transaction.atomic():
        ServiceRequest.objects.filter(pk=request.pk).update(state=state, **fields)


@pytest.fixture
def full_request(cast, invitation_draft):
    """A request with everything that any state asks for."""
    put(S.SUBMITTED, invitation_draft, reviewed_by=cast.reviewer, approved_by=cast.approver, **FULL)
    return invitation_draft


@pytest.fixture
def letter(cast, invitation_draft) -> Letter:
    return bring_to(S.APPROVED, invitation_draft, cast).letters.get()


@pytest.fixture
def issued_letter(letter) -> Letter:
    work_off()
    return Letter.objects.get(pk=letter.pk)


def another(letter: Letter, **fields) -> Letter:
    """A second letter of the same request, written past the actions."""
    same = {name: getattr(letter, name) for name in ("request", "wording", "made_by", "lapses_on")}
    return Letter.objects.create(**(same | {"number": "SYFAO-LTR-2026-900002", "payload": {}} | fields))


def test_the_database_knows_the_transition_table(full_request):
    """Each of the 110 jumps is tried by raw SQL; those of the table pass, all others are refused."""
    passed = set()
    for source in S:
        put(source, full_request)
        for target in set(S) - {source}:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("UPDATE enterprises_servicerequest SET state = %s", [target])
                    passed.add((source, target))
                    raise InterruptedError
            except (Error, InterruptedError):
                continue

    assert passed == GRAPH


def test_a_state_is_never_assigned(invitation_draft):
    with pytest.raises(AttributeError):
        invitation_draft.state = S.ISSUED


@pytest.mark.parametrize("way", ["update", "bulk_update", "sql"])
def test_two_officers_sign_on_every_path(cast, full_request, way):
    with refused("request_two_persons"), transaction.atomic():
        if way == "update":
            ServiceRequest.objects.update(approved_by=cast.reviewer)
        elif way == "bulk_update":
            full_request.approved_by = full_request.reviewed_by = cast.reviewer
            ServiceRequest.objects.bulk_update([full_request], ["approved_by", "reviewed_by"])
        else:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE enterprises_servicerequest SET approved_by_id = reviewed_by_id")


@pytest.mark.parametrize("state", [S.APPROVED, S.ISSUED, S.CLOSED])
@pytest.mark.parametrize("missing", ["reviewed_by", "approved_by"])
def test_a_decision_has_two_officers(full_request, state, missing):
    with refused("request_decided_by_two"), transaction.atomic():
        put(state, full_request, **{missing: None})


@pytest.mark.parametrize("state", [S.APPROVED, S.ISSUED, S.CLOSED])
def test_a_decision_of_two_officers_is_accepted(full_request, state):
    put(state, full_request)

    assert ServiceRequest.objects.get(pk=full_request.pk).state == state


@pytest.mark.parametrize("state", [state for state in S if state not in (S.DRAFT, S.WITHDRAWN)])
@pytest.mark.parametrize("missing", ["number", "submitted_at"])
def test_what_was_handed_in_has_number_and_date(full_request, state, missing):
    with refused("request_submitted_has_number"), transaction.atomic():
        put(state, full_request, **{missing: None})


@pytest.mark.parametrize("state", [S.DRAFT, S.WITHDRAWN])
def test_a_draft_needs_no_number(full_request, state):
    put(state, full_request, number=None, submitted_at=None)

    assert ServiceRequest.objects.get(pk=full_request.pk).number is None


@pytest.mark.parametrize("state", [S.SUBMITTED, S.ACCEPTED, S.REVIEWED])
def test_while_the_clock_runs_there_is_a_due_date(full_request, state):
    with refused("request_running_has_due_date"), transaction.atomic():
        put(state, full_request, due_on=None)


@pytest.mark.parametrize("state", [S.DRAFT, S.RETURNED, S.REFUSED, S.WITHDRAWN, S.LAPSED])
def test_a_clock_that_stands_needs_no_due_date(full_request, state):
    put(state, full_request, due_on=None)

    assert ServiceRequest.objects.get(pk=full_request.pk).due_on is None


def test_an_invented_state_is_refused(full_request):
    with refused("request_state_known"), transaction.atomic():
        put("sleeping", full_request)


def test_a_number_is_given_once(cast, full_request):
    with refused("number"), transaction.atomic():
        ServiceRequest.objects.create(
            kind="invitation", company=cast.company, created_by=cast.owner, number=FULL["number"]
        )


@pytest.mark.parametrize(
    "change", ["UPDATE enterprises_requestevent SET note = 'x'", "DELETE FROM enterprises_requestevent"]
)
def test_the_timeline_cannot_be_changed(cast, request_in, change):
    request_in(S.SUBMITTED)

    with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert RequestEvent.objects.get().verb == "submit"


@pytest.mark.parametrize("column", ["name_zh_hans", "name_en", "address_zh_hans", "address_en"])
@pytest.mark.parametrize("empty", [None, ""])
def test_a_company_has_name_and_address_in_both_languages(cast, column, empty):
    with refused("company_in_both_languages"), transaction.atomic():
        Company.objects.filter(pk=cast.company.pk).update(**{column: empty})


@pytest.mark.parametrize("missing", ["verified_by", "verified_at"])
def test_a_verified_company_was_verified_by_somebody(cast, missing):
    with refused("company_verified_by_somebody"), transaction.atomic():
        Company.objects.filter(pk=cast.company.pk).update(**{missing: None})


@pytest.mark.parametrize("state", [CompanyState.PENDING, CompanyState.RETURNED])
def test_a_company_that_waits_was_verified_by_nobody(cast, state):
    with refused("company_verified_by_somebody"), transaction.atomic():
        Company.objects.filter(pk=cast.company.pk).update(state=state)


def test_a_code_belongs_to_one_company(cast):
    with refused("uscc"), transaction.atomic():
        Company.objects.filter(pk=cast.other_company.pk).update(uscc=cast.company.uscc)


def test_a_person_files_for_one_company(cast):
    with refused("user"), transaction.atomic():
        cast.other_company.memberships.create(user=cast.owner)


@pytest.mark.parametrize("days", [0, 1])
def test_a_visit_may_end_on_the_day_it_begins_or_later(invitation_draft, days):
    arrival = invitation_draft.invitation.arrival_on

    assert Invitation.objects.update(departure_on=arrival + timedelta(days=days)) == 1


def test_a_visit_does_not_end_before_it_begins(invitation_draft):
    arrival = invitation_draft.invitation.arrival_on

    with refused("invitation_leaves_after_arriving"), transaction.atomic():
        Invitation.objects.update(departure_on=arrival - timedelta(days=1))


def test_a_passport_is_in_the_list_once(invitation_draft):
    first, second, *_others = invitation_draft.invitation.invitees.all()
    second.nationality, second.passport_number = first.nationality, f" {first.passport_number.lower()}"

    with refused("invitee_once"), transaction.atomic():
        second.save()


def test_the_same_number_of_another_country_is_another_passport(invitation_draft):
    first, second, *_others = invitation_draft.invitation.invitees.all()
    second.passport_number = first.passport_number
    second.save()

    assert Invitee.objects.count() == 4


def test_a_passport_number_is_unreadable_in_the_database(invitation_draft):
    with connection.cursor() as cursor:
        cursor.execute("SELECT passport_number FROM enterprises_invitee")
        stored = [number for (number,) in cursor.fetchall()]

    assert len(stored) == 4
    assert not {"C01X00T47", "M12345678", "751234567", "X1234567"} & set(stored)


@pytest.mark.parametrize("part", [None, 5])
def test_a_paper_is_filed_once_for_its_place(cast, invitation_draft, part):
    paper = {"request": invitation_draft, "role": "other", "part": part, "filed_by": cast.owner}
    Paper.objects.create(file=picture(), **paper)

    with refused("paper_once"), transaction.atomic():
        Paper.objects.create(file=picture(), **paper)


def test_one_correction_is_open_at_a_time(cast, invitation_draft):
    asked = {"request": invitation_draft, "asked_by": cast.reception, "deadline_on": timezone.localdate()}
    Correction.objects.create(**asked, answered_at=timezone.now())
    Correction.objects.create(**asked)

    with refused("correction_one_open"), transaction.atomic():
        Correction.objects.create(**asked)


def test_one_letter_is_in_force_for_a_request(letter):
    with refused("letter_one_in_force"), transaction.atomic():
        another(letter)


def test_after_a_revocation_there_may_be_another_letter(cast, issued_letter):
    revocation = {"state": LetterState.REVOKED, "revoked_at": timezone.now(), "revoked_by": cast.approver}
    Letter.objects.update(**revocation)

    assert another(issued_letter).pk


def test_a_letter_issued_anew_is_not_signed_off_by_the_reviewer(cast, issued_letter):
    Letter.objects.update(state=LetterState.REVOKED, revoked_at=timezone.now(), revoked_by=cast.approver)

    with pytest.raises(Error, match="did not review"), transaction.atomic():
        another(issued_letter, made_by=cast.reviewer)


@pytest.mark.parametrize("state", [LetterState.PREPARING, LetterState.ISSUED])
def test_a_revoked_letter_never_comes_back(cast, issued_letter, state):
    Letter.objects.update(state=LetterState.REVOKED, revoked_at=timezone.now(), revoked_by=cast.approver)

    with pytest.raises(Error, match="Invalid transition"), transaction.atomic():
        Letter.objects.update(state=state, revoked_at=None, revoked_by=None)


@pytest.mark.parametrize("missing", ["superseded_at", "superseded_by"])
def test_a_superseded_letter_names_the_day_and_the_other(issued_letter, missing):
    whole = {"superseded_at": timezone.now(), "superseded_by": issued_letter}

    with refused("letter_superseded_by_another"), transaction.atomic():
        Letter.objects.update(state=LetterState.SUPERSEDED, **(whole | {missing: None}))


def test_one_request_at_a_time_changes_a_letter(cast, issued_letter):
    own = {"kind": "invitation", "company": cast.company, "created_by": cast.owner, "amends": issued_letter.request}
    ServiceRequest.objects.create(**own)

    with refused("request_one_amendment"), transaction.atomic():
        ServiceRequest.objects.create(**own)


@pytest.mark.parametrize("missing", ["signed", "issued_at", "notice"])
def test_an_issued_letter_is_signed_dated_and_announced(letter, missing):
    mail = Mail.objects.create(key="k", to="a@example.com", language="en", subject="s", body="b")
    whole = {"signed": picture(), "issued_at": timezone.now(), "notice": mail}

    with refused("letter_issued_is_signed"), transaction.atomic():
        Letter.objects.update(state=LetterState.ISSUED, **(whole | {missing: None}))
    assert Letter.objects.update(state=LetterState.ISSUED, **whole) == 1


@pytest.mark.parametrize("missing", ["revoked_at", "revoked_by"])
def test_a_revoked_letter_was_revoked_by_somebody(cast, issued_letter, missing):
    whole = {"revoked_at": timezone.now(), "revoked_by": cast.approver}

    with refused("letter_revoked_by_somebody"), transaction.atomic():
        Letter.objects.update(state=LetterState.REVOKED, **(whole | {missing: None}))
    with refused("letter_revoked_by_somebody"), transaction.atomic():
        Letter.objects.update(**whole)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "SYFAO-LTR-2026-999999"},
        {"code": "0" * 32},
        {"template": "invitation-each-1"},
        {"payload": {}},
        {"lapses_on": timezone.localdate()},
        {"made_at": timezone.now()},
        {"edition": 2},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_signed_off_is_frozen(letter, change):
    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Letter.objects.update(**change)


def test_a_letter_does_not_move_to_another_request(cast, letter):
    other = ServiceRequest.objects.create(kind="invitation", company=cast.company, created_by=cast.owner)

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Letter.objects.update(request=other)


def test_a_letter_cannot_be_deleted(letter):
    with pytest.raises(Error, match="Cannot delete"), transaction.atomic():
        letter.delete()
