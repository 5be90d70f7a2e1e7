"""The letters' texts in the back office: versions, who wrote and who released them, and how a letter in these words looks."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from enterprises.actions.moves import HANDLERS
from enterprises.admin import tags
from enterprises.admin.template_forms import CaseForm, ReleaseForm, WordingForm, rows_of
from enterprises.invitations import preview, versions
from enterprises.invitations.enums import DocumentType, TemplateState
from enterprises.invitations.wording import PLACEHOLDERS
from enterprises.kinds import kind_of
from enterprises.models import LetterTemplate, ServiceRequest
from shenyang_fao.core import files
from shenyang_fao.core.admin_base import DoorsAdmin, do, do_asked, moment, signed_in
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import typed_in

# One page's address; the pictures of it are asked for by the page itself.
MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png"}


@admin.register(LetterTemplate)
class LetterTemplateAdmin(DoorsAdmin):
    """Every version of every document, the newest first."""

    list_display = ["name", "state_tag", "in_force_from", "layout", "writer", "releaser", "changed"]
    list_filter = ["document_type", "state"]
    list_select_related = ["written_by", "released_by"]
    change_list_template = "admin/enterprises/template/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[LetterTemplate]:
        return LetterTemplate.objects.select_related("written_by", "released_by", "retired_by")

    def get_urls(self) -> list[URLPattern]:
        doors: list[tuple[str, Callable[..., HttpResponse], str, bool]] = [
            ("begin/<slug:document_type>/", self.begin, "begin", False),
            ("<int:pk>/write/", self.write, "write", True),
            ("<int:pk>/discard/", self.discard, "discard", False),
            ("<int:pk>/release/", self.release, "release", True),
            ("<int:pk>/retire/", self.retire, "retire", False),
            ("<int:pk>/preview.<slug:form>", self.preview, "preview", True),
        ]
        return [*(self.door(route, view, name, reads=reads) for route, view, name, reads in doors), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        may_write = signed_in(request).has_perm(versions.WRITE)
        documents = DocumentType.choices if may_write else []
        return super().changelist_view(request, (extra_context or {}) | {"documents": documents})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._show(request, self.seen(request, object_id))

    def begin(self, request: HttpRequest, document_type: str) -> HttpResponse:
        """Begin the next version of a document as a copy of the newest."""
        if document_type not in DocumentType.values:
            raise Http404
        made: list[LetterTemplate] = []
        done = do(request, lambda: made.append(versions.begin(DocumentType(document_type), by=signed_in(request))))
        if not done:
            return redirect("admin:enterprises_lettertemplate_changelist")
        return redirect("admin:enterprises_lettertemplate_change", made[0].pk)

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the texts of one's own draft."""
        template = self.seen(request, pk)
        form = WordingForm(typed_in(request), template=template)

        def work() -> None:
            versions.write(pk, answers=form.cleaned_data, by=signed_in(request))

        if do_asked(request, form, work, _("The texts are saved.")):
            return _back(pk)
        return self._show(request, template, wording=form)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw one's own draft away."""
        self.seen(request, pk)
        if do(request, lambda: versions.discard(pk, by=signed_in(request)), _("The draft is discarded.")):
            return redirect("admin:enterprises_lettertemplate_changelist")
        return _back(pk)

    def release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put somebody else's version in force."""
        template, form = self.seen(request, pk), ReleaseForm(typed_in(request))

        def work() -> None:
            versions.release(pk, **form.cleaned_data, by=signed_in(request))

        if do_asked(request, form, work, _("The version is released.")):
            return _back(pk)
        return self._show(request, template, release=form)

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a released version out."""
        self.seen(request, pk)
        do(request, lambda: versions.retire(pk, by=signed_in(request)), _("The version is retired."))
        return _back(pk)

    def preview(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """Show a letter in these words as PDF or as a picture of its first page; of a real case it is recorded.

        What is sent along is typed and not saved: the letter is shown in those words, and nothing is kept.
        """
        template = self.seen(request, pk)
        if form not in MEDIA_TYPES:
            raise Http404
        if request.method == "POST":
            typed = WordingForm(request.POST, template=template)
            if not typed.is_valid():
                return self._show(request, template, wording=typed)
            for name, text in typed.cleaned_data.items():
                setattr(template, name, text)
        try:
            content = self._specimen(request, template, form)
        except Refusal as refusal:
            return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
        return HttpResponse(content, content_type=MEDIA_TYPES[form], headers={"Cache-Control": "private, no-store"})

    def _specimen(self, request: HttpRequest, template: LetterTemplate, form: Any) -> bytes:
        number = request.GET.get("case", "").strip()
        if not number:
            return preview.of_sample(template, with_gaps="gaps" in request.GET, form=form)
        officer = signed_in(request)
        if not any(map(officer.has_perm, HANDLERS)):
            raise PermissionDenied
        case = get_object_or_404(ServiceRequest.objects.visible_to(officer), number=number)
        for file in kind_of(case).desk.disclosed(case):
            files.record_view(file, by=officer)
        return preview.of_case(template, case, form=form)

    def _show(
        self, request: HttpRequest, template: LetterTemplate, *, wording: Any = None, release: Any = None
    ) -> HttpResponse:
        officer, query = signed_in(request), _query(request)
        is_own = template.written_by_id == officer.pk
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": template,
            "title": template,
            "template": template,
            "state_tag": tags.template_state(template),
            "wording_form": wording or WordingForm(template=template),
            "rows": rows_of(wording or WordingForm(template=template)),
            "release_form": release or ReleaseForm(initial={"in_force_from": timezone.localdate()}),
            "placeholders": PLACEHOLDERS,
            "may_write": template.is_draft and is_own and officer.has_perm(versions.WRITE),
            "may_release": template.is_draft and not is_own and officer.has_perm(versions.RELEASE),
            "is_own": is_own,
            "may_retire": template.state == TemplateState.RELEASED and officer.has_perm(versions.RELEASE),
            "may_see_cases": any(map(officer.has_perm, HANDLERS)),
            "case_form": CaseForm(request.GET if query else None),
            "query": query,
            "letters": template.letters.count(),
        }
        return TemplateResponse(request, "admin/enterprises/template/change.html", context)

    @admin.display(description=_("letter template"), ordering="document_type")
    def name(self, template: LetterTemplate) -> str:
        return str(template)

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, template: LetterTemplate) -> str:
        return tags.template_state(template)

    @admin.display(description=_("written by"), ordering="written_by")
    def writer(self, template: LetterTemplate) -> str:
        return str(template.written_by or _("comes with the portal"))

    @admin.display(description=_("released by"), ordering="released_by")
    def releaser(self, template: LetterTemplate) -> str:
        return str(template.released_by or "–")

    @admin.display(description=_("written at"), ordering="written_at")
    def changed(self, template: LetterTemplate) -> str:
        return moment(template.written_at)


def _query(request: HttpRequest) -> str:
    """What is asked of the preview, for the addresses of picture and PDF."""
    asked = {name: request.GET[name] for name in ("case", "gaps") if request.GET.get(name)}
    return f"?{urlencode(asked)}" if asked else ""


def _back(pk: int) -> HttpResponse:
    return redirect("admin:enterprises_lettertemplate_change", pk)
