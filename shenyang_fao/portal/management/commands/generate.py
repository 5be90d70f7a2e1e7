"""``manage.py generate --scale N --ties M --events K --visits L``: so many demonstration companies and others more."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from shenyang_fao.portal import generation, invented_events, invented_ties, invented_trips, invented_visits

# What is made beside companies, only when asked for: what makes it, and what one of it comes with.
MORE = {
    "ties": (invented_ties.generate, "partners with a tie, a plan and a link"),
    "events": (invented_events.generate, "events with agenda, speaker and follow-up"),
    "trips": (invented_trips.generate, "official trips"),
    "visits": (invented_visits.generate, "inbound visits with a programme and follow-up"),
}


class Command(BaseCommand):
    help = "Make synthetic companies, requests, partners and ties (embedded mode only); each run adds to what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=10, help="companies to add (default: 10)")
        for name, (_generate, what) in MORE.items():
            parser.add_argument(f"--{name}", type=int, default=0, help=f"{what} to add (default: 0)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same data (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = options["scale"]
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL is set: synthetic data belong to the embedded mode only.")
        more = {name: options[name] for name in MORE}
        if wrong := next((name for name, number in more.items() if number < 0), ""):
            raise CommandError(f"--{wrong} has to be 0 or more.")
        if scale < 1 and not (scale == 0 and any(more.values())):
            raise CommandError(f"--scale has to be 1 or more; with --{' or --'.join(MORE)} it may be 0.")
        try:
            connection.ensure_connection()
        except OperationalError:
            raise CommandError("The database does not answer: `make run` starts it; then try again.") from None
        self._show(generation.generate(scale, seed=options["seed"]), scale)
        for name, number in more.items():
            self._show(MORE[name][0](number, seed=options["seed"]), number)

    def _show(self, made: Iterable[object], total: int) -> None:
        for done, record in enumerate(made, start=1):
            self._progress(f"{done} of {total}: {record}", is_last=done == total)

    def _progress(self, line: str, *, is_last: bool) -> None:
        """One line that is written over on a terminal, a line each in a file."""
        is_written_over = self.stdout.isatty() and not is_last
        self.stdout.write(f"{line:<72}", ending="\r" if is_written_over else "\n")
        self.stdout.flush()
