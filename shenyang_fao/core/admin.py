"""The foundation in the back office: background work, mail, short messages, published figures; the audit trail stands in `admin_audit`."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import outbox, sms
from shenyang_fao.core.admin_audit import AuditEntryAdmin, ViewRecordAdmin
from shenyang_fao.core.admin_base import (
    BackOfficeAdmin,
    BilingualAdmin,
    DoorsAdmin,
    ReadOnlyAdmin,
    do,
    moment,
    signed_in,
    tag,
)
from shenyang_fao.core.admin_forms import CheckedForm
from shenyang_fao.core.admin_imports import ExportRecordAdmin, ImportJobAdmin
from shenyang_fao.core.enums import CountryGroupKind, PromiseState
from shenyang_fao.core.models import (
    AuditEntry,
    CountryGroup,
    ExportRecord,
    ImportJob,
    Mail,
    Promise,
    PublishedFigure,
    Sms,
    ViewRecord,
)
from shenyang_fao.core.redirects import way_back

admin.site.register(AuditEntry, AuditEntryAdmin)
admin.site.register(ViewRecord, ViewRecordAdmin)
admin.site.register(ImportJob, ImportJobAdmin)
admin.site.register(ExportRecord, ExportRecordAdmin)

TONES = {PromiseState.WAITING: "warn", PromiseState.DONE: "ok", PromiseState.FAILED: "stop"}
_RANK = Case(
    When(state=PromiseState.FAILED, then=Value(0)),
    When(state=PromiseState.WAITING, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


class WorkFilter(admin.SimpleListFilter):
    title = _("work")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, outbox.title_of(kind)) for kind in outbox.kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Promise]) -> QuerySet[Promise]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Promise)
class PromiseAdmin(DoorsAdmin):
    """What runs behind the pages. Failed work stands first and waits for somebody to press the button."""

    list_display = ["work", "record", "state_tag", "attempts", "made", "done"]
    list_filter = ["state", WorkFilter]
    search_fields = ["=subject_id"]
    search_help_text = _("Number of the record")
    fields = ["work", "record", "state_tag", "attempts", "error", "made_at", "due_at", "done_at"]
    ordering = [_RANK.asc(), "-pk"]
    change_form_outer_before_template = "admin/core/promise/retry.html"  # type: ignore[assignment]

    def get_urls(self) -> list[URLPattern]:
        return [self.door("<int:pk>/retry/", self.retry, "retry"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_retry = request.user.has_perm("core.retry_promise")
        context = {"may_retry": may_retry, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def retry(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let failed work be tried again."""
        promise = self.seen(request, pk)
        if not request.user.has_perm("core.retry_promise"):
            raise PermissionDenied
        do(request, lambda: outbox.retry(promise.pk, by=signed_in(request)), _("The work will be tried again."))
        return redirect(way_back(request, otherwise=reverse("admin:core_promise_changelist")))

    @admin.display(description=_("work"), ordering="kind")
    def work(self, promise: Promise) -> str:
        return outbox.title_of(promise.kind)

    @admin.display(description=_("record"), ordering="subject_id")
    def record(self, promise: Promise) -> int:
        return promise.subject_id

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, promise: Promise) -> str:
        return tag(promise.get_state_display(), TONES[PromiseState(promise.state)])

    @admin.display(description=_("made at"), ordering="made_at")
    def made(self, promise: Promise) -> str:
        return moment(promise.made_at)

    @admin.display(description=_("done at"), ordering="done_at")
    def done(self, promise: Promise) -> str:
        return moment(promise.done_at)


class WrittenAdmin(ReadOnlyAdmin):
    """What both kinds of message share."""

    @admin.display(description=_("written at"), ordering="made_at")
    def made(self, message: Mail | Sms) -> str:
        return moment(message.made_at)

    @admin.display(description=_("sent at"), ordering="sent_at")
    def sent_tag(self, message: Mail | Sms) -> Any:
        return moment(message.sent_at) if message.sent_at else tag(_("not sent yet"), "warn")


@admin.register(Mail)
class MailAdmin(WrittenAdmin):
    """What was written to people, and whether it has left."""

    list_display = ["subject", "recipient", "language", "made", "sent_tag"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter), "language", "made_at"]
    search_fields = ["to", "subject"]
    search_help_text = _("Address or subject")
    fields = ["recipient", "language", "subject", "text", "made_at", "sent_at"]

    @admin.display(description=_("recipient"), ordering="to")
    def recipient(self, mail: Mail) -> str:
        return mail.to

    @admin.display(description=_("text"))
    def text(self, mail: Mail) -> str:
        return linebreaksbr(mail.body)


@admin.register(Sms)
class SmsAdmin(WrittenAdmin):
    """The same for mobile phones; of their numbers no more is shown than tells them apart."""

    list_display = ["text", "recipient", "language", "made", "sent_tag"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter), "language", "made_at"]
    search_fields = ["text"]
    fields = ["recipient", "language", "text", "made_at", "sent_at"]

    @admin.display(description=_("recipient"))
    def recipient(self, message: Sms) -> str:
        return sms.masked(message.number)


class CountryGroupForm(CheckedForm):
    places: ClassVar[dict[str, str]] = {
        "country_once_in_a_group": "country",
        "country_group_days_in_order": "until",
    }


@admin.register(CountryGroup)
class CountryGroupAdmin(BackOfficeAdmin):
    """Who belongs to which group, with the source. Belt and Road has no public list: officers keep it here."""

    form = CountryGroupForm
    list_display = ["country_text", "group", "since", "until", "note"]
    list_filter = ["group"]
    fields = ["group", "country", ("since", "until"), "note", "source"]
    list_before_template = "admin/core/country_groups.html"  # type: ignore[assignment]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        is_empty = not CountryGroup.objects.filter(group=CountryGroupKind.BELT_AND_ROAD).exists()
        return super().changelist_view(request, {"belt_and_road_is_empty": is_empty} | (extra_context or {}))

    @admin.display(description=_("country or region"), ordering="country")
    def country_text(self, member: CountryGroup) -> str:
        return member.country_name


@admin.register(PublishedFigure)
class PublishedFigureAdmin(BilingualAdmin):
    """Figures as they were published, each with its date and source."""

    list_display = ["label_zh_hans", "label_en", "value", "unit", "as_of"]
    search_fields = ["label_zh_hans", "label_en", "key"]
    fields = [("label_zh_hans", "label_en"), ("value", "unit", "as_of"), "source"]
