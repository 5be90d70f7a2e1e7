"""Celery's door of the accounts."""

from celery import shared_task

from shenyang_fao.accounts import notices


@shared_task(name="accounts.forget_notices")
def forget_notices() -> int:
    """Delete the notices that have been kept long enough; return how many."""
    return notices.forget()
