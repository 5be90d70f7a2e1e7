"""Short messages: written once, of one message's length, sent by an adapter, and tried again when it fails."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import outbox, sms
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise, Sms
from tests.cast import officer

NUMBER = "+8613812345678"
taken: list[tuple[str, str]] = []


class Carrier:
    def send(self, number: str, text: str) -> None:
        taken.append((number, text))


class Away:
    def send(self, number: str, text: str) -> None:
        raise OSError("The carrier is away.")


@pytest.fixture(autouse=True)
def carrier(tmp_path, settings):
    taken.clear()
    (tmp_path / "hello.txt").write_text("FAO: {{ text }}\n")
    engine, *others = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}, *others]
    settings.SMS_FILE = tmp_path / "sms.txt"
    settings.SMS_SENDER = f"{__name__}.Carrier"


def write(text="hello", key="hello:1"):
    return sms.queue_sms(key=key, number=NUMBER, language="en", template="hello.txt", context={"text": text})


def promise_of(message):
    return Promise.objects.get(kind=sms.SEND, subject_id=message.pk)


def test_a_message_is_sent_once_however_often_it_is_called_for(db):
    message = write()
    assert write() == message
    outbox.keep(promise_of(message).pk)
    Promise.objects.update(state=PromiseState.WAITING, done_at=None)

    outbox.keep(promise_of(message).pk)

    assert taken == [(NUMBER, "FAO: hello")]


@pytest.mark.parametrize(
    ("text", "length"), [("字" * 65, 70), ("字" * 66, 70), ("😀" * 40, 70)], ids=["fits", "too long", "emoji"]
)
def test_a_text_fits_into_one_message(db, text, length):
    message = write(text)

    assert sms.units(message.text) == length
    assert message.text.endswith("…") == (sms.units(f"FAO: {text}") > Sms.LONGEST)


def test_a_carrier_that_is_away_ends_as_failed_work_and_a_retry_sends(client, db, settings):
    message = write()
    settings.SMS_SENDER = f"{__name__}.Away"
    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promise_of(message).pk)
    failed = promise_of(message)
    client.force_login(officer("admin@example.com", Role.ADMINISTRATOR, language="en"))
    page = client.get(reverse("admin:core_promise_change", args=[failed.pk])).content.decode()

    settings.SMS_SENDER = f"{__name__}.Carrier"
    client.post(reverse("admin:core_promise_retry", args=[failed.pk]))
    outbox.keep(failed.pk)

    assert failed.state == PromiseState.FAILED
    assert all(words in page for words in ("send a short message", "The carrier is away."))
    assert taken == [(NUMBER, "FAO: hello")]


def test_without_a_carrier_a_person_reads_it_in_a_file_and_sees_no_number(db, settings):
    settings.SMS_SENDER = sms.CONSOLE

    outbox.keep(promise_of(write()).pk)

    line = settings.SMS_FILE.read_text()
    assert line.endswith("+86138****5678 FAO: hello\n")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_officers_see_what_was_written_and_no_number(client, db, role):
    message = write()
    client.force_login(officer("admin@example.com", role))

    pages = [reverse("admin:core_sms_changelist"), reverse("admin:core_sms_change", args=[message.pk])]
    texts = [client.get(page).content.decode() for page in pages]

    assert all("+86138****5678" in text and NUMBER not in text for text in texts)


@pytest.mark.parametrize(
    ("path", "warns"),
    [
        (sms.CONSOLE, False),
        (f"{__name__}.Carrier", False),
        ("nowhere.Sender", True),
        ("shenyang_fao.core.sms.Nothing", True),
        ("builtins.object", True),
    ],
)
def test_an_adapter_that_cannot_be_used_is_a_warning(settings, path, warns):
    settings.SMS_SENDER = path

    assert ("fao.W006" in {message.id for message in run_checks()}) == warns
