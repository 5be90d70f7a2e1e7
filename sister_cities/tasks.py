"""Celery's door of this app."""

from celery import shared_task

from sister_cities import reminders


@shared_task(name="sister_cities.remind")
def remind() -> int:
    """Write today's reminders; called again, it writes nothing new."""
    return reminders.remind()
