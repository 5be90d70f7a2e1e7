"""Telling people: once, in their language, by mail, in the portal and by short message; and who reads it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import Notice, User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.accounts.tasks import forget_notices
from shenyang_fao.core.models import Mail, Promise, Sms
from tests.cast import officer, person

LETTER = (
    "{% translate 'Monday' %} for {{ user.name }}\n\nDear {{ user.name }},\n\n"
    "Something happened at {{ place }}:\n{{ site_url }}/x/\n\nYours\n"
)
PAGES = {"zh-hans": "/zh-hans/account/notices/", "en": "/en/account/notices/"}


@pytest.fixture(autouse=True)
def templates(tmp_path, settings):
    (tmp_path / "news.txt").write_text(LETTER)
    (tmp_path / "urgent.txt").write_text(LETTER)
    (tmp_path / "urgent_sms.txt").write_text("FAO: go to {{ place }}.\n")
    engine, *others = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}, *others]


@pytest.fixture
def kim(db):
    return person("kim@example.com", language="en")


def tell(reader, *, key="news:1", template="news.txt", url="/zh-hans/company/"):
    return notify(reader, key=key, template=template, context={"place": "A & B"}, url=url)


def tell_often(reader, count):
    rows = [Notice(person=reader, key=f"n:{n}", language="en", subject=f"News {n}", url="/en/") for n in range(count)]
    return Notice.objects.bulk_create(rows)


def with_phone(reader):
    User.objects.filter(pk=reader.pk).update(phone="+8613812345678", wants_sms=True)
    return User.objects.get(pk=reader.pk)


def asked_of_notices(client, page):
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len([query for query in captured if "accounts_notice" in query["sql"]])


@pytest.mark.parametrize(("language", "subject"), [("en", "Monday for Kim"), ("zh-hans", "星期一 for Kim")])
def test_mail_and_notice_say_the_same_in_the_readers_language(kim, settings, language, subject):
    kim.language = language

    mail = tell(kim)

    notice = Notice.objects.get()
    assert (mail.to, mail.subject, notice.subject) == (kim.email, subject, subject)
    assert f"{settings.SITE_URL}/x/" in mail.body
    assert (notice.person, notice.language, notice.text) == (kim, language, "Something happened at A & B…")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("It is done.", "It is done."),
        ("The office refused it. The reason:", "The office refused it."),
        ("Ltd. 1 was asked. Correct:", "Ltd. 1 was asked."),
        ("本办已退回。请补正：", "本办已退回。"),
        ("请补正以下内容：", "请补正以下内容…"),
    ],
)
def test_the_notice_says_what_is_whole(kim, tmp_path, line, text):
    (tmp_path / "news.txt").write_text(f"News\n\nDear Kim,\n\n{line}\n\nMore\n")

    tell(kim)

    assert Notice.objects.get().text == text


@pytest.mark.django_db(transaction=True)
def test_what_two_tell_at_once_is_told_once(kim):
    reader, start = with_phone(kim), threading.Barrier(2)

    def run():
        with transaction.atomic():
            start.wait(5)
            tell(reader, template="urgent.txt")
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [model.objects.count() for model in (Mail, Notice, Sms)] == [1, 1, 1]
    assert sorted(Promise.objects.values_list("kind", flat=True)) == ["mail.send", "sms.send"]


def test_short_messages_are_for_what_is_urgent_and_whoever_wants_them(kim):
    tell(kim, key="1", template="urgent.txt")
    reader = with_phone(kim)
    tell(reader, key="2", template="news.txt")
    tell(reader, key="3", template="urgent.txt")

    assert [(sms.key, sms.number, sms.text) for sms in Sms.objects.all()] == [
        ("3", "+8613812345678", "FAO: go to A & B.")
    ]


def test_opening_a_notice_marks_it_and_leads_on_in_the_language_of_the_page(client, kim):
    tell(kim)
    client.force_login(kim)

    answer = client.post(f"/en/account/notices/{Notice.objects.get().pk}/")

    assert answer["Location"] == "/en/company/"
    assert Notice.objects.get().read_at


def test_what_a_browser_fetches_ahead_marks_nothing(client, kim):
    tell(kim)
    client.force_login(kim)

    answer = client.get(f"/en/account/notices/{Notice.objects.get().pk}/")

    assert answer["Location"] == PAGES["en"]
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_persons_notice_is_not_found(client, kim, method):
    tell(kim)
    client.force_login(person("other@example.com"))

    answer = getattr(client, method)(f"/en/account/notices/{Notice.objects.get().pk}/")

    assert (answer.status_code, Notice.objects.get().read_at) == (404, None)
    assert Notice.objects.get().subject not in client.get(PAGES["en"]).content.decode()


def test_all_that_was_shown_is_marked_as_read_and_nothing_that_came_later(client, kim):
    other = person("other@example.com")
    tell(other, key="other")
    shown = tell_often(kim, 2)
    client.force_login(kim)
    until = client.get(PAGES["en"]).context["newest"].pk
    tell(kim, key="later")

    client.post(PAGES["en"], {"until": until})

    assert until == shown[-1].pk
    assert set(Notice.objects.filter(read_at=None).values_list("key", flat=True)) == {"other", "later"}


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "3 条未读通知"), ("en", "3 unread notices")], ids=["zh-hans", "en"]
)
def test_page_and_menu_count_what_is_unread(client, kim, language, words):
    tell_often(kim, 3)
    client.force_login(kim)

    text = client.get(PAGES[language]).content.decode()

    # The menu stands twice on a page; beside its button for phones and on the page itself it is said as well.
    assert text.count(words) == 4


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_page_asks_as_often_however_many(client, kim, rows):
    tell_often(kim, rows)
    client.force_login(kim)

    # The list, its length, and the number in the menu.
    assert asked_of_notices(client, PAGES["en"]) == 3


def test_every_page_asks_once_and_for_visitors_never(client, kim):
    visitor = asked_of_notices(client, "/en/")
    client.force_login(kim)
    reader = asked_of_notices(client, "/en/")
    client.force_login(officer("officer@example.com", Role.AUDITOR))

    assert (visitor, reader, asked_of_notices(client, "/admin/")) == (0, 1, 1)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "未读："), ("en", "Unread:")])
def test_the_back_office_shows_the_number_and_nothing_where_there_is_none(client, db, language, words):
    reader = officer("officer@example.com", Role.AUDITOR, language=language)
    client.force_login(reader)
    before = words in client.get("/admin/").content.decode()
    tell_often(reader, 2)

    after = client.get("/admin/").content.decode()

    assert (before, words in after) == (False, True)
    assert PAGES[language] in after


def test_notices_go_when_their_time_is_over(kim, settings):
    settings.NOTICE_KEPT_DAYS = 30
    tell(kim, key="old")
    tell(kim, key="young")
    Notice.objects.filter(key="old").update(made_at=timezone.now() - timedelta(days=30, minutes=1))

    assert forget_notices() == 1
    assert Notice.objects.get().key == "young"


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "保存 365 天后"), ("en", "deleted after 365 days")])
def test_the_privacy_notice_says_how_long(client, db, language, words):
    assert words in client.get(f"/{language}/privacy/").content.decode()
