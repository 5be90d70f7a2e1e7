"""The next kind of request is one module and changes nothing: here is one."""

from enum import Enum

import pytest

from enterprises import kinds
from enterprises.actions import requests
from enterprises.actions.requests import NotComplete
from enterprises.enums import RequestState
from enterprises.kinds import Fault, Kind, Step
from enterprises.models import ServiceRequest


class ToyForm:
    def __init__(self, request, data, files) -> None:
        self.request = request


class ToyPapers(Enum):
    SKETCH = "sketch"


@pytest.fixture
def approved() -> list[tuple[str, str]]:
    """What signing off a toy did: its number, and who signed."""
    return []


@pytest.fixture
def toy(monkeypatch, approved) -> Kind:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def faults(request):
        return [] if "sketch" in request.saved_steps else [Fault("sketch", "Draw a sketch.")]

    return kinds.register(
        Kind(
            code="toy",
            prefix="TOY",
            title="Toys",
            summary="A kind that exists in this test only.",
            steps=(Step("sketch", "Sketch", ToyForm),),
            begin=lambda request: None,
            faults=faults,
            approve=lambda request, by: approved.append((request.number, by.email)),
            guide_template="toy/guide.html",
            answers_template="toy/answers.html",
            paper_roles=ToyPapers,
            papers_step="sketch",
        )
    )


@pytest.fixture
def toy_request(cast, toy) -> ServiceRequest:
    request = requests.begin(toy, company=cast.company, by=cast.owner)
    requests.save_step(request.pk, step="sketch", by=cast.owner)
    return request


def test_a_new_kind_is_offered_and_found(toy):
    assert kinds.find("toy") is toy
    assert toy in kinds.all_kinds()


def test_a_kind_that_nobody_registered_is_not_found():
    assert kinds.find("toy") is None


def test_a_new_kind_goes_the_whole_way(cast, toy_request, approved):
    number = requests.submit(toy_request.pk, by=cast.owner).number
    requests.accept(toy_request.pk, by=cast.reception)
    requests.review(toy_request.pk, by=cast.reviewer)
    requests.approve(toy_request.pk, by=cast.approver)

    assert approved == [(number, "approver@example.com")]
    assert ServiceRequest.objects.get(pk=toy_request.pk).state == RequestState.APPROVED


def test_a_new_kind_counts_its_own_numbers(cast, toy_request, invitation_draft):
    requests.submit(invitation_draft.pk, by=cast.owner)

    number = requests.submit(toy_request.pk, by=cast.owner).number

    assert number.startswith("SYFAO-TOY-")
    assert number.endswith("-000001")


def test_a_new_kind_s_own_rules_are_asked(cast, toy):
    request = requests.begin(toy, company=cast.company, by=cast.owner)

    with pytest.raises(NotComplete) as refused:
        requests.submit(request.pk, by=cast.owner)

    assert refused.value.faults == [Fault("sketch", "Draw a sketch.")]


def test_a_sign_off_that_fails_is_no_sign_off(cast, toy_request, monkeypatch, toy):
    def fail(request, by):
        raise ZeroDivisionError

    requests.submit(toy_request.pk, by=cast.owner)
    requests.accept(toy_request.pk, by=cast.reception)
    requests.review(toy_request.pk, by=cast.reviewer)
    monkeypatch.setitem(kinds._kinds, "toy", Kind(**(vars(toy) | {"approve": fail})))

    with pytest.raises(ZeroDivisionError):
        requests.approve(toy_request.pk, by=cast.approver)

    assert ServiceRequest.objects.get(pk=toy_request.pk).state == RequestState.REVIEWED


def test_a_step_is_found_by_its_slug(toy):
    assert toy.step("sketch") is toy.steps[0]
    assert toy.step("invitees") is None


@pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.code)
def test_every_kind_s_faults_point_to_its_own_steps(cast, kind):
    request = requests.begin(kind, company=cast.company, by=cast.owner)

    assert {fault.step for fault in kind.faults(request)} <= {step.slug for step in kind.steps}
