"""The sign-ups in the back office: the list of an event, and the buttons on it."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from delegations.events import sign_up_desk, sign_up_doors, sign_up_exports
from delegations.events.enums import SignUpState
from delegations.events.forgetting import counts
from delegations.events.models import Event
from delegations.events.sign_up_desk_forms import ReasonForm
from delegations.events.signups import EventInvitation, SignUp
from shenyang_fao.core.admin_base import DIGITS_AT_MOST, DoorsAdmin, do_asked, moment, signed_in, tag
from shenyang_fao.core.enums import ExportFormat
from shenyang_fao.core.fields import blind_index
from shenyang_fao.core.kept import take_typing

TONES = {SignUpState.CONFIRMED: "ok", SignUpState.WAITING: "warn", SignUpState.CANCELLED: "stop"}
# Names are stored encrypted: so many are opened to look for one.
NAMES_AT_MOST = 5000


def state_tag(row: SignUp) -> SafeString:
    """Return the state of a sign-up as a label."""
    state = SignUpState(row.state)
    return tag(state.label, TONES[state])


class CameFilter(admin.SimpleListFilter):
    title = _("came")
    parameter_name = "came"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(attended_at__isnull=self.value() == "no") if self.value() in ("yes", "no") else queryset


@admin.register(SignUp)
class SignUpAdmin(DoorsAdmin):
    """Filtered by an event, its counts and its buttons stand above the list."""

    list_display = ["person", "organisation", "event_name", "state_text", "seat", "made", "came"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter), "state", CameFilter]
    list_select_related = ["event"]
    list_before_template = "admin/delegations/sign_up_bar.html"  # type: ignore[assignment]
    search_fields = ["organisation"]
    search_help_text = _("Name, whole e-mail address or organisation")
    ordering = ["-event__starts_on", "event", "state", "seat", "made_at", "pk"]

    def get_urls(self) -> list[URLPattern]:
        of_event = "event/<int:event>/"
        return [
            self.door("door/<uuid:key>/", partial(sign_up_doors.door, self), "door", reads=True),
            self.door(f"{of_event}door/", partial(sign_up_doors.stand_at, self), "stand_at"),
            self.door(f"{of_event}add/", partial(sign_up_doors.add, self), "by_hand", reads=True),
            self.door(f"{of_event}invite/", partial(sign_up_doors.invite, self), "invite", reads=True),
            self.door(f"{of_event}badges.pdf", partial(sign_up_exports.badges, self), "badges", reads=True),
            self.door(f"{of_event}export/<str:form>/", partial(sign_up_exports.export, self), "export", reads=True),
            self.door("<int:pk>/call-off/", partial(self.step, sign_up_desk.call_off), "call_off", reads=True),
            self.door("<int:pk>/move-up/", partial(self.step, sign_up_desk.move_up), "move_up", reads=True),
            *super().get_urls(),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search organisations in the database, whole addresses by their index, names by opening them."""
        found, may_double = super().get_search_results(request, queryset, search_term)
        wanted = search_term.strip().casefold()
        if not wanted:
            return found, may_double
        named = [row.pk for row in queryset.order_by()[:NAMES_AT_MOST] if wanted in row.name.casefold()]
        also = queryset.filter(pk__in=named) | queryset.filter(email_index=blind_index(wanted))
        return (found | also).distinct(), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        event = _asked_event(request)
        context: dict[str, Any] = {"event": event, "exports": ExportFormat.choices}
        if event is not None:
            invited = EventInvitation.objects.filter(event=event)
            context |= {"counts": counts(event), "invited": invited.count(), "may_change": may_change(request)}
            context["answered"] = invited.filter(sign_up__isnull=False).count()
            context["is_at_door"] = request.session.get(sign_up_doors.AT_DOOR) == event.pk
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.show(request, self.seen(request, object_id))

    def show(self, request: HttpRequest, row: SignUp, form: ReasonForm | None = None) -> HttpResponse:
        """Answer with the page of a sign-up."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": row.name,
            "row": row,
            "state_tag": state_tag(row),
            "letters": row.letters.all(),
            "may_change": may_change(request),
            "reason_form": form or ReasonForm(),
        }
        response = TemplateResponse(request, "admin/delegations/sign_up.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def step(self, action: Any, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel a sign-up or move it up, with the reason that was typed."""
        row = self.seen(request, pk)
        form = ReasonForm(request.POST if request.method == "POST" else take_typing(request))

        def work() -> object:
            return action(row.pk, reason=form.cleaned_data["reason"], by=signed_in(request))

        if do_asked(request, form, work, _("Done; the person is written to where something changed.")):
            return redirect("admin:delegations_signup_change", row.pk)
        if not form.is_bound:
            return redirect("admin:delegations_signup_change", row.pk)
        return self.show(request, SignUp.objects.select_related("event").get(pk=row.pk), form)

    @admin.display(description=pgettext_lazy("person", "name"))
    def person(self, row: SignUp) -> str:
        return row.name

    @admin.display(description=_("event"), ordering="event__starts_on")
    def event_name(self, row: SignUp) -> str:
        return str(row.event)

    @admin.display(description=_("state"), ordering="state")
    def state_text(self, row: SignUp) -> str:
        return state_tag(row)

    @admin.display(description=_("signed up at"), ordering="made_at")
    def made(self, row: SignUp) -> str:
        return moment(row.made_at)

    @admin.display(description=_("came at"), ordering="attended_at")
    def came(self, row: SignUp) -> str:
        return moment(row.attended_at)


def may_change(request: HttpRequest) -> bool:
    """Tell whether somebody may do more than look."""
    return bool(request.user.has_perm(sign_up_desk.CHANGE))


def _asked_event(request: HttpRequest) -> Event | None:
    asked = request.GET.get("event__id__exact", "")
    if not asked.isdecimal() or len(asked) > DIGITS_AT_MOST:
        return None
    return Event.objects.filter(pk=asked).first()
