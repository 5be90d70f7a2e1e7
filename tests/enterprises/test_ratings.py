"""A company rates the service it was given, once; bad ratings are answered by somebody who did not handle the case."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.utils import timezone

from enterprises.actions import ratings, requests
from enterprises.enums import RequestState
from enterprises.models import Message, Rating, RequestEvent, ServiceRequest
from enterprises.querysets import ServiceRequestQuerySet
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import NotNow, Refusal, TwoPersonRule
from shenyang_fao.core.models import Mail
from shenyang_fao.core.ratings import Level
from tests.cast import assemble, bring_to, complete_invitation, draft

S = RequestState
WORDS = "The answer came late."


@pytest.fixture
def refused(request_in):
    return request_in(S.REFUSED)


@pytest.fixture
def rated_badly(refused, cast):
    return ratings.rate(refused.pk, level=Level.DISSATISFIED, comment=WORDS, by=cast.owner)


def mails(event):
    return list(Mail.objects.filter(key__startswith=event).order_by("pk").values_list("to", flat=True))


@pytest.mark.parametrize("state", [S.ISSUED, S.REFUSED, S.WITHDRAWN, S.LAPSED])
def test_what_has_ended_is_rated(state_made, cast, state):
    case = state_made(state)

    ratings.rate(case.pk, level=Level.SATISFIED, by=cast.owner)

    assert Rating.objects.values_list("request", "level", "by", "due_on").get() == (case.pk, 4, cast.owner.pk, None)


@pytest.mark.parametrize("state", [S.SUBMITTED, S.RETURNED, S.APPROVED])
def test_what_goes_on_is_not_rated_yet(request_in, cast, state):
    with pytest.raises(NotNow):
        ratings.rate(request_in(state).pk, level=Level.SATISFIED, by=cast.owner)


def test_a_discarded_draft_was_no_service(cast):
    case = draft(cast.company, by=cast.owner)
    requests.withdraw(case.pk, by=cast.owner)

    with pytest.raises(NotNow):
        ratings.rate(case.pk, level=Level.SATISFIED, by=cast.owner)


def test_a_rating_is_given_once_and_the_same_twice_is_one(refused, cast):
    first = ratings.rate(refused.pk, level=Level.SATISFIED, comment=WORDS, by=cast.owner)

    assert ratings.rate(refused.pk, level=Level.SATISFIED, comment=WORDS, by=cast.owner) == first
    with pytest.raises(NotNow):
        ratings.rate(refused.pk, level=Level.VERY_SATISFIED, comment=WORDS, by=cast.owner)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(refused, cast, level):
    with pytest.raises(Refusal):
        ratings.rate(refused.pk, level=level, by=cast.owner)


def test_other_companies_and_officers_rate_nothing(refused, cast):
    for stranger in (cast.outsider, cast.reception):
        with pytest.raises(ServiceRequest.DoesNotExist):
            ratings.rate(refused.pk, level=Level.SATISFIED, by=stranger)


def test_a_bad_rating_is_due_and_each_head_is_told_once(refused, cast, settings, monkeypatch):
    settings.RATING_FOLLOW_UP_WORKING_DAYS = 15
    monkeypatch.setattr(timezone, "localdate", lambda *_moment: date(2026, 4, 29))

    for _press in range(2):
        rating = ratings.rate(refused.pk, level=Level.VERY_DISSATISFIED, by=cast.owner)

    # Labour Day, 1 to 5 May, with 9 May worked in its place.
    assert rating.due_on == date(2026, 5, 22)
    assert mails("rating-given") == [cast.head.email]


def test_the_head_says_what_was_done_and_the_company_reads_it(rated_badly, cast):
    for _press in range(2):
        ratings.follow_up(rated_badly.pk, answer="We called and mended it.", by=cast.head)

    message = Message.objects.get()
    assert (message.is_from_office, message.body.partition("\n\n")[2]) == (True, "We called and mended it.")
    assert mails("request-rating_answered") == [cast.owner.email]
    assert not Rating.objects.to_follow_up().exists()
    with pytest.raises(NotNow):
        ratings.follow_up(rated_badly.pk, answer="Something else.", by=cast.head)


@pytest.mark.parametrize("who", ["reception", "reviewer", "approver", "auditor", "owner"])
def test_only_the_head_answers(rated_badly, cast, who):
    with pytest.raises(PermissionDenied):
        ratings.follow_up(rated_badly.pk, answer="Nonsense.", by=getattr(cast, who))


def test_whoever_handled_the_case_does_not_answer_even_past_the_program(rated_badly, cast):
    cast.reception.add_role(Role.HEAD)
    refuser = User.objects.get(pk=cast.reception.pk)
    fields = {"answer": "All was well.", "answered_by": refuser, "answered_at": timezone.now()}

    with pytest.raises(TwoPersonRule):
        ratings.follow_up(rated_badly.pk, answer="All was well.", by=refuser)
    with pytest.raises(Error, match="did not handle"), transaction.atomic():
        Rating.objects.update(**fields)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"level": 5, "due_on": None}, "frozen"),
        ({"comment": "Nicer."}, "frozen"),
        ({"answer": "Half."}, "follow_up_whole"),
        ({"addition": "Half."}, "addition_whole"),
    ],
)
def test_the_database_keeps_what_was_said(rated_badly, fields, rule):
    with pytest.raises(Error, match=rule if rule != "frozen" else "rating"), transaction.atomic():
        Rating.objects.update(**fields)


def test_one_addition_is_made_and_the_head_reads_it(rated_badly, cast):
    ratings.add(rated_badly.pk, addition="Still not mended.", by=cast.owner)

    assert mails("rating-added") == [cast.head.email]
    with pytest.raises(NotNow):
        ratings.add(rated_badly.pk, addition="And another thing.", by=cast.owner)
    with pytest.raises(Error), transaction.atomic():
        Rating.objects.update(addition="Rewritten.")


@pytest.mark.parametrize("event", ["request-refused", "letter-issued"])
def test_the_mail_at_the_end_leads_to_the_rating(state_made, event):
    case = state_made(S.REFUSED if event == "request-refused" else S.ISSUED)

    mail = Mail.objects.get(key__startswith=event)

    assert f"/en/company/requests/{case.number}/#rating" in mail.body


class Race:
    """Two people of a company press at the same moment."""

    def __init__(self):
        self.cast = assemble()
        self.case = bring_to(
            S.REFUSED, complete_invitation(self.cast.company, by=self.cast.owner, invitees=1), self.cast
        )

    def run(self):
        start, ends = threading.Barrier(2), []

        def press(level):
            try:
                start.wait(5)
                ends.append(ratings.rate(self.case.pk, level=level, by=self.cast.owner))
            except (NotNow, Error) as refusal:
                ends.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=press, args=[level]) for level in (Level.SATISFIED, Level.DISSATISFIED)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return ends


def test_of_two_ratings_at_once_one_stands_and_the_other_is_told_so(transactional_db):
    ends = Race().run()

    assert {type(end) for end in ends} == {Rating, NotNow}
    assert Rating.objects.count() == 1


def test_without_the_lock_the_database_lets_one_stand(transactional_db, monkeypatch):
    race = Race()
    monkeypatch.setattr(ServiceRequestQuerySet, "select_for_update", lambda self, **options: self.all())
    both, create = threading.Barrier(2), Rating.objects.create

    def create_together(**fields):
        both.wait(5)
        return create(**fields)

    monkeypatch.setattr(Rating.objects, "create", create_together)

    ends = race.run()

    assert len([end for end in ends if isinstance(end, Error)]) == 1
    assert Rating.objects.count() == 1


def test_the_lane_a_head_chose_does_not_bar_the_follow_up(rated_badly, cast):
    RequestEvent.objects.create(
        request=rated_badly.request, by=cast.head, verb="hasten", from_state=S.REFUSED, to_state=S.REFUSED
    )

    assert ratings.follow_up(rated_badly.pk, answer="Mended.", by=cast.head).answered_by == cast.head
