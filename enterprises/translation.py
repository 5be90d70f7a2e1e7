"""Which of this app's fields are written in both languages: what the bilingual letter prints."""

from modeltranslation.translator import TranslationOptions, register

from enterprises.models import Company, Invitation, KeptReason, LetterTemplate


@register(Company)
class CompanyTranslation(TranslationOptions):
    fields = ("name", "address")


@register(Invitation)
class InvitationTranslation(TranslationOptions):
    fields = ("reason", "relation", "places")


@register(KeptReason)
class KeptReasonTranslation(TranslationOptions):
    fields = ("text", "remedy")
    required_languages = {"zh-hans": ("text",), "en": ("text",)}


@register(LetterTemplate)
class LetterTemplateTranslation(TranslationOptions):
    fields = ("title", "opening", "undertaking", "note")
    required_languages = {"zh-hans": ("title", "opening", "undertaking"), "en": ("title", "opening", "undertaking")}
