from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenyang_fao.core import workdays

PUBLISHED = st.dates(date(2019, 1, 1), date(2026, 12, 1))
ANY_DAY = st.dates(date(2000, 1, 1), date(2090, 1, 1))
FEW = st.integers(0, 40)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2025, 1, 26), True),  # Sunday made up for the Spring Festival
        (date(2025, 1, 28), False),  # eve of the Spring Festival, a Tuesday
        (date(2025, 4, 4), False),  # Qingming, a Friday
        (date(2025, 9, 28), True),  # Sunday made up for the National Day
        (date(2025, 10, 8), False),  # last day of the National Day, a Wednesday
        (date(2025, 10, 11), True),  # Saturday made up
        (date(2026, 1, 1), False),
        (date(2026, 2, 14), True),  # Saturday made up for the Spring Festival
        (date(2026, 2, 17), False),  # Spring Festival, a Tuesday
        (date(2026, 6, 19), False),  # Dragon Boat Festival, a Friday
        (date(2026, 7, 15), True),  # a plain Wednesday
        (date(2026, 7, 18), False),  # a plain Saturday
    ],
)
def test_holidays_and_made_up_days_follow_the_yearly_notice(day, is_working):
    assert workdays.is_working_day(day) is is_working


def test_a_term_over_the_national_day_leaps_the_holiday_and_counts_the_made_up_day():
    assert workdays.add_working_days(date(2025, 9, 26), 5) == date(2025, 10, 10)


def test_the_day_of_receipt_does_not_count():
    assert workdays.add_working_days(date(2026, 7, 13), 5) == date(2026, 7, 20)


def test_a_term_received_on_a_free_day_starts_with_the_next_working_day():
    assert workdays.add_working_days(date(2026, 7, 18), 1) == date(2026, 7, 20)


def test_a_term_of_no_days_ends_on_the_day_itself():
    assert workdays.add_working_days(date(2026, 7, 18), 0) == date(2026, 7, 18)


def test_a_negative_term_is_refused():
    with pytest.raises(ValueError, match="negative"):
        workdays.add_working_days(date(2026, 7, 13), -1)


def test_a_year_without_a_notice_is_called_provisional():
    assert workdays.is_published(date(2026, 10, 1)) is True
    assert workdays.is_published(date(2089, 10, 1)) is False


def test_a_year_without_a_notice_counts_monday_to_friday():
    week = [date(2089, 10, 3) + timedelta(days=n) for n in range(7)]  # Monday to Sunday, with the National Day's week

    assert [workdays.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


@given(start=ANY_DAY, days=st.integers(1, 40))
def test_a_term_ends_on_a_working_day(start, days):
    assert workdays.is_working_day(workdays.add_working_days(start, days))


@given(start=ANY_DAY, days=FEW)
def test_counting_undoes_adding(start, days):
    assert workdays.working_days_between(start, workdays.add_working_days(start, days)) == days


@given(start=PUBLISHED, first=FEW, second=FEW)
def test_two_terms_after_each_other_are_one_long_term(start, first, second):
    middle = workdays.add_working_days(start, first)

    assert workdays.add_working_days(middle, second) == workdays.add_working_days(start, first + second)


@given(start=PUBLISHED, end=PUBLISHED.map(lambda day: day))
def test_counting_backwards_is_negative(start, end):
    end = start + (end - start) % timedelta(days=60)

    assert workdays.working_days_between(end, start) == -workdays.working_days_between(start, end)
