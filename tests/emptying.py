"""Leaves the database after a transactional test as it was before, faster than Django's flush does.

Flush empties every table and then makes all content types, rights and roles anew, for each such test; the portal has many
tables, and a test fills few of them. The texts of letters that come with the portal are written anew.
"""

from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from enterprises.invitations import first_words

# Made by the migrations and by nobody else.
STANDING = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


def empty_used_tables(test: TransactionTestCase) -> None:
    """Take the place of `TransactionTestCase._fixture_teardown`."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in _tables())
        )
        used = ", ".join(table for (table,) in cursor.fetchall())
        if used:
            cursor.execute(f"TRUNCATE {used} CASCADE")
    first_words.ensure()


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed} - STANDING)
