"""``manage.py demo``: demonstration sign-ins for a machine that brings its own database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shenyang_fao.portal import demonstration


class Command(BaseCommand):
    help = "Make the demonstration people and their company (embedded mode only; safe to repeat)."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.EMBEDDED:
            raise CommandError("DATABASE_URL is set: demonstration people belong to the embedded mode only.")
        made = demonstration.make()
        self.stdout.write("sign-ins made" if made else "sign-ins exist", ending="\n")
        self.stdout.write(f"they are written in {demonstration.sign_ins_file().name}")
