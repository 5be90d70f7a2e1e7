"""Which fields of the events are written in two languages."""

from modeltranslation.translator import TranslationOptions, register

from delegations.events.models import AgendaItem, Delivery, Event, EventDocument, EventOutcome, Series, Speaker

BOTH = ("zh-hans", "en")


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name", "summary")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("name", "venue", "address", "hosts", "summary")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("name", "speaker")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("name", "title")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(EventDocument)
class EventDocumentTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(EventOutcome)
class EventOutcomeTranslation(TranslationOptions):
    fields = ("name", "detail")
    required_languages = {"zh-hans": ("name",), "en": ("name",)}


@register(Delivery)
class DeliveryTranslation(TranslationOptions):
    fields = ("place",)
    required_languages = BOTH
