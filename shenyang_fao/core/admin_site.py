"""The back office's site: unfold's theme, our sign-in page, and a content-security policy of its own."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.auth.views import LogoutView
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

from shenyang_fao.core import dashboard

# Unfold's Alpine evaluates expressions and sets styles; the public site allows neither.
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
View = Callable[..., HttpResponseBase]


class BackOffice(UnfoldAdminSite):
    """The officers' site under ``/admin/``."""

    site_title = _("Back office")
    site_header = _("Shenyang Foreign Affairs Office")
    index_title = _("Back office")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[Any] | None = None,
        **options: Any,
    ) -> None:
        """Register a page of this project; pages that libraries bring along (groups, tokens, addresses) stay out."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        if admin_class is not None and issubclass(admin_class, ModelAdmin):
            super().register(models, admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard a page, under the back office's policy and in the officer's own language."""
        return csp_replace({**POLICY})(_in_own_language(super().admin_view(view, cacheable)))

    def get_urls(self) -> list[Any]:
        """Leave out the door that leads from any record to its public page: it asks for no right to see the record."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for the person who looks."""
        groups = dashboard.groups(request.user)
        return super().index(request, {"groups": groups, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Officers sign in where everybody does, under the same limits."""
        return secure_admin_login(super().login)(request, extra_context)  # type: ignore[no-any-return]

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out by POST and go to the sign-in page."""
        return LogoutView.as_view(next_page=reverse("account_login"))(request)


def _in_own_language(view: View) -> View:
    """The back office has no language in its address: it speaks the language the officer chose."""

    @wraps(view)
    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = getattr(request.user, "language", None)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return view(request, *args, **kwargs)

    return speaking
