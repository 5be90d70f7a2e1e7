"""Celery's doors to what the calendar asks for."""

from celery import shared_task

from delegations.events import forgetting


@shared_task(name="delegations.tend_sign_ups")
def tend_sign_ups() -> tuple[int, int]:
    """Forget who took part long ago, fill seats that have come free; return how many events of each."""
    return forgetting.tend()
