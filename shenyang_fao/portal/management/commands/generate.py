"""``manage.py generate --scale N --ties M --visits K``: so many demonstration companies, with requests in every state, partners and visits more."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from shenyang_fao.portal import generation, invented_ties, invented_visits


class Command(BaseCommand):
    help = "Make synthetic companies, requests, partners and ties (embedded mode only); each run adds to what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=10, help="companies to add (default: 10)")
        parser.add_argument(
            "--ties", type=int, default=0, help="partners with a tie, a plan and a link to add (default: 0)"
        )
        parser.add_argument("--visits", type=int, default=0, help="inbound visits to add (default: 0)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same data (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = options["scale"]
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL is set: synthetic data belong to the embedded mode only.")
        others = (options["ties"], options["visits"])
        if scale < 1 and not (scale == 0 and max(others) > 0):
            raise CommandError("--scale has to be 1 or more; with --ties or --visits it may be 0.")
        if min(others) < 0:
            raise CommandError("--ties and --visits have to be 0 or more.")
        try:
            connection.ensure_connection()
        except OperationalError:
            raise CommandError("The database does not answer: `make run` starts it; then try again.") from None
        seed = options["seed"]
        self._count(scale, generation.generate(scale, seed=seed))
        self._count(options["ties"], invented_ties.generate(options["ties"], seed=seed))
        self._count(options["visits"], invented_visits.generate(options["visits"], seed=seed))

    def _count(self, scale: int, made: Iterable[object]) -> None:
        for done, record in enumerate(made, start=1):
            self._progress(f"{done} of {scale}: {record}", is_last=done == scale)

    def _progress(self, line: str, *, is_last: bool) -> None:
        """One line that is written over on a terminal, a line each in a file."""
        is_written_over = self.stdout.isatty() and not is_last
        self.stdout.write(f"{line:<72}", ending="\r" if is_written_over else "\n")
        self.stdout.flush()
