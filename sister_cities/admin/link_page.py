"""The page of a counterpart link: its facts, what the two did together, and its contacts for those who keep it."""

from typing import Any

import structlog
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from shenyang_fao.core.admin_base import do_asked, signed_in, tag
from shenyang_fao.core.admin_forms import PartialDateField
from shenyang_fao.core.kept import typed_in
from sister_cities.actions import links as actions
from sister_cities.enums import LinkStage
from sister_cities.models import CounterpartLink

log = structlog.get_logger(__name__)
TONES = {LinkStage.AGREEMENT: "ok", LinkStage.INTENTION: "info"}


class ActivityForm(forms.Form):
    """Something the two institutions did together."""

    on = PartialDateField(label=_("Date"), required=True)
    name_zh_hans = forms.CharField(label=_("Activity in Chinese"), max_length=300, widget=UnfoldAdminTextInputWidget)
    name_en = forms.CharField(label=_("Activity in English"), max_length=300, widget=UnfoldAdminTextInputWidget)
    source = forms.CharField(
        label=_("Source (optional)"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )

    def clean_on(self) -> Any:
        on, precision = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("The date cannot lie in the future."))
        return on, precision


def stage_tag(link: CounterpartLink) -> SafeString:
    stage = LinkStage(link.stage)
    return tag(stage.label, TONES.get(stage, "plain"))


def dormant_tag(link: Any) -> SafeString | str:
    """Return the mark of a link on which nothing has happened for a year; ``is_dormant`` comes from the list's query."""
    return tag(_("dormant"), "warn") if link.is_dormant else ""


def show(
    page: Any, request: HttpRequest, link: Any, form: ActivityForm | None = None, contacts: str = ""
) -> HttpResponse:
    """Answer with the page of a link; contacts only where they were asked for."""
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": link,
        "title": str(link),
        "link": link,
        "stage_tag": stage_tag(link),
        "dormant_tag": dormant_tag(link),
        "activities": link.activities.all(),
        "may_change": page.has_change_permission(request, link),
        "activity_form": form or ActivityForm(),
        "contacts": contacts,
    }
    response = TemplateResponse(request, "admin/sister_cities/link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def record(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Record something the two did together."""
    link = page.seen(request, pk)
    form = ActivityForm(typed_in(request))

    def work() -> None:
        on, precision = form.cleaned_data["on"]
        said = {name: value for name, value in form.cleaned_data.items() if name != "on"}
        actions.record_activity(pk, on=on, precision=precision, **said, by=signed_in(request))

    if do_asked(request, form, work, _("The activity is recorded.")):
        return _back(link)
    return show(page, request, link, form) if form.is_bound else _back(link)


def disclose(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the contacts once, to those who keep the link; who asked for them stands in the log."""
    link = page.seen(request, pk)
    if not page.has_change_permission(request, link):
        raise PermissionDenied
    if request.method != "POST":
        return _back(link)
    note_contacts_shown(request, link)
    return show(page, request, link, contacts=str(link.contacts or _("No contacts are recorded.")))


def note_contacts_shown(request: HttpRequest, link: CounterpartLink) -> None:
    log.info("contacts_shown", link=link.pk, by=signed_in(request).pk)


def _back(link: CounterpartLink) -> HttpResponse:
    return redirect("admin:sister_cities_counterpartlink_change", link.pk)
