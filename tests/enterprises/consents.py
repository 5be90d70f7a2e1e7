"""Districts and zones that are asked for their consent."""

import re
from typing import Any

from django.core import mail

from enterprises.actions import consent
from enterprises.actions.consent import Answer, Contact
from enterprises.models import ConsentLink, ConsentRequest, ServiceRequest
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from shenyang_fao.core.secret_links import digest_of
from tests.cast import Cast, work_off

CONTACT = Contact(name="周处长", email="zhou@hunnan.example", language="zh-hans")
YES = Answer(is_given=True, name="周明", position="浑南区外事办公室主任")
NO = Answer(is_given=False, name="周明", position="浑南区外事办公室主任", note="当日场馆关闭。")
TOKEN = "A" * 43


def hunnan(**fields: Any) -> Unit:
    """The district that is asked."""
    words = {"kind": UnitKind.DISTRICT, "name_zh_hans": "浑南区", "name_en": "Hunnan District"}
    return Unit.objects.get_or_create(slug="hunnan", defaults=words | fields)[0]


def ask(case: ServiceRequest, cast: Cast, *, unit: Unit | None = None, contact: Contact = CONTACT) -> ConsentRequest:
    """Reception asks; nothing is sent yet."""
    return consent.ask(case.pk, unit=unit or hunnan(), contact=contact, by=cast.reception)


def sent(asked: ConsentRequest, token: str = TOKEN) -> ConsentRequest:
    """The link of a question as if it had been sent with this token."""
    ConsentLink.objects.filter(consent=asked, digest=None).update(digest=digest_of(token), sent_at=asked.asked_at)
    return again(asked)


def mails_to_the_unit() -> list[Any]:
    """Send what waits; return what went to the contact."""
    work_off()
    return [sent for sent in mail.outbox if sent.to == [CONTACT.email]]


def token_in_the_mail() -> str:
    """Send what waits; return the token of the newest mail."""
    return re.findall(r"/enterprises/consent/([^/\s]+)/", mails_to_the_unit()[-1].body)[0]


def again(asked: ConsentRequest) -> ConsentRequest:
    return ConsentRequest.objects.select_related("request").get(pk=asked.pk)
