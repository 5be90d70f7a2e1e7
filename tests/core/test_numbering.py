import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from shenyang_fao.core.models import Counter
from shenyang_fao.core.numbering import next_number

THREADS = 20


def in_threads(work):
    """Run a function so many times at once, each on its own connection."""

    def alone(_index):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(alone, range(THREADS)))


def take_properly():
    with transaction.atomic():
        return next_number("INV", 2026)


def take_without_a_lock():
    """What looks right and is not: read, add one, write."""
    with transaction.atomic():
        counter = Counter.objects.get(series="INV", year=2026)
        time.sleep(0.01)
        Counter.objects.filter(series="INV", year=2026).update(value=counter.value + 1)
        return counter.value + 1


def test_a_series_starts_at_one_and_counts_on(db):
    assert [next_number("INV", 2026) for _ in range(3)] == [1, 2, 3]


def test_each_series_and_each_year_counts_alone(db):
    next_number("INV", 2026)

    assert (next_number("LTR", 2026), next_number("INV", 2027)) == (1, 1)


def test_a_number_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(transaction.TransactionManagementError, match="inside the transaction"):
        next_number("INV", 2026)


def test_a_rollback_gives_the_number_back(db):
    with transaction.atomic():
        next_number("INV", 2026)
        transaction.set_rollback(True)

    assert next_number("INV", 2026) == 1


def test_twenty_at_once_get_twenty_numbers_without_a_gap(transactional_db):
    assert sorted(in_threads(take_properly)) == list(range(1, THREADS + 1))


def test_the_race_is_real_without_the_lock(transactional_db):
    """The positive control of the test above: the same threads without the lock do collide."""
    Counter.objects.create(series="INV", year=2026, value=0)

    assert len(set(in_threads(take_without_a_lock))) < THREADS
