"""System checks of the enterprises' services."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from enterprises.kinds import find


@register(Tags.compatibility)
def consent_is_asked_for_known_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.E006: a kind that nobody can consent to would never pass its review."""
    known = {code: find(code) for code in settings.CONSENT_REQUIRED}
    wrong = [code for code, kind in known.items() if kind is None or kind.consenting is None]
    hint = "Name kinds of request as in their addresses, for example: invitation."
    return [
        Error(f"CONSENT_REQUIRED names {code}, which asks for no consent.", hint=hint, id="fao.E006") for code in wrong
    ]
