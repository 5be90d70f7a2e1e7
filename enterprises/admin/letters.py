"""Letters in the back office: read only. The frozen content is never loaded; the files open in private."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from enterprises.admin import tags
from enterprises.admin.case_forms import ReissueForm, RevocationForm
from enterprises.admin.case_page import may_retry
from enterprises.invitations import letters
from enterprises.invitations.desk import work_of
from enterprises.invitations.enums import LetterState
from enterprises.models import Letter
from shenyang_fao.core import files
from shenyang_fao.core.admin_base import DoorsAdmin, code, do_asked, moment, signed_in, tag
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.kept import typed_in


@admin.register(Letter)
class LetterAdmin(DoorsAdmin):
    """Every letter that was ever numbered."""

    list_display = ["number_text", "request_number", "company", "state_tag", "lapse", "made", "issued"]
    list_filter = ["state", "made_at", "lapses_on"]
    list_select_related = ["request__company"]
    search_fields = ["number", "request__number", "request__company__name_zh_hans", "request__company__name_en"]
    search_help_text = _("Number or company")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        found = Letter.objects.visible_to(signed_in(request)).defer("payload")
        others = ("replaces", "superseded_by", "successor")
        named = found.select_related("request__company", "signed", "revoked_by", "made_by", "wording", *others)
        return named.defer("payload", *(f"{other}__payload" for other in others)).order_by("-pk")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.door("<int:pk>/file/", self.file, "file", reads=True),
            self.door("<int:pk>/revoke/", self.revoke, "revoke", reads=True),
            self.door("<int:pk>/reissue/", self.reissue, "reissue", reads=True),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._show(request, self.seen(request, object_id))

    def _show(
        self,
        request: HttpRequest,
        letter: Letter,
        *,
        revocation: RevocationForm | None = None,
        reissue: ReissueForm | None = None,
    ) -> HttpResponse:
        is_in_force = letter.state == LetterState.ISSUED
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": letter,
            "title": letter.number,
            "letter": letter,
            "state_tag": tags.letter_state(letter),
            "work": work_of(letter),
            "may_retry": may_retry(request.user),
            "failed": PromiseState.FAILED,
            "successor": getattr(letter, "successor", None),
            "form": revocation or RevocationForm(),
            "reissue_form": reissue or ReissueForm(),
            "may_revoke": is_in_force and signed_in(request).has_perm("enterprises.revoke_letter"),
            "may_reissue": self._may_reissue(request, letter),
        }
        return TemplateResponse(request, "admin/enterprises/letter.html", context)

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the signed letter; who opened it is recorded."""
        letter = self.seen(request, pk)
        if letter.signed is None:
            raise Http404
        return files.hand_out(letter.signed, by=signed_in(request))

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw the letter, with a reason."""
        letter, form = self.seen(request, pk), RevocationForm(typed_in(request))

        def work() -> None:
            letters.revoke(pk, **form.cleaned_data, by=signed_in(request))

        if do_asked(request, form, work, _("The letter is revoked.")):
            return redirect("admin:enterprises_letter_change", pk)
        return self._show(request, letter, revocation=form)

    def reissue(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Issue the revoked letter anew, with a reason."""
        letter, form = self.seen(request, pk), ReissueForm(typed_in(request))

        def work() -> None:
            letters.reissue(pk, **form.cleaned_data, by=signed_in(request))

        if do_asked(request, form, work, _("A new letter is being made.")):
            return redirect("admin:enterprises_servicerequest_change", letter.request_id)
        return self._show(request, letter, reissue=form)

    def _may_reissue(self, request: HttpRequest, letter: Letter) -> bool:
        officer = signed_in(request)
        may = officer.has_perm("enterprises.approve_request") and letter.request.reviewed_by_id != officer.pk
        return may and letters.can_be_reissued(letter, letter.request)

    @admin.display(description=_("number"), ordering="number")
    def number_text(self, letter: Letter) -> str:
        return code(letter.number)

    @admin.display(description=_("request"), ordering="request__number")
    def request_number(self, letter: Letter) -> str:
        return code(str(letter.request))

    @admin.display(description=_("signed off at"), ordering="made_at")
    def made(self, letter: Letter) -> str:
        return moment(letter.made_at)

    @admin.display(description=_("issued at"), ordering="issued_at")
    def issued(self, letter: Letter) -> str:
        return moment(letter.issued_at)

    @admin.display(description=_("company"))
    def company(self, letter: Letter) -> str:
        return str(letter.request.company)

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, letter: Letter) -> str:
        return tags.letter_state(letter)

    @admin.display(description=_("lapses after"), ordering="lapses_on")
    def lapse(self, letter: Letter) -> Any:
        return tag(_("lapsed"), "warn") if letter.has_lapsed else letter.lapses_on
