import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy, override

from shenyang_fao.core.bilingual import pair
from shenyang_fao.core.models import PublishedFigure

FIGURE = {
    "key": "countries", "label_zh_hans": "国家", "label_en": "countries", "value": "43", "as_of": "2022-10", "source": "seed",
}  # fmt: skip


def test_a_text_in_both_languages_is_accepted(db):
    assert PublishedFigure.objects.create(**FIGURE).pk


@pytest.mark.parametrize("column", ["label_zh_hans", "label_en"])
@pytest.mark.parametrize("missing", [None, ""])
def test_a_text_that_lacks_a_language_is_refused_by_the_database(db, column, missing):
    figure = PublishedFigure.objects.create(**FIGURE)

    with pytest.raises(IntegrityError, match="figure_in_both_languages"), transaction.atomic():
        PublishedFigure.objects.filter(pk=figure.pk).update(**{column: missing})


@pytest.mark.parametrize(("language", "label"), [("zh-hans", "国家"), ("en", "countries")])
def test_a_reader_gets_the_text_in_the_language_of_the_page(db, language, label):
    PublishedFigure.objects.create(**FIGURE)

    with override(language):
        assert PublishedFigure.objects.get().label == label


def test_a_pair_holds_a_translation_in_both_languages():
    assert pair(gettext_lazy("Monday")) == {"zh": "星期一", "en": "Monday"}


def test_a_pair_asks_a_function_once_in_each_language():
    assert pair(lambda: str(get_language())) == {"zh": "zh-hans", "en": "en"}


def test_a_pair_leaves_the_reader_s_language_alone():
    with override("en"):
        pair("x")
        assert get_language() == "en"
