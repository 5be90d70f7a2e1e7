"""The rules of official trips against the trips worked by hand (`trip_cases`), and what must hold for every trip."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from delegations.trips.enums import Companion, Finding
from delegations.trips.itinerary import Leg, days_abroad
from delegations.trips.limits import limits_of
from delegations.trips.rules import Mission, Verdict, verdicts
from tests.delegations.trip_cases import CASES, Case, day

LIMITS = limits_of({})
PLACES = ("JP", "DE", "BR", "KE", "US", "HK")


def worked(case: Case) -> dict[str, Verdict]:
    return {verdict.rule: verdict for verdict in verdicts(case.mission, limits_of(case.limits))}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rules_say_what_was_worked_by_hand(case):
    found = worked(case)

    assert {name: verdict.finding for name, verdict in found.items() if verdict.finding != Finding.PASS} == case.says
    assert {name: {key: found[name].saw[key] for key in numbers} for name, numbers in case.saw.items()} == case.saw


def test_there_are_enough_cases_and_each_rule_has_some():
    assert len({case.name for case in CASES}) == len(CASES) >= 60
    assert {name for case in CASES for name in case.says} == set(worked(CASES[0]))


def test_days_count_both_ends_and_a_return_before_the_departure_is_an_error():
    assert days_abroad(day("2028-02-28"), day("2028-03-01")) == 3
    with pytest.raises(ValueError, match="before the departure"):
        days_abroad(day("04-14"), day("04-13"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_reason_names_its_numbers_in_both_languages(language):
    with override(language):
        refused = [
            (verdict.reason, verdict.saw)
            for case in CASES
            for verdict in worked(case).values()
            if verdict.rule in {"people", "days", "countries"} and verdict.finding == Finding.REFUSE
        ]

    silent = [reason for reason, saw in refused if saw.get("people") != 0 and str(saw["limit"]) not in reason]
    assert (len(refused) > 20, silent) == (True, [])


@st.composite
def missions(draw) -> Mission:
    """A trip of stays that follow one another, with everything else in order."""
    left = on = day("2026-04-13")
    legs = []
    for country in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        until = on + timedelta(days=draw(st.integers(0, 6)))
        legs.append(Leg(country, on, until))
        on = until
    back = on + timedelta(days=draw(st.integers(0, 2)))
    return Mission(
        leaves_on=left,
        returns_on=back,
        legs=tuple(legs),
        companions=(Companion.HEAD, *(Companion.MEMBER,) * draw(st.integers(0, 8))),
        has_poor_flights=draw(st.booleans()),
        inviter="Host",
        inviter_country=legs[0].country,
        has_invitation=True,
        has_route=True,
        budget=True,
        budget_source=True,
        noticed_on=day("2026-03-09"),
        files_on=day("2026-03-17"),
    )


def is_allowed(mission: Mission) -> bool:
    return all(verdict.finding != Finding.REFUSE for verdict in verdicts(mission, LIMITS))


@given(missions(), st.integers(1, 5))
def test_more_people_or_more_days_never_turn_a_refusal_into_a_pass(mission, more):
    crowded = replace(mission, companions=(*mission.companions, *(Companion.MEMBER,) * more))
    longer = replace(mission, returns_on=mission.returns_on + timedelta(days=more))

    assert is_allowed(mission) or not (is_allowed(crowded) or is_allowed(longer))


@given(missions(), st.sampled_from(("IT", "EG", "CL")), st.integers(3, 6))
def test_a_country_more_with_the_days_it_brings_never_turns_a_refusal_into_a_pass(mission, country, days):
    """A country more raises the days by three at the most, so a stay of three days or longer gains nothing."""
    start = mission.returns_on
    end = start + timedelta(days=days)
    further = replace(mission, legs=(*mission.legs, Leg(country, start, end)), returns_on=end)

    assert is_allowed(mission) or not is_allowed(further)
