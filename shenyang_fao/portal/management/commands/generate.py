"""``manage.py generate --scale N``: so many demonstration companies more, with requests in every state."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from shenyang_fao.portal import generation


class Command(BaseCommand):
    help = "Make synthetic companies and requests (embedded mode only); each run adds as many as --scale says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=10, help="companies to add (default: 10)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same data (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = options["scale"]
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL is set: synthetic data belong to the embedded mode only.")
        if scale < 1:
            raise CommandError("--scale has to be 1 or more.")
        try:
            connection.ensure_connection()
        except OperationalError:
            raise CommandError("The database does not answer: `make run` starts it; then try again.") from None
        for done, company in enumerate(generation.generate(scale, seed=options["seed"]), start=1):
            self._progress(f"{done} of {scale}: {company}", is_last=done == scale)

    def _progress(self, line: str, *, is_last: bool) -> None:
        """One line that is written over on a terminal, a line each in a file."""
        is_written_over = self.stdout.isatty() and not is_last
        self.stdout.write(f"{line:<72}", ending="\r" if is_written_over else "\n")
        self.stdout.flush()
