"""``manage.py load_facts``: load the sourced records of ``facts/``; running it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from shenyang_fao.core.facts import loaders


class Command(BaseCommand):
    help = "Load the sourced records of facts/ (safe to repeat)."

    def handle(self, *args: object, **options: object) -> None:
        for name, load in loaders.items():
            with transaction.atomic():
                report = load(settings.FACTS_DIR)
            self.stdout.write(f"{name}: {report}")
