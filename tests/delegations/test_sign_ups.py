"""Signing up, the waiting list and the links of the mails."""

import io
import threading
from datetime import timedelta

import icalendar
import pytest
from django.core import signing as stamps
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.query import QuerySet
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from delegations.events import actions, forgetting, sign_up_desk, signing
from delegations.events.enums import EventState, LetterKind, SignUpMode
from delegations.events.models import Event
from delegations.events.sign_up_forms import STAMP
from delegations.events.signups import EventInvitation, EventLetter, SignUp, Turnout
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import AuditEntry, Mail
from tests.cast import officer, work_off
from tests.delegations.sign_up_makers import event, guest, mails_to, seated, standing, token_in

pytestmark = pytest.mark.django_db
CONFIRMED, WAITING, CANCELLED = "confirmed", "waiting", "cancelled"


@pytest.fixture(autouse=True)
def _nobody_asked_before(db: None) -> None:
    cache.clear()


def shown_before(seconds: int = 10) -> str:
    """The stamp of a form that was shown some time ago."""
    signer = stamps.TimestampSigner(salt=STAMP)
    signer.timestamp = lambda: stamps.b62_encode(int(timezone.now().timestamp()) - seconds)  # type: ignore[method-assign]
    return signer.sign_object("")


def typed(number: int = 1, **fields: str) -> dict[str, str]:
    values = {"name": f"Guest {number}", "email": f"guest{number}@example.com", "language": "en"}
    return values | {"shown": shown_before(), "website": "", "organisation": ""} | fields


def enter(of: Event, *numbers: int) -> None:
    for number in numbers:
        signing.sign_up(of.pk, guest=guest(number), by=None)


def test_free_seats_come_first_and_then_the_waiting_list_in_its_order():
    salon = event()

    enter(salon, 1, 2, 3, 4)
    work_off()
    signing.cancel_by_link(token_in(mails_to("guest1@example.com")[0]), by=None)
    work_off()

    assert standing(salon) == {
        "Guest 1": (CANCELLED, None),
        "Guest 2": (CONFIRMED, 2),
        "Guest 3": (CONFIRMED, 1),
        "Guest 4": (WAITING, None),
    }
    assert [sent.subject for sent in mails_to("guest3@example.com")] == [
        "Waiting list: Ninth Consular Salon",
        "You have moved up: your place at Ninth Consular Salon",
    ]
    assert len(mails_to("guest4@example.com")) == 1


def test_more_places_let_the_list_move_up_once():
    salon = event(capacity=1)
    enter(salon, 1, 2, 3)

    Event.objects.filter(pk=salon.pk).update(capacity=2)
    moved = [forgetting.tend(), forgetting.tend()]
    work_off()

    assert moved == [(0, 1), (0, 0)]
    assert standing(salon)["Guest 2"] == (CONFIRMED, 2)
    assert EventLetter.objects.filter(kind=LetterKind.MOVED_UP).count() == 1


def test_fewer_places_than_seats_taken_are_refused():
    salon = event()
    enter(salon, 1, 2)

    salon.capacity = 1
    with override("zh-hans"), pytest.raises(ValidationError) as refused:
        salon.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=salon.pk).update(capacity=1)

    with override("zh-hans"):
        messages = refused.value.message_dict["capacity"]
    assert messages == ["已有人使用 2 号座位，名额不能少于该数。"]


def test_the_same_address_again_reads_the_same_page_and_is_not_counted_twice(client):
    salon = event()

    first = client.post(f"/en/delegations/events/{salon.slug}/sign-up/", typed())
    EventLetter.objects.update(made_at=timezone.now() - signing.QUIET)
    again = client.post(
        f"/en/delegations/events/{salon.slug}/sign-up/", typed(email=" GUEST1@example.com", name="Other")
    )
    at_once = client.post(f"/en/delegations/events/{salon.slug}/sign-up/", typed())
    work_off()

    assert {answer["Location"] for answer in (first, again, at_once)} == {
        f"/en/delegations/events/{salon.slug}/sign-up/done/"
    }
    assert standing(salon) == {"Guest 1": (CONFIRMED, 1)}
    assert len(mails_to("guest1@example.com")) == 2


def test_the_confirmation_carries_the_calendar_the_code_and_a_link_that_no_row_keeps():
    salon = event(starts_time="14:30", ends_time="17:00")

    signing.sign_up(salon.pk, guest=guest(language="zh-hans"), by=None)
    work_off()

    sent = mails_to("guest1@example.com")[0]
    files = {name: data for name, data, _media_type in sent.attachments}
    entry = icalendar.Calendar.from_ical(files["event.ics"]).walk("VEVENT")[0]
    assert (str(entry["summary"]), entry["dtstart"].dt.hour, entry["dtend"].dt.hour) == ("第九期领事沙龙", 6, 9)
    assert Image.open(io.BytesIO(files["door.png"])).size[0] > 200
    kept = (
        str(list(EventLetter.objects.values()))
        + str(list(AuditEntry.objects.values()))
        + str(list(Mail.objects.values()))
    )
    assert token_in(sent) not in kept
    assert "guest1@" not in kept


def test_cancelling_asks_first_and_works_once(client):
    salon = event()
    enter(salon, 1)
    work_off()
    address = f"/en/delegations/sign-ups/{token_in(mails_to('guest1@example.com')[0])}/"

    asked = client.get(address)
    still = standing(salon)
    done = client.post(address, follow=True)
    again = client.post(address)

    assert (asked.status_code, still) == (200, {"Guest 1": (CONFIRMED, 1)})
    assert (done.status_code, again.status_code) == (200, 409)
    assert standing(salon) == {"Guest 1": (CANCELLED, None)}
    assert done["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["x", "A" * 43, "../" * 15, "%00"])
def test_a_forged_link_is_not_known(client, token):
    event()

    answers = [client.post(f"/en/delegations/{room}/{token}/").status_code for room in ("sign-ups", "invitations")]

    assert set(answers) <= {404, 400}


def test_when_the_event_has_begun_nothing_is_signed_up_or_cancelled(client):
    salon = event()
    enter(salon, 1)
    work_off()
    token = token_in(mails_to("guest1@example.com")[0])
    Event.objects.filter(pk=salon.pk).update(starts_on=timezone.localdate() - timedelta(days=1))

    late = client.post(f"/en/delegations/sign-ups/{token}/")

    assert late.status_code == 409
    with pytest.raises(NotNow):
        enter(salon, 2)
    assert standing(salon) == {"Guest 1": (CONFIRMED, 1)}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"email": "a@example.com\r\nBcc: b@example.com"}, "email"),
        ({"name": "http://example.com buy"}, "name"),
        ({"name": "\u202emoc"}, "name"),
        ({"shown": "x"}, "shown"),
    ],
)
def test_what_does_not_belong_in_a_mail_is_refused_at_its_field(client, fields, place):
    salon = event()

    answer = client.post(f"/en/delegations/events/{salon.slug}/sign-up/", typed(**fields))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [place])
    assert not SignUp.objects.exists()


def test_a_form_that_comes_back_at_once_is_asked_for_once_more(client):
    salon = event()
    address = f"/en/delegations/events/{salon.slug}/sign-up/"

    hasty = client.post(address, typed(shown=shown_before(0)))
    patient = client.post(address, typed())

    assert (hasty.status_code, patient.status_code, SignUp.objects.count()) == (422, 302, 1)


def test_a_line_break_in_a_name_writes_no_header(client):
    salon = event()

    client.post(
        f"/en/delegations/events/{salon.slug}/sign-up/", typed(name="Eve\r\nBcc: b@example.com".replace("@", " at "))
    )
    work_off()

    sent = mails_to("guest1@example.com")[0]
    assert (sent.recipients(), "Bcc" in sent.message()) == (["guest1@example.com"], False)


def test_a_program_that_fills_in_every_field_is_thanked_and_forgotten(client):
    salon = event()

    answer = client.post(f"/en/delegations/events/{salon.slug}/sign-up/", typed(website="spam"))

    assert (answer.status_code, SignUp.objects.count()) == (302, 0)


def test_an_invitation_signs_up_its_own_address_only(client):
    salon = event(sign_up=SignUpMode.INVITED, is_public=False)
    protocol = officer("protocol@example.com", Role.PROTOCOL)
    sign_up_desk.invite(salon.pk, guests=[guest(7)], by=protocol)
    work_off()
    address = f"/en/delegations/invitations/{token_in(mails_to('guest7@example.com')[0])}/"

    closed = client.get(f"/en/delegations/events/{salon.slug}/sign-up/")
    client.post(address, {"name": "Guest Seven", "email": "other@example.com", "language": "en"})
    again = client.post(address, {"name": "Third", "language": "en"})

    row = SignUp.objects.get()
    assert (closed.status_code, again.status_code) == (404, 200)
    assert (row.name, row.email, EventInvitation.objects.get().sign_up) == ("Guest Seven", "guest7@example.com", row)


def test_people_are_forgotten_and_their_number_is_kept(settings):
    salon = event()
    enter(salon, 1, 2, 3)
    protocol = officer("protocol@example.com", Role.PROTOCOL)
    sign_up_desk.note_arrival(salon.sign_ups.get(seat=1).pk, by=protocol)
    kept = timezone.localdate() - timedelta(days=settings.SIGN_UP_KEPT_DAYS)

    Event.objects.filter(pk=salon.pk).update(state=EventState.HELD, starts_on=kept)
    before = forgetting.tend()
    Event.objects.filter(pk=salon.pk).update(starts_on=kept - timedelta(days=1))
    after = forgetting.tend()

    assert (before, after, SignUp.objects.count()) == ((0, 0), (1, 0), 0)
    row = Turnout.objects.get()
    assert (row.confirmed, row.waiting, row.cancelled, row.came) == (2, 1, 0, 1)
    assert "email" not in str(AuditEntry.objects.filter(table="delegations_signup").values_list("before", "after"))


def sign_up_at_once(salon: Event, people: int) -> list[int]:
    """Let so many people send the form at the same moment, each from an address of their own; return the answers."""
    start, answers = threading.Barrier(people), []

    def run(number: int) -> None:
        try:
            client = Client(REMOTE_ADDR=f"10.1.{number // 250}.{number % 250 + 1}", raise_request_exception=False)
            form = typed(number)
            start.wait(20)
            answers.append(client.post(f"/en/delegations/events/{salon.slug}/sign-up/", form).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_for_the_last_seats_fill_them_exactly():
    salon = event(capacity=100)
    seated(salon, 99)

    answers = sign_up_at_once(salon, 50)

    assert answers == [302] * 50
    assert salon.sign_ups.filter(state=CONFIRMED).count() == 100
    assert salon.sign_ups.filter(state=WAITING).count() == 49


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_race_is_real_and_the_database_overbooks_nothing(monkeypatch):
    salon = event(capacity=100)
    seated(salon, 90)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)

    answers = sign_up_at_once(salon, 20)

    assert 500 in answers
    assert salon.sign_ups.filter(state=CONFIRMED).count() <= 100


def test_whoever_has_a_place_or_waits_is_told_that_the_event_is_called_off():
    salon = event()
    enter(salon, 1, 2, 3)
    work_off()

    protocol = officer("protocol@example.com", Role.PROTOCOL)
    for _click in range(2):
        actions.change_state(salon.pk, state=EventState.CANCELLED, by=protocol)
    work_off()

    told = [[sent.subject for sent in mails_to(f"guest{number}@example.com")][1:] for number in (1, 2, 3)]
    assert told == [["Called off: Ninth Consular Salon"]] * 3
    assert [mails_to("guest1@example.com")[-1].attachments, "sign-ups/" in mails_to("guest1@example.com")[-1].body] == [
        [],
        False,
    ]
