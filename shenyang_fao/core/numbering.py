"""Numbers without gaps: a counter row, locked until the transaction that took the number ends."""

from django.db import connection, transaction

_TAKE = """
    INSERT INTO core_counter (series, year, value) VALUES (%s, %s, 1)
    ON CONFLICT (series, year) DO UPDATE SET value = core_counter.value + 1
    RETURNING value
"""


def next_number(series: str, year: int) -> int:
    """Take the next number of a series in a year, from 1.

    The row stays locked until the caller's transaction ends, and a rollback gives the number back.
    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside the transaction that uses it.")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series, year])
        return int(cursor.fetchone()[0])
