"""Takes several management commands in one process: starting Django once saves seconds for each.

The one module here that loads Django. It is run as a process of its own and imported by nothing.
"""

import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from shenyang_fao.embedded import steps


def main(labels: list[str]) -> None:
    """Take the steps of these names, say each before and how long it took after, and remember it even when a later one fails."""
    _start_django()
    for step in steps.STEPS:
        if step.label in labels:
            _take(step)
    if not settings.EMBEDDED:
        for line in lacking():
            print(f"  still to do: {line}", flush=True)


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenyang_fao.settings")
    try:
        with _said("loading the portal"):
            django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"  {error}")


def _take(step: steps.Step) -> None:
    with _said(step.label), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - the null device
        call_command(*shlex.split(step.command), stdout=nowhere)
        steps.mark_done(step)


@contextmanager
def _said(label: str) -> Iterator[None]:
    """Say what is done now, and behind it how long it took."""
    started = time.monotonic()
    print(f"  {label:<24}", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"{time.monotonic() - started:5.1f} s", flush=True)


def lacking() -> Iterator[str]:
    """What keeps a portal on somebody else's database from working in earnest, a line each."""
    for message in run_checks(include_deployment_checks=True):
        if str(message.id).startswith("fao."):
            yield " ".join(filter(None, (message.msg, message.hint)))
    if not get_user_model().objects.filter(is_staff=True, is_active=True).exists():
        yield "Nobody can enter the back office. Make the first officer: .venv/bin/python manage.py createsuperuser"


if __name__ == "__main__":
    main(sys.argv[1:])
