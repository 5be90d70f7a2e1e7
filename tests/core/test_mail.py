import pytest
from django.db import IntegrityError, transaction

from shenyang_fao.core import outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.mail import SEND, queue_mail
from shenyang_fao.core.models import Mail, Promise

LETTER = "Guten Tag {{ name }}\n\nSehr geehrte/r {{ name }}, {% translate 'Monday' %}.\n"


@pytest.fixture(autouse=True)
def a_template(tmp_path, settings):
    (tmp_path / "greeting.txt").write_text(LETTER)
    engine, *others = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}, *others]


def write(**changes) -> Mail:
    options = {"key": "greeting:1", "to": "kim@example.com", "language": "en", "template": "greeting.txt"}
    return queue_mail(**(options | {"context": {"name": "Kim"}} | changes))


def promise_of(mail: Mail) -> Promise:
    return Promise.objects.get(kind=SEND, subject_id=mail.pk)


def test_the_first_line_is_the_subject(db):
    mail = write()

    assert (mail.subject, mail.body) == ("Guten Tag Kim", "Sehr geehrte/r Kim, Monday.\n")


def test_a_mail_is_written_in_its_reader_s_language(db):
    assert "星期一" in write(language="zh-hans").body


def test_the_same_occasion_is_written_once(db):
    assert write() == write()
    assert Promise.objects.filter(kind=SEND).count() == 1


def test_the_database_knows_each_occasion_once(db):
    write()

    with pytest.raises(IntegrityError, match="key"), transaction.atomic():
        Mail.objects.create(key="greeting:1", to="a@example.com", language="en", subject="s", body="b")


def test_a_mail_is_sent_once_however_often_it_is_called_for(db, mailoutbox):
    mail = write()
    outbox.keep(promise_of(mail).pk)
    Promise.objects.update(state=PromiseState.WAITING, done_at=None)

    outbox.keep(promise_of(mail).pk)

    assert [(sent.subject, sent.to) for sent in mailoutbox] == [("Guten Tag Kim", ["kim@example.com"])]


def test_a_sent_mail_says_when(db, mailoutbox):
    mail = write()

    outbox.keep(promise_of(mail).pk)

    mail.refresh_from_db()
    assert mail.sent_at


def test_a_mail_that_is_handed_over_twice_can_be_told_by_its_id(db, mailoutbox):
    mail = write()

    outbox.keep(promise_of(mail).pk)

    assert mailoutbox[0].extra_headers["Message-ID"] == f"<fao-mail-{mail.pk}@localhost>"


def test_names_are_not_escaped_as_on_a_page(db):
    assert write(context={"name": "O'Brien & Söhne"}).subject == "Guten Tag O'Brien & Söhne"


def test_a_mail_server_that_is_away_ends_as_failed_and_a_retry_sends(db, settings, mailoutbox):
    mail = write()
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    for _ in range(outbox.ATTEMPTS):
        outbox.keep(promise_of(mail).pk)
    failed = promise_of(mail)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.retry(failed.pk, by=None)
    outbox.keep(failed.pk)

    assert failed.state == PromiseState.FAILED
    assert len(mailoutbox) == 1
