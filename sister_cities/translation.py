"""Which fields of the register are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from sister_cities.models import City


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("zh-hans", "en")
