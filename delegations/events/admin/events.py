"""Events in the back office: the list, and a page with the next steps of each."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from delegations.events import actions
from delegations.events.admin import tags
from delegations.events.admin.filters import WhenFilter, YearFilter
from delegations.events.admin.forms import EventForm
from delegations.events.admin.parts import PARTS
from delegations.events.delivery_admin import DeliveryInline
from delegations.events.enums import EventState
from delegations.events.models import Event, EventDocument
from delegations.state_doors import Said, StateDoors
from shenyang_fao.core import admin_tags, files
from shenyang_fao.core.admin_base import DIGITS_AT_MOST, BilingualAdmin, signed_in

# What changes by its button only; a form that was opened earlier leaves it alone.
BY_BUTTON = frozenset({"state", "is_public", "published_at"})
# What a button says, by the state it leads to.
VERBS = {
    EventState.PLANNED: _("Back to planning"),
    EventState.ANNOUNCED: _("Announce"),
    EventState.HELD: _("It was held"),
    EventState.CANCELLED: _("Cancel the event"),
}


@admin.register(Event)
class EventAdmin(BilingualAdmin, StateDoors):  # type: ignore[misc]  # the bases' stubs disagree
    states, acts = EventState, actions
    said = Said(_("The event is now “%(state)s”."), _("The event is public."), _("The event is no longer public."))
    form = EventForm
    list_display = ["name_text", "starts", "kind", "series", "state_tag", "grade_tag", "public_tag"]
    list_filter = [WhenFilter, "state", "kind", YearFilter, ("series", admin.RelatedOnlyFieldListFilter), "is_public"]
    list_select_related = ["series"]
    search_fields = ["name_zh_hans", "name_en", "slug", "venue_zh_hans", "venue_en"]
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["series", "partners", "units"]
    fields = [
        ("name_zh_hans", "name_en"),
        ("slug", "kind"),
        "state",
        ("series", "edition"),
        ("starts", "ends_on"),
        ("starts_time", "ends_time"),
        ("venue_zh_hans", "venue_en"),
        ("address_zh_hans", "address_en"),
        ("hosts_zh_hans", "hosts_en"),
        ("partners", "units"),
        ("summary_zh_hans", "summary_en"),
        ("sign_up", "capacity"),
        "sign_up_until",
        ("recruits_until", "booths"),
        "source",
        "source_grade",
        "note",
    ]
    inlines = [*PARTS, DeliveryInline]
    change_form_outer_before_template = "admin/delegations/event_state.html"  # type: ignore[assignment]

    def get_urls(self) -> list[URLPattern]:
        return [
            *self.state_urls(),
            self.door("<int:pk>/documents/<uuid:key>/", self.document, "document", reads=True),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A new event may be one that was held long ago; later its state changes by the buttons."""
        return ["state"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("series")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        return super().changeform_view(
            request, object_id, form_url, _standing(request, object_id) | (extra_context or {})
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        columns = {field.name for field in self.opts.concrete_fields if not field.primary_key} - BY_BUTTON
        actions.correct_event(obj, columns=sorted(columns), by=signed_in(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Store the parts; a document's file is stored with it, and one that no document names any more is deleted."""
        before = actions.papers_of(form.instance)
        super().save_formset(request, form, formset, change)
        actions.forget(before - actions.papers_of(form.instance))
        uploads = [part for part in formset.forms if part.cleaned_data.get("upload")]
        for part in uploads:
            if part.instance.pk:
                actions.file_document(part.instance.pk, paper=part.cleaned_data["upload"], by=signed_in(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete_event(obj.pk, by=signed_in(request))

    def document(self, request: HttpRequest, pk: int, key: Any) -> HttpResponse:
        """Open the file of a document; who opened it is recorded."""
        found = get_object_or_404(
            EventDocument.objects.select_related("file"), event=self.seen(request, pk), file__key=key
        )
        if found.file is None:
            raise Http404
        return files.hand_out(found.file, by=signed_in(request))

    @admin.display(description=_("event"), ordering="name")
    def name_text(self, event: Event) -> str:
        return str(event)

    @admin.display(description=_("date"), ordering="starts_on")
    def starts(self, event: Event) -> str:
        return event.starts_text or "–"

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, event: Event) -> SafeString:
        return tags.state(event.state)

    @admin.display(description=_("source"), ordering="source_grade")
    def grade_tag(self, event: Event) -> SafeString:
        return admin_tags.grade(event)

    @admin.display(description=_("public"), ordering="is_public")
    def public_tag(self, event: Event) -> SafeString:
        return admin_tags.public(event)


def _standing(request: HttpRequest, object_id: str | None) -> dict[str, object]:
    """Return what the page shows above the form; nothing for an event that is not there."""
    if object_id is None or not object_id.isdecimal() or len(object_id) > DIGITS_AT_MOST:
        return {}
    event = Event.objects.filter(pk=object_id).first()
    if event is None:
        return {}
    return {
        "event": event,
        "state_tag": tags.state(event.state),
        "public_tag": admin_tags.public(event),
        "steps": [(state.value, VERBS[state]) for state in actions.next_states(event)],
        "obstacles": [] if event.is_public else actions.obstacles(event),
        "may_change": signed_in(request).has_perm(actions.MAY_CHANGE),
    }
