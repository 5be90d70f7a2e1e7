"""What officers say about a picture; without both languages it is not released."""

import pytest
from django.db import IntegrityError, transaction

from shenyang_fao.core.models import AuditEntry, Picture
from shenyang_fao.core.pictures import actions
from tests.core.pictures.albums import described


def test_an_officers_words_are_signed(editor):
    picture = described(editor, caption_zh_hans="沈阳故宫", caption_en="The palace", credit="Li Wei", taken_year=2021)

    entry = AuditEntry.objects.filter(table="core_picture", row=str(picture.pk), operation="UPDATE").last()
    assert entry.actor_id == editor.pk
    assert (picture.caption_en, picture.credit, picture.taken_year) == ("The palace", "Li Wei", 2021)


@pytest.mark.parametrize("words", [{"alt_en": ""}, {"alt_zh_hans": ""}, {"alt_zh_hans": None}])
def test_a_picture_described_in_one_language_is_kept_but_not_released(editor, words):
    picture = described(editor, **words)

    assert not picture.is_released
    assert list(Picture.objects.undescribed()) == [picture]


@pytest.mark.parametrize("words", [{"alt_en": ""}, {"alt_zh_hans": ""}, {"alt_en": None}])
def test_the_database_releases_no_picture_without_both_descriptions(editor, words):
    picture = described(editor)

    with pytest.raises(IntegrityError, match="picture_released_with_description"), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**words)


def test_a_described_picture_may_be_held_back(editor, public):
    picture = described(editor)
    public.append(picture.pk)

    actions.describe(picture.pk, words={}, is_released=False, by=editor)

    assert not Picture.objects.public().exists()
