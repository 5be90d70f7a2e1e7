"""The back office's site: unfold's theme, our sign-in page, and a content-security policy of its own."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

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


class BackOffice(UnfoldAdminSite):
    """The officers' site under ``/admin/``."""

    site_title = _("Back office")
    site_header = _("Shenyang Foreign Affairs Office")
    index_title = _("Back office")

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        return csp_replace({**POLICY})(super().admin_view(view, cacheable))  # type: ignore[no-any-return]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Officers sign in where everybody does, under the same limits."""
        return secure_admin_login(super().login)(request, extra_context)  # type: ignore[no-any-return]
