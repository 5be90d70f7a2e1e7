"""Which fields of the trips are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from delegations.trips.models import Trip, TripLeg, TripMember

BOTH = ("zh-hans", "en")


@register(Trip)
class TripTranslation(TranslationOptions):
    fields = ("name", "purpose", "inviter", "inviter_about", "execution", "report")
    required_languages = {"zh-hans": ("name", "purpose"), "en": ("name", "purpose")}


@register(TripMember)
class TripMemberTranslation(TranslationOptions):
    fields = ("name", "unit", "post")


@register(TripLeg)
class TripLegTranslation(TranslationOptions):
    fields = ("city", "agenda")
