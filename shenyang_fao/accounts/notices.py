"""Telling somebody something: one call writes the mail, the notice in the portal and, where it is wanted, the short message.

Every app tells people with an account this way; `core.mail.queue_mail` alone is for those without one. All of it is written
in the transaction of what is told, and once for each key.
"""

import re

from django.db import transaction
from django.template.exceptions import TemplateDoesNotExist
from django.utils import timezone

from shenyang_fao.accounts.models import Notice, User
from shenyang_fao.core.mail import queue_mail
from shenyang_fao.core.models import Mail
from shenyang_fao.core.sms import queue_sms

_SENTENCES = re.compile(r".*(?:\.(?= )|。)")


@transaction.atomic
def notify(person: User, *, key: str, template: str, context: dict[str, object], url: str) -> Mail:
    """Tell a person something in the language they read; return the mail, for whoever follows its way.

    ``template`` is the mail's path below ``templates/``; it may use ``user`` and ``site_url`` beside the ``context``. The
    line after its greeting says in short what happened: it is the notice's text. A template beside it whose name ends
    in ``_sms.txt`` makes a short message for those who want them. ``url`` is the path, in any language, where the person
    reads on.
    """
    words = {"user": person, **context}
    mail = queue_mail(key=key, to=person.email, language=person.language, template=template, context=words)
    notice = {"person": person, "language": mail.language, "subject": mail.subject, "text": _in_short(mail), "url": url}
    Notice.objects.get_or_create(key=key, defaults=notice)
    if person.wants_sms and person.phone:
        _text(person, person.phone, key=key, template=template, context=words)
    return mail


def mark_read(notice: Notice) -> None:
    """Note that a person has opened a notice; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(person: User, *, until: int) -> None:
    """Note that a person has read everything up to the notice with the key ``until``: what was shown, and no later one."""
    Notice.objects.to_read_for(person).filter(pk__lte=until).update(read_at=timezone.now())


def forget() -> int:
    """Delete the notices that have been kept long enough; return how many."""
    return Notice.objects.outlived().delete()[0]


def _text(person: User, number: str, *, key: str, template: str, context: dict[str, object]) -> None:
    beside = f"{template.removesuffix('.txt')}_sms.txt"
    try:
        queue_sms(key=key, number=number, language=person.language, template=beside, context=context)
    except TemplateDoesNotExist:  # not everything is worth a buzz in the pocket
        return


def _in_short(mail: Mail) -> str:
    """Return the first line after the greeting, as far as it is whole: what follows its colon stands behind the link."""
    _greeting, _gap, rest = mail.body.partition("\n\n")
    line = rest.strip().partition("\n")[0].strip()
    if not line.endswith((":", "：")):
        return line
    whole = _SENTENCES.match(line)
    return whole[0] if whole else f"{line[:-1].rstrip()}…"
