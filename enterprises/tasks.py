"""Celery's door to what the calendar asks for."""

from celery import shared_task

from enterprises import reminders


@shared_task(name="enterprises.remind")
def remind() -> None:
    """Send the reminders that are due, let lapse what is too late, report due decisions."""
    reminders.run()
