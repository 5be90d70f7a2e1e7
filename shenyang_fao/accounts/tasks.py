"""Celery's doors of the accounts."""

from celery import shared_task

from shenyang_fao.accounts import notices, reminders


@shared_task(name="accounts.forget_notices")
def forget_notices() -> int:
    """Delete the notices that have been kept long enough; return how many."""
    return notices.forget()


@shared_task(name="accounts.remind")
def remind() -> int:
    """Write today's reminders to officers; called again, it writes nothing new."""
    return reminders.remind()
