"""`manage.py bench [name ...]`: shows speed and memory; it measures, it does not judge."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import autodiscover_modules

from shenyang_fao.core.benchmarks import BENCHMARKS


class Command(BaseCommand):
    help = "Measure speed and memory: all benchmarks, or those named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("bench")
        chosen: list[str] = options["names"] or list(BENCHMARKS)
        unknown = [name for name in chosen if name not in BENCHMARKS]
        if unknown:
            raise CommandError(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
        for name in chosen:
            for line in BENCHMARKS[name]():
                self.stdout.write(f"{name}: {line}")
