"""System checks of the foundation: a machine that is set up wrongly says so before it serves anybody."""

from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils import translation

from shenyang_fao.core import sms
from shenyang_fao.core.documents import certificates

_SENDER_HINT = "Name a class with send(number, text), or leave it empty: short messages then go to the log only."
MAKE_A_KEY = "Make one: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())' (in .venv/bin)."


@register(Tags.security)
def keys_are_set(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.E001, fao.E002, fao.E005: the secret key and the keys for personal data."""
    found: list[CheckMessage] = []
    if not _secret_key():
        found.append(
            Error(
                "SECRET_KEY is empty.",
                hint="Set it to 50 random characters, or start `make run` once: it makes one and keeps it.",
                id="fao.E001",
            )
        )
    if not settings.FIELD_KEYS:
        hint = "Set it to Fernet keys, separated by commas, the newest first, or start `make run` once: it makes one."
        found.append(Error("FIELD_KEYS is empty: personal data cannot be encrypted.", hint=hint, id="fao.E002"))
    if not all(map(_is_fernet_key, settings.FIELD_KEYS)):
        found.append(Error("FIELD_KEYS holds something that is no Fernet key.", hint=MAKE_A_KEY, id="fao.E005"))
    return found


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # so Django answers when it is empty
        return ""


@register(Tags.security, deploy=True)
def letters_can_be_signed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.E003, fao.E004: a usable certificate that is not the demonstration one."""
    if certificates.signer_is_demonstration():
        hint = "Set SIGNING_P12 and SIGNING_P12_PASSWORD to the office's certificate."
        return [Error("Letters would be signed with a demonstration certificate.", hint=hint, id="fao.E003")]
    with translation.override(None):  # the other checks speak English as well
        problem = certificates.signer_problem()
    return [Error(f"Letters cannot be signed: {problem}", id="fao.E004")] if problem else []


@register(Tags.security, deploy=True)
def mails_can_be_sent(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.W002, fao.W003: a mail server, and a sender that can be answered."""
    found: list[CheckMessage] = []
    if settings.EMAIL_HOST == "localhost" and settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        hint = "Set EMAIL_URL unless a mail server runs on this machine."
        found.append(Warning("Mails are handed to this machine's own port 25.", hint=hint, id="fao.W002"))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        hint = "Set DEFAULT_FROM_EMAIL to the office's address."
        found.append(Warning("Mails come from an address at localhost.", hint=hint, id="fao.W003"))
    return found


@register(Tags.security, deploy=True)
def site_has_https(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.W001: the address printed in letters is a public https one."""
    if settings.SITE_URL.startswith("https://"):
        return []
    hint = "Set SITE_URL to the public https address; it is printed in each letter."
    return [Warning("SITE_URL is not https.", hint=hint, id="fao.W001")]


@register()
def short_messages_can_be_sent(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.W006: the adapter that sends short messages can be made."""
    try:
        has_send = callable(getattr(sms.sender(), "send", None))
    except Exception as error:  # whatever is wrong with somebody's adapter, the portal serves without it
        return [Warning(f"SMS_SENDER cannot be used: {error}", hint=_SENDER_HINT, id="fao.W006")]
    return [] if has_send else [Warning("SMS_SENDER has no method send.", hint=_SENDER_HINT, id="fao.W006")]


@register(Tags.security, deploy=True)
def site_can_be_reached(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """fao.W004, fao.W005: the site answers under its own address, and behind a proxy without redirecting for ever."""
    found: list[CheckMessage] = []
    host = urlsplit(settings.SITE_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        hint = f"Set ALLOWED_HOSTS={host}; until then the site refuses whoever asks for it by that name."
        found.append(Warning("The host of SITE_URL is not among ALLOWED_HOSTS.", hint=hint, id="fao.W004"))
    if settings.SECURE_SSL_REDIRECT and not settings.SECURE_PROXY_SSL_HEADER:
        hint = (
            "Set TRUSTED_PROXIES=1 when a proxy ends TLS and sends X-Forwarded-Proto, else it is redirected for ever."
        )
        found.append(Warning("SITE_URL is https, but no proxy is trusted.", hint=hint, id="fao.W005"))
    return found
