"""What stands on the page of an event: agenda, speakers, documents, outcomes."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline
from unfold.admin import StackedInline

from delegations.events.admin.forms import AgendaForm, AgendaFormSet, DocumentForm, OutcomeForm
from delegations.events.models import AgendaItem, EventDocument, EventOutcome, Speaker
from shenyang_fao.core.admin_base import HouseFields
from shenyang_fao.core.admin_forms import CheckedForm


class Part(HouseFields, StackedInline, TranslationStackedInline):  # type: ignore[type-arg,misc]
    extra = 0


class AgendaPart(Part):
    model = AgendaItem
    form = AgendaForm
    formset = AgendaFormSet
    fields = [("name_zh_hans", "name_en"), "on", ("starts_time", "ends_time"), ("speaker_zh_hans", "speaker_en")]


class SpeakerPart(Part):
    model = Speaker
    form = CheckedForm
    fields = [("name_zh_hans", "name_en"), ("title_zh_hans", "title_en"), "position"]


class DocumentPart(Part):
    """The file is opened through a door that records who opened it."""

    model = EventDocument
    form = DocumentForm
    fields = [("name_zh_hans", "name_en"), ("kind", "is_public"), "url", ("text", "upload")]
    readonly_fields = ["text"]

    @admin.display(description=_("stored file"))
    def text(self, document: Any) -> str:
        if not document.pk or document.file is None:
            return "–"
        link = reverse("admin:delegations_event_document", args=[document.event_id, document.file.key])
        words = '<a class="underline" href="{}" target="_blank" rel="noopener">{}</a>'
        return format_html(words, link, document.file.original_name)


class OutcomePart(Part):
    model = EventOutcome
    form = OutcomeForm
    fields = [
        ("name_zh_hans", "name_en"),
        ("detail_zh_hans", "detail_en"),
        ("kind", "is_public"),
        "partner",
        ("officer", "due_on"),
        ("state", "done_on"),
    ]
    autocomplete_fields = ["partner"]


PARTS: tuple[type[Part], ...] = (AgendaPart, SpeakerPart, DocumentPart, OutcomePart)
