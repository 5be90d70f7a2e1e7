"""How allauth fits this house: one source for a visitor's address, mail through the outbox in the reader's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from shenyang_fao.core.throttle import client_address


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = request.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)
