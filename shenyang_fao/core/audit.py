"""Who changed what: one append-only table, fed by a trigger on every governed table, so that no path escapes.

The actor travels in a transaction-local setting. A change without an actor was made by the system itself.
"""

import functools
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar, cast

import pgtrigger
from django.db import connection, transaction

from shenyang_fao.core.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")


def trigger(*, without: Iterable[str] = ()) -> pgtrigger.Trigger:
    """Return the trigger that a governed model carries in ``Meta.triggers``.

    ``without`` names columns whose values the trail must not outlive: personal data that is deleted after its time.
    """
    left_out = ",".join(without)
    old, new = (
        f"to_jsonb({row}) - '{{{left_out}}}'::text[]" if left_out else f"to_jsonb({row})" for row in ("OLD", "NEW")
    )
    return pgtrigger.Trigger(
        name="audit",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"PERFORM fao_audit(TG_TABLE_NAME, TG_OP, {old}, {new}); RETURN NULL;",
    )


def sign(by: Actor | None) -> str:
    """Name the actor of the current transaction, ``None`` for the system; return who was named before.

    Raises TransactionManagementError outside a transaction: the name would not reach the change.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A change is signed inside a transaction.")
    return _hand_pen(str(by.pk) if by else "")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a writing function in one transaction, signed by its keyword argument ``by``.

    Called inside another action it gives the pen back, so that the outer one goes on in its own name.
    """

    @functools.wraps(function)
    def signed(*args: P.args, **kwargs: P.kwargs) -> R:
        is_inner = connection.in_atomic_block
        with transaction.atomic():
            outer = sign(cast("Actor | None", kwargs.get("by")))
            result = function(*args, **kwargs)
            if is_inner:
                _hand_pen(outer)
            return result

    return signed


def _hand_pen(actor: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fao.actor', true), set_config('fao.actor', %s, true)", [actor])
        return cursor.fetchone()[0] or ""
