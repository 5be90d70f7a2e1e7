"""The office's usual reasons come with the facts."""

from pathlib import Path

from django.conf import settings

from enterprises.enums import ReasonUse
from enterprises.facts import load
from enterprises.models import KeptReason
from shenyang_fao.core.models import AuditEntry

FOLDER = Path(settings.FACTS_DIR)


def test_reasons_for_both_uses_are_on_offer(db):
    load(FOLDER)

    assert KeptReason.objects.offered(ReasonUse.CORRECTION).count() == 12
    assert KeptReason.objects.offered(ReasonUse.REFUSAL).count() == 5


def test_every_refusal_comes_with_a_remedy_in_both_languages(db):
    load(FOLDER)

    refusals = KeptReason.objects.offered(ReasonUse.REFUSAL)
    assert [row.slug for row in refusals if not (row.remedy_zh_hans and row.remedy_en)] == []


def test_loading_again_changes_nothing(db):
    load(FOLDER)
    before = AuditEntry.objects.count()

    load(FOLDER)

    assert AuditEntry.objects.count() == before
