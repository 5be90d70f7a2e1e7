"""Celery's doors of the foundation: the one that keeps promises, the one that sweeps, the one that tidies up."""

from celery import shared_task
from django.core.management import call_command

from shenyang_fao.core.outbox import keep, sweep

__all__ = ["clear_sessions", "keep", "sweep"]


@shared_task(name="core.clear_sessions")
def clear_sessions() -> None:
    """Delete the sessions that have ended, with what was kept in them."""
    call_command("clearsessions")
