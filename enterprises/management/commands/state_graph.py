"""``manage.py state_graph``: draw the journey of a request into docs/architecture.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from enterprises.state_graph import redraw


class Command(BaseCommand):
    help = "Draw the state graph of requests into docs/architecture.md; with --check only tell whether it is right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail when the drawing is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "architecture.md"
        text = page.read_text(encoding="utf-8")
        drawn = redraw(text)
        if options["check"] and drawn != text:
            raise CommandError("The state graph in docs/architecture.md is out of date: run manage.py state_graph.")
        page.write_text(drawn, encoding="utf-8")
