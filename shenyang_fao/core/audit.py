"""Who changed what: one append-only table, fed by a trigger on every governed table, so that no path escapes.

The actor travels in a transaction-local setting. A change without an actor was made by the system itself.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pgtrigger
from django.db import connection, transaction

from shenyang_fao.core.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")


def trigger() -> pgtrigger.Trigger:
    """Return the trigger that a governed model carries in ``Meta.triggers``."""
    return pgtrigger.Trigger(
        name="audit",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="PERFORM fao_audit(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL;",
    )


def sign(by: Actor | None) -> None:
    """Name the actor of the current transaction; ``None`` is the system.

    Raises TransactionManagementError outside a transaction: the name would not reach the change.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A change is signed inside a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fao.actor', %s, true)", [str(by.pk) if by else ""])


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a writing function in one transaction, signed by its keyword argument ``by``."""

    @functools.wraps(function)
    def signed(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            sign(kwargs.get("by"))  # type: ignore[arg-type]
            return function(*args, **kwargs)

    return signed
