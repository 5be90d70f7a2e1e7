"""``manage.py generate --scale N --ties M``: so many demonstration companies, with requests in every state, and partners more."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from shenyang_fao.portal import generation, invented_ties, invented_trips


class Command(BaseCommand):
    help = "Make synthetic companies, requests, partners and ties (embedded mode only); each run adds to what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=10, help="companies to add (default: 10)")
        parser.add_argument(
            "--ties", type=int, default=0, help="partners with a tie, a plan and a link to add (default: 0)"
        )
        parser.add_argument("--trips", type=int, default=0, help="official trips to add (default: 0)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same data (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = options["scale"]
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL is set: synthetic data belong to the embedded mode only.")
        if min(options["ties"], options["trips"]) < 0:
            raise CommandError("--ties and --trips have to be 0 or more.")
        if scale < 1 and not (scale == 0 and (options["ties"] or options["trips"])):
            raise CommandError("--scale has to be 1 or more; with --ties or --trips it may be 0.")
        try:
            connection.ensure_connection()
        except OperationalError:
            raise CommandError("The database does not answer: `make run` starts it; then try again.") from None
        for done, company in enumerate(generation.generate(scale, seed=options["seed"]), start=1):
            self._progress(f"{done} of {scale}: {company}", is_last=done == scale)
        for done, partner in enumerate(invented_ties.generate(options["ties"], seed=options["seed"]), start=1):
            self._progress(f"{done} of {options['ties']}: {partner}", is_last=done == options["ties"])
        for done, trip in enumerate(invented_trips.generate(options["trips"], seed=options["seed"]), start=1):
            self._progress(f"{done} of {options['trips']}: {trip}", is_last=done == options["trips"])

    def _progress(self, line: str, *, is_last: bool) -> None:
        """One line that is written over on a terminal, a line each in a file."""
        is_written_over = self.stdout.isatty() and not is_last
        self.stdout.write(f"{line:<72}", ending="\r" if is_written_over else "\n")
        self.stdout.flush()
