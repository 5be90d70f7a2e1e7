"""Which of this app's fields are written in both languages: what the bilingual letter prints."""

from modeltranslation.translator import TranslationOptions, register

from enterprises.models import Company, Invitation


@register(Company)
class CompanyTranslation(TranslationOptions):
    fields = ("name", "address")


@register(Invitation)
class InvitationTranslation(TranslationOptions):
    fields = ("reason", "relation", "places")
