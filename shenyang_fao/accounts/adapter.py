"""How allauth fits this house: one source for a visitor's address and for our own, and the language somebody signed up in.

Its mails do not go through the outbox: they carry links that set a password, and what the outbox sends can be read in
the back office.
"""

from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shenyang_fao.core.throttle import client_address

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail whose links lead to the site's own address, whatever host name and port were asked for.

        A mail server that is away costs the person a second try, not the page.
        """
        ours = {name: _on_our_site(value) if name.endswith("_url") else value for name, value in context.items()}
        try:
            super().send_mail(template_prefix, email, ours)
        except (OSError, SMTPException) as error:
            log.error("account_mail_not_sent", template=template_prefix, error=str(error))
            messages.error(self.request, _("The e-mail could not be sent just now. Please try again in a few minutes."))

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = request.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)


def _on_our_site(url: str) -> str:
    parts = urlsplit(url)
    return settings.SITE_URL + parts._replace(scheme="", netloc="").geturl()
