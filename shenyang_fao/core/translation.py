"""Which of the foundation's fields are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from shenyang_fao.core.models import PublishedFigure


@register(PublishedFigure)
class PublishedFigureTranslation(TranslationOptions):
    fields = ("label",)
    required_languages = ("zh-hans", "en")
