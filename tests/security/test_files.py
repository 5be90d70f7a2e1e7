"""Private files behind their keys: the same file may stand in two records, and each opens it to the right people."""

import pytest
from django.urls import reverse

from enterprises.invitations import amending
from enterprises.models import Paper
from shenyang_fao.core.models import ViewRecord
from tests.enterprises.closed import issued

pytestmark = pytest.mark.django_db
DOORS = ("enterprises:paper", "admin:enterprises_servicerequest_paper")


@pytest.fixture
def shared(cast):
    """A paper that an issued request and its amendment hold both, in the amendment."""
    copy = amending.amend(issued(cast).pk, by=cast.owner)
    return copy.papers.filter(part=None).first()


@pytest.mark.parametrize(("who", "door"), [("owner", DOORS[0]), ("reviewer", DOORS[0]), ("reviewer", DOORS[1])])
def test_a_paper_that_two_requests_hold_opens_and_is_recorded_once(as_, cast, shared, who, door):
    answer = as_(getattr(cast, who)).get(reverse(door, args=[shared.file.key]))
    assert (answer.status_code, ViewRecord.objects.filter(file=shared.file).count()) == (200, 1)


def test_a_paper_that_two_requests_hold_is_taken_out_of_the_one_that_may_be_changed(as_, cast, shared):
    as_(cast.owner).post(reverse("enterprises:paper_remove", args=[shared.file.key]))
    assert list(Paper.objects.filter(file=shared.file).values_list("request", flat=True)) == [shared.request.amends_id]


def test_a_paper_that_two_requests_hold_opens_to_no_other_company(as_, cast, shared):
    pages = [reverse(name, args=[shared.file.key]) for name in ("enterprises:paper", "enterprises:paper_remove")]
    assert [as_(cast.outsider).get(page).status_code for page in pages] == [404, 404]
