"""`manage.py messages`: bring the catalogues up to date, check them, or compile them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shenyang_fao.core import catalogues


class Command(BaseCommand):
    """Without an option: write the catalogues anew from the sources."""

    help = "Translation catalogues: update (default), --check, --compile"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the two options."""
        parser.add_argument("--check", action="store_true", help="fail when a string is missing or wrong")
        parser.add_argument("--compile", action="store_true", help="write the .mo files that are out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one thing that was asked for."""
        if options["check"]:
            self._check()
        elif options["compile"]:
            self.stdout.write(f"catalogues compiled: {len(catalogues.compile_all())}")
        else:
            for path in catalogues.catalogue_files():
                self.stdout.write(f"{path.parts[-3]}: {catalogues.update(path)} strings to translate")

    def _check(self) -> None:
        found = [
            f"{path.parts[-3]}: {line}" for path in catalogues.catalogue_files() for line in catalogues.problems(path)
        ]
        if found:
            raise CommandError(
                "\n".join([*found, f"{len(found)} problems; `manage.py messages` updates the catalogue."])
            )
        self.stdout.write("catalogues are complete")
