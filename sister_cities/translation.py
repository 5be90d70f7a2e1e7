"""Which fields of the register are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from sister_cities.models import (
    Agreement,
    Award,
    CounterpartLink,
    Edition,
    Exchange,
    Film,
    LinkActivity,
    Partner,
    Plan,
    PlanAction,
    Programme,
)

BOTH = ("zh-hans", "en")


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ("name", "profile")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Agreement)
class AgreementTranslation(TranslationOptions):
    fields = ("name", "signatories", "summary")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Award)
class AwardTranslation(TranslationOptions):
    fields = ("name", "body")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("name", "summary")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Plan)
class PlanTranslation(TranslationOptions):
    fields = ("objectives", "summary")


@register(PlanAction)
class PlanActionTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(CounterpartLink)
class CounterpartLinkTranslation(TranslationOptions):
    fields = ("foreign", "agreement")
    required_languages = {"zh-hans": ("foreign",), "en": ("foreign",)}


@register(LinkActivity)
class LinkActivityTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(Exchange)
class ExchangeTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ("name", "summary")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Film)
class FilmTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH
