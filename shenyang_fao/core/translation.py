"""Which of the foundation's fields are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from shenyang_fao.core.models import Picture, PublishedFigure, Unit


@register(PublishedFigure)
class PublishedFigureTranslation(TranslationOptions):
    fields = ("label",)
    required_languages = ("zh-hans", "en")


@register(Unit)
class UnitTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("zh-hans", "en")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption")
    # Where one language is missing, the page says nothing rather than the other language.
    fallback_languages = {"default": ()}
