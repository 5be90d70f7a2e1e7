"""What the beat calls, and when, by the clock of Shenyang. Letters to people are written by day."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep": {"task": "core.sweep", "schedule": 60.0, "options": {"expires": 50}},
    "remind-companies": {
        "task": "enterprises.remind",
        "schedule": crontab(minute="7", hour="7-20"),
        "options": {"expires": 50 * 60},
    },
    "forget-notices": {
        "task": "accounts.forget_notices",
        "schedule": crontab(minute="40", hour="3,15"),
        "options": {"expires": 60 * 60},
    },
    # Deletes what is kept no longer, and fills seats that have come free by any way.
    "tend-sign-ups": {
        "task": "delegations.tend_sign_ups",
        "schedule": crontab(minute="25"),
        "options": {"expires": 50 * 60},
    },
    "clear-sessions": {"task": "core.clear_sessions", "schedule": 60.0 * 60 * 6, "options": {"expires": 60 * 60}},
    # Each hour of the day, and once a day for each officer: a beat that was away in the morning writes at noon.
    "remind": {
        "task": "accounts.remind",
        "schedule": crontab(minute="10", hour="7-20"),
        "options": {"expires": 50 * 60},
    },
}
