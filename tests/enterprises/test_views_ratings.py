"""The rating on the company's page of a request, and what officers see of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enterprises.actions import ratings
from enterprises.enums import RequestState
from enterprises.figures import satisfaction
from enterprises.models import Company, Rating, ServiceRequest
from shenyang_fao.core.ratings import Level
from tests.cast import draft, leave
from tests.enterprises.guided import text_of

S = RequestState
LIST = reverse("admin:enterprises_rating_changelist")
FIGURES = reverse("admin:enterprises_servicerequest_figures")


@pytest.fixture
def refused(request_in):
    return request_in(S.REFUSED)


@pytest.fixture
def owner(client, cast):
    client.force_login(cast.owner)
    return client


def door(case, name="rating"):
    return reverse(f"enterprises:{name}", args=[case.number])


def page_of(case):
    return reverse("enterprises:request", args=[case.number])


def case_page(case):
    return reverse("admin:enterprises_servicerequest_change", args=[case.pk])


def follow_up(case):
    return reverse("admin:enterprises_servicerequest_follow_up", args=[case.pk])


@pytest.mark.parametrize(
    ("language", "words", "level", "given"),
    [
        ("zh-hans", "您对本次服务的满意程度", "基本满意", "您的服务评价"),
        ("en", "Your satisfaction with this service", "Fairly satisfied", "Your rating of the service"),
    ],
)
def test_the_ended_request_asks_and_then_shows_what_was_given(owner, refused, language, words, level, given):
    page = f"/{language}/company/requests/{refused.number}/"

    asked = text_of(owner.get(page))
    answer = owner.post(f"{page}rating/", {"level": "3", "comment": "Friendly <b>people</b>."})
    shown = owner.get(page).content.decode()

    assert [words in asked, level in asked] == [True, True]
    assert answer.url == f"{page}#rating"
    assert [text in shown for text in (given, level, "Friendly &lt;b&gt;people", words)] == [True, True, True, False]


def test_a_request_under_way_does_not_ask(owner, request_in):
    case = request_in(S.ACCEPTED)

    assert 'name="level"' not in owner.get(page_of(case)).content.decode()
    assert owner.post(door(case), {"level": "5"}).status_code == 302
    assert not Rating.objects.exists()


@pytest.mark.parametrize("level", ["", "0", "6", "-1", "5.0", "\uff15", "excellent"])
def test_a_level_that_is_none_is_asked_for_again(owner, refused, level):
    response = owner.post(door(refused), {"level": level, "comment": "Typed with care."})

    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="error-summary"' in page
    assert "Typed with care." in page
    assert not Rating.objects.exists()


def test_a_comment_too_long_is_refused_and_kept(owner, refused):
    response = owner.post(door(refused), {"level": "2", "comment": "长" * 1001})

    page = response.content.decode()
    assert 'class="error-summary"' in page
    assert "长" * 1001 in page
    assert not Rating.objects.exists()


def test_the_rating_of_another_company_is_not_found(client, cast, refused):
    client.force_login(cast.outsider)

    answers = [client.post(door(refused, name), {"level": "5"}) for name in ("rating", "rating_addition")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_session_that_ended_keeps_what_was_typed(client, cast, refused):
    leave(client, cast.owner)
    client.post(door(refused), {"level": "2", "comment": "Kept."})

    client.force_login(cast.owner)

    page = client.get(door(refused)).content.decode()
    assert "Kept." in page
    assert not Rating.objects.exists()


def test_an_addition_is_made_in_place(owner, cast, refused):
    ratings.rate(refused.pk, level=Level.SATISFIED, by=cast.owner)

    owner.post(door(refused, "rating_addition"), {"addition": "Thanks to all."})

    page = owner.get(page_of(refused)).content.decode()
    assert "Thanks to all." in page
    assert 'name="addition"' not in page


def test_the_head_follows_up_on_the_case_and_others_cannot(client, cast, refused):
    ratings.rate(refused.pk, level=Level.DISSATISFIED, comment="Too slow.", by=cast.owner)
    client.force_login(cast.reception)
    seen = client.get(case_page(refused)).content.decode()
    forbidden = client.post(follow_up(refused), {"answer": "No."})
    client.force_login(cast.head)
    offered = client.get(case_page(refused)).content.decode()
    empty = client.post(follow_up(refused), {"answer": " "})

    client.post(follow_up(refused), {"answer": "Called on Monday; mended."})

    assert ["Too slow." in seen, follow_up(refused) in seen, forbidden.status_code] == [True, False, 403]
    assert [follow_up(refused) in offered, "bo-error" in empty.content.decode()] == [True, True]
    assert Rating.objects.get().answer == "Called on Monday; mended."
    client.force_login(cast.owner)
    assert "Called on Monday; mended." in client.get(page_of(refused)).content.decode()


def test_the_list_finds_what_waits_and_the_start_page_counts_it(client, cast, request_in):
    good, bad = request_in(S.REFUSED), request_in(S.WITHDRAWN)
    ratings.rate(good.pk, level=Level.VERY_SATISFIED, by=cast.owner)
    ratings.rate(bad.pk, level=Level.VERY_DISSATISFIED, by=cast.owner)
    client.force_login(cast.head)

    waiting = client.get(LIST, {"follow_up": "waiting"}).context["cl"].result_list
    start = client.get(reverse("admin:index")).content.decode()

    assert [row.pk for row in waiting] == [bad.pk]
    assert f"{LIST}?follow_up=waiting" in start
    assert client.get(reverse("admin:enterprises_rating_change", args=[bad.pk])).url == f"{case_page(bad)}#rating"


@pytest.mark.parametrize("asked", ["?level=9", "?level=x", "?follow_up=x", "?follow_up=overdue", "?level=2"])
def test_a_filter_nobody_offers_is_no_fault(client, cast, asked):
    client.force_login(cast.auditor)

    assert client.get(LIST + asked).status_code == 200


def test_the_year_is_counted_without_demonstration(client, cast, request_in):
    for level in (Level.VERY_SATISFIED, Level.FAIRLY_SATISFIED, Level.DISSATISFIED):
        ratings.rate(request_in(S.REFUSED).pk, level=level, by=cast.owner)
    year = timezone.localdate().year

    found = satisfaction(year=year)

    assert [found.levels[level] for level in Level] == [1, 0, 1, 1, 0]
    assert (found.total, found.satisfied, round(found.percent or 0)) == (3, 2, 67)
    assert satisfaction(year=year - 1).percent is None
    Company.objects.update(is_demonstration=True)
    assert satisfaction(year=year).total == 0


@pytest.mark.parametrize("address", [LIST, FIGURES])
def test_thirty_ratings_cost_as_much_as_one(client, cast, address):
    client.force_login(cast.head)
    client.get(address)
    counts = []

    for wanted in (1, 3, 30):
        while (made := Rating.objects.count()) < wanted:
            case = draft(cast.company, by=cast.owner)
            ServiceRequest.objects.filter(pk=case.pk).update(number=f"N-{made}", submitted_at=timezone.now())
            day = timezone.localdate() if made % 2 else None
            Rating.objects.create(request=case, level=1 if day else 5, by=cast.owner, due_on=day)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))

    assert counts == [counts[0]] * 3
