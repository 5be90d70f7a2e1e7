import pytest
from django.contrib.auth.models import AnonymousUser

from enterprises.enums import RequestState
from enterprises.models import Company, Letter, Membership, Paper, ServiceRequest
from tests.cast import bring_to, complete_invitation, person

S = RequestState
OFFICERS = ("reception", "reviewer", "approver", "auditor")
MODELS = (Company, ServiceRequest, Paper, Letter)


@pytest.fixture
def rows(cast):
    """A draft, and a request that was signed off, both the owner's."""
    draft = complete_invitation(cast.company, by=cast.owner, invitees=1)
    approved = bring_to(S.APPROVED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    return {"draft": draft, "approved": approved}


def test_a_member_sees_the_company_s_requests_drafts_too(cast, rows):
    assert set(ServiceRequest.objects.visible_to(cast.owner)) == set(rows.values())


@pytest.mark.parametrize("who", OFFICERS)
def test_an_officer_sees_what_was_handed_in(cast, rows, who):
    assert list(ServiceRequest.objects.visible_to(getattr(cast, who))) == [rows["approved"]]


@pytest.mark.parametrize("who", OFFICERS)
def test_an_officer_sees_the_papers_of_what_was_handed_in(cast, rows, who):
    found = Paper.objects.visible_to(getattr(cast, who))

    assert {paper.request for paper in found} == {rows["approved"]}


@pytest.mark.parametrize("who", OFFICERS)
def test_an_officer_sees_every_company(cast, who):
    assert set(Company.objects.visible_to(getattr(cast, who))) == {cast.company, cast.other_company}


def test_a_member_sees_the_own_company_only(cast):
    assert list(Company.objects.visible_to(cast.owner)) == [cast.company]


def test_a_member_sees_the_own_letters(cast, rows):
    assert list(Letter.objects.visible_to(cast.owner)) == list(rows["approved"].letters.all())


@pytest.mark.parametrize("model", [ServiceRequest, Paper, Letter])
def test_another_company_sees_nothing(cast, rows, model):
    assert not model.objects.visible_to(cast.outsider).exists()


@pytest.mark.parametrize("model", MODELS)
def test_somebody_without_a_company_sees_nothing(cast, rows, model):
    assert not model.objects.visible_to(person("nobody@example.com")).exists()


@pytest.mark.parametrize("model", MODELS)
def test_a_visitor_sees_nothing_not_even_of_a_company_without_members(cast, rows, model):
    Membership.objects.all().delete()

    assert not model.objects.visible_to(AnonymousUser()).exists()


def test_an_officer_who_left_sees_nothing(cast, rows):
    cast.reviewer.is_active = False

    assert not ServiceRequest.objects.visible_to(cast.reviewer).exists()


def test_what_waits_for_the_office_is_found(cast, request_in):
    waiting = [request_in(state) for state in (S.SUBMITTED, S.ACCEPTED, S.REVIEWED)]
    request_in(S.RETURNED)

    assert set(ServiceRequest.objects.running()) == set(waiting)


def test_what_waits_for_the_company_is_found(cast, request_in):
    request_in(S.SUBMITTED)
    returned = request_in(S.RETURNED)

    assert list(ServiceRequest.objects.waiting_for_company()) == [returned]
