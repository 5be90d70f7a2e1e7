"""Which moves of a request reach a mobile phone, in words that fit."""

import pytest
import time_machine

from enterprises import reminders
from enterprises.enums import RequestState
from shenyang_fao.accounts.models import Notice, User
from shenyang_fao.core.models import Mail, Sms
from tests.cast import work_off
from tests.enterprises.closed import noon

S = RequestState


@pytest.fixture
def reader(cast, language):
    User.objects.filter(pk=cast.owner.pk).update(language=language, phone="+8613812345678", wants_sms=True)
    cast.owner.refresh_from_db()
    return cast.owner


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_five_occasions_reach_the_phone_and_their_texts_are_whole(reader, language, request_in):
    request_in(S.REFUSED)
    returned = request_in(S.RETURNED)
    issued = request_in(S.APPROVED)
    work_off()
    issued.refresh_from_db()
    for day in (returned.corrections.get().deadline_on, issued.close_out_due_on):
        with time_machine.travel(noon(day), tick=False):
            reminders.run()

    told = {message.key.rpartition(":")[0].split(":")[0]: message.text for message in Sms.objects.all()}

    assert set(told) == {"request-refused", "request-returned", "correction-last", "letter-issued", "close-out-last"}
    assert not [text for text in told.values() if text.endswith("…") or "SYFAO-INV-" not in text]


@pytest.mark.parametrize("language", ["zh-hans"])
def test_every_mail_to_somebody_with_an_account_stands_in_the_portal(reader, request_in):
    request_in(S.RETURNED)

    assert list(Notice.objects.values_list("key", flat=True)) == list(Mail.objects.values_list("key", flat=True))
