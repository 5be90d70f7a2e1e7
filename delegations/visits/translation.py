"""Which fields of the visits are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from delegations.visits.models import Member, Resource, Stop, Visit, VisitOutcome

BOTH = ("zh-hans", "en")


@register(Visit)
class VisitTranslation(TranslationOptions):
    fields = ("name", "city", "head", "head_title", "hosts", "summary")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Member)
class MemberTranslation(TranslationOptions):
    fields = ("name", "title")


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(Stop)
class StopTranslation(TranslationOptions):
    fields = ("name", "place", "host")
    required_languages = {"zh-hans": ("name", "place"), "en": ("name", "place")}


@register(VisitOutcome)
class VisitOutcomeTranslation(TranslationOptions):
    fields = ("name", "detail")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}
