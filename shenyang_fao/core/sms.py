"""Short messages to mobile phones: a port for whichever carrier the office has, written and sent as mail is.

An adapter is a class with one method, `Sender.send`; the setting SMS_SENDER names it. The one that comes along writes into
the log, for a portal without a carrier.
"""

from typing import Protocol, cast

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import outbox
from shenyang_fao.core.mail import plain_text
from shenyang_fao.core.models import Sms

log = structlog.get_logger(__name__)

SEND = "sms.send"
CONSOLE = "shenyang_fao.core.sms.Console"
_SHOWN = 4


class Sender(Protocol):
    """What an adapter of a carrier does; it is made anew for each message, without arguments."""

    def send(self, number: str, text: str) -> None:
        """Hand a text of at most 70 characters to the carrier for a number (E.164). Raises when it is not taken."""


class Console:
    """No carrier: a line in the log, and in the embedded mode one in a file beside the mails, where a person can read it."""

    def send(self, number: str, text: str) -> None:
        log.info("sms", number=masked(number), text=text)
        if settings.SMS_FILE:
            with settings.SMS_FILE.open("a", encoding="utf-8") as file:
                file.write(f"{timezone.localtime():%Y-%m-%d %H:%M:%S} {masked(number)} {text}\n")


def sender() -> Sender:
    """Return the adapter that the settings name. Raises ImportError."""
    return cast(Sender, import_string(settings.SMS_SENDER)())


def is_offered() -> bool:
    """Tell whether people may ask for short messages: not where they would end in a log that nobody reads."""
    return settings.EMBEDDED or settings.SMS_SENDER != CONSOLE


def queue_sms(*, key: str, number: str, language: str, template: str, context: dict[str, object]) -> Sms:
    """Write a short message once for each ``key`` and promise to send it. Raises TemplateDoesNotExist."""
    text = _shortened(" ".join(plain_text(template, context, language=language).split()), template)
    message, is_new = Sms.objects.get_or_create(
        key=key, defaults={"number": number, "language": language, "text": text}
    )
    if is_new:
        outbox.promise(SEND, message.pk)
    return message


def masked(number: str) -> str:
    """Return a number as others may see it: how it begins and its last four digits."""
    return f"{number[: -2 * _SHOWN]}****{number[-_SHOWN:]}"


def units(text: str) -> int:
    """Return how much of a message a text takes: carriers count rare characters and emoji twice (UTF-16)."""
    return len(text.encode("utf-16-le")) // 2


def _shortened(text: str, template: str) -> str:
    """Return a text that fits. Nothing that is told may fail for its length, so it is cut, and the log says so."""
    if units(text) <= Sms.LONGEST:
        return text
    log.warning("sms_too_long", template=template, units=units(text))
    while units(text) >= Sms.LONGEST:
        text = text[:-1]
    return f"{text}…"


@outbox.keeper(SEND, title=_("send a short message"))
def send(sms_id: int) -> None:
    """Send one short message."""
    message = Sms.objects.select_for_update().get(pk=sms_id)
    if message.sent_at:
        return
    sender().send(message.number, message.text)
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])
