"""Mail to people: written as a row in the reader's language, sent by the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shenyang_fao.core import outbox
from shenyang_fao.core.models import Mail

SEND = "mail.send"


def queue_mail(*, key: str, to: str, language: str, template: str, context: dict[str, object]) -> Mail:
    """Write a mail once for each ``key`` and promise to send it.

    ``template`` is a path below ``templates/``; its first line is the subject, the rest the text. It may use ``site_url``.
    People with an account are written to by `accounts.notices.notify`.
    """
    subject, body = _written(template, context, language)
    mail, is_new = Mail.objects.get_or_create(
        key=key, defaults={"to": to, "language": language, "subject": subject, "body": body}
    )
    if is_new:
        outbox.promise(SEND, mail.pk)
    return mail


@dataclass(frozen=True)
class Attachment:
    """A file that goes along with a mail."""

    name: str
    data: bytes
    media_type: str


def send_unkept(
    *, to: str, language: str, template: str, context: dict[str, object], attachments: Iterable[Attachment] = ()
) -> None:
    """Write and send at once a mail with a secret in it, of which nothing is kept. For keepers, which try again themselves."""
    subject, body = _written(template, context, language)
    mail = EmailMessage(subject, body, to=[to])
    for file in attachments:
        mail.attach(file.name, file.data, file.media_type)
    mail.send()


def _written(template: str, context: dict[str, object], language: str) -> tuple[str, str]:
    """Return the subject and the text of a mail in a language."""
    subject, _newline, body = plain_text(template, context, language=language).strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def plain_text(template: str, context: dict[str, object], *, language: str) -> str:
    """Return a template filled in, in a language. Raises TemplateDoesNotExist."""
    compiled: Any = get_template(template)
    # Escaping is for pages: in a mail "Wang & Co." has to stay "Wang & Co.".
    words = Context({"site_url": settings.SITE_URL, **context}, autoescape=False)
    with override(language):
        return str(compiled.template.render(words))


@outbox.keeper(SEND, title=_("send an e-mail"))
def send(mail_id: int) -> None:
    """Send one mail. Its Message-ID is fixed, so that a server that was handed it twice can tell."""
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    if mail.sent_at:
        return
    message_id = f"<fao-mail-{mail.pk}@{_domain()}>"
    EmailMessage(mail.subject, mail.body, to=[mail.to], headers={"Message-ID": message_id}).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])


def _domain() -> str:
    from_address = EmailMessage().from_email
    return from_address.rpartition("@")[2].rstrip(">")
