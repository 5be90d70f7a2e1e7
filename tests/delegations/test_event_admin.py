"""Events in the back office: the form, the buttons, the papers, and what waits."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from delegations.events import actions
from delegations.events.enums import EventState
from delegations.events.models import Event, EventDocument, EventOutcome
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.reminders import remind
from shenyang_fao.core import dashboard
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import Mail, StoredFile, ViewRecord
from tests.cast import officer, png
from tests.delegations.event_makers import announced, make_event

pytestmark = pytest.mark.django_db
S = EventState
PARTS = ("agenda", "speakers", "documents", "outcomes", "deliveries")
FORM = {
    "name_zh_hans": "领事沙龙（春季）", "name_en": "Consular Salon, spring", "slug": "salon-spring", "kind": "salon",
    "state": "planned", "starts": "2027-05-11", "sign_up": "none",
    **{f"{part}-{name}_FORMS": "0" for part in PARTS for name in ("TOTAL", "INITIAL")},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    """Refusals and headings are read in English here, whatever the test before spoke."""
    with override("en"):
        yield


@pytest.fixture
def protocol(client):
    found = officer("protocol@example.com", Role.PROTOCOL, language="en", name="Protocol")
    client.force_login(found)
    return found


def add(client, **fields):
    return client.post(reverse("admin:delegations_event_add"), FORM | fields)


def errors(answer) -> dict[str, list[str]]:
    parts = [form.errors for part in answer.context["inline_admin_formsets"] for form in part.formset.forms]
    return {
        name: list(found) for one in (answer.context["adminform"].form.errors, *parts) for name, found in one.items()
    }


def part(name: str, **fields: object) -> dict[str, object]:
    words = {"name_zh_hans": "一", "name_en": "One"}
    return {f"{name}-TOTAL_FORMS": "1", **{f"{name}-0-{key}": value for key, value in (words | fields).items()}}


def test_an_event_is_planned_with_its_agenda_speakers_and_outcomes(client, protocol):
    answer = add(
        client,
        **part("agenda", starts_time="09:30", on="2027-05-11"),
        **part("speakers", position="1"),
        **part("outcomes", kind="project", state="open", officer=protocol.pk, due_on="2027-06-01"),
        starts_time="09:30",
        ends_time="01:00",
    )

    event = Event.objects.get()
    assert answer.status_code == 302
    assert (event.state, event.is_public, event.starts_at.hour, event.ends_at.date()) == (
        S.PLANNED, False, 9, date(2027, 5, 12),
    )  # fmt: skip
    assert (event.agenda.count(), event.speakers.count(), event.outcomes.get().officer) == (1, 1, protocol)


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"starts": "2027-02-29"}, "starts", "Write the date as 1981, 1981-11 or 1981-11-18."),
        ({"starts": "2027-05", "starts_time": "09:30"}, "starts_time", "A time of day needs a date known to the day."),
        ({"starts": "2027-05", "ends_on": "2027-06-01"}, "ends_on", "A last day needs a first day known to the day."),
        ({"ends_on": "2027-05-10"}, "ends_on", "The last day lies before the first."),
        ({"ends_time": "17:00"}, "ends_time", "A time at which it ends needs one at which it begins."),
        (
            {"sign_up": "open"},
            "capacity",
            "Sign-up needs the number of places and the day of the event.",
        ),
        (
            part("agenda", starts_time="09:30", on="2027-05-12"),
            "on",
            "The event does not last until this day, or begins later.",
        ),
        (part("agenda", starts_time="09:30", ends_time="09:30"), "ends_time", "An item ends after it begins."),
        (
            part("outcomes", kind="project", state="open", due_on="2027-06-01"),
            "officer",
            "A follow-up with a date needs an owner.",
        ),
        (
            part("documents", kind="report", upload=SimpleUploadedFile("a.pdf", b"no PDF")),
            "upload",
            "Choose a PDF, JPEG, PNG or WebP file. This file is none of them.",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, protocol, fields, place, words):
    answer = add(client, **fields)

    assert (answer.status_code, errors(answer)) == (200, {place: [words]})


def test_a_form_opened_earlier_leaves_the_buttons_work_alone(client, protocol):
    event = make_event(state=S.PLANNED, is_public=False)
    stale = Event.objects.get(pk=event.pk)
    actions.change_state(event.pk, state=S.CANCELLED, by=protocol)

    stale.name_en = "Corrected"
    columns = ["name_en", "changed_at"]
    actions.correct_event(stale, columns=columns, by=protocol)

    event.refresh_from_db()
    assert (event.name_en, event.state) == ("Corrected", S.CANCELLED)


@pytest.mark.parametrize(
    ("start", "target"), [(S.PLANNED, S.ANNOUNCED), (S.ANNOUNCED, S.CANCELLED), (S.CANCELLED, S.PLANNED)]
)
def test_the_buttons_take_an_event_along_its_states(client, protocol, start, target):
    event = announced(state=start)
    address = reverse("admin:delegations_event_state", args=[event.pk, target])

    for _click in ("once", "twice"):
        client.post(address)

    event.refresh_from_db()
    assert event.state == target


def test_a_step_that_does_not_follow_is_refused(protocol):
    with pytest.raises(NotNow, match="this step does not follow"):
        actions.change_state(make_event().pk, state=S.CANCELLED, by=protocol)
    undated = make_event(state=S.PLANNED, starts_on=None, starts_precision="")
    with pytest.raises(Refusal, match="Give the date"):
        actions.change_state(undated.pk, state=S.ANNOUNCED, by=protocol)
    tomorrow = announced(starts_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refusal, match="lies in the future"):
        actions.change_state(tomorrow.pk, state=S.HELD, by=protocol)
    with pytest.raises(PermissionDenied):
        actions.change_state(tomorrow.pk, state=S.CANCELLED, by=officer("a@example.com", Role.AUDITOR))


def test_an_event_without_a_source_is_not_published(client, protocol):
    event = make_event(is_public=False, source="", source_grade="")

    with pytest.raises(Refusal, match="It names no source"):
        actions.publish(event.pk, by=protocol)

    Event.objects.update(source="China Daily", source_grade="press")
    client.post(reverse("admin:delegations_event_publish", args=[event.pk]))
    event.refresh_from_db()
    assert (event.is_public, event.published_at is not None) == (True, True)


def test_the_file_of_a_document_is_opened_on_record(client, protocol):
    add(client, **part("documents", kind="report", upload=SimpleUploadedFile("报告.png", png())))
    document = EventDocument.objects.get()
    address = reverse("admin:delegations_event_document", args=[document.event_id, document.file.key])

    assert b"".join(client.get(address).streaming_content).startswith(b"\x89PNG")
    assert [(view.file, view.by) for view in ViewRecord.objects.all()] == [(document.file, protocol)]


def test_a_file_that_nobody_opened_leaves_with_its_event(client, protocol):
    add(client, **part("documents", kind="report", upload=SimpleUploadedFile("报告.png", png())))

    actions.delete_event(Event.objects.get().pk, by=protocol)

    assert StoredFile.objects.count() == 0


@time_machine.travel("2027-05-20T04:00Z")
def test_what_waits_is_counted_and_leads_to_its_list(client, protocol):
    announced(), announced(starts_on=date(2027, 6, 1))
    EventOutcome.objects.create(
        event=make_event(), kind="project", name_zh_hans="一", name_en="One", officer=protocol, due_on=date(2027, 5, 1)
    )

    (group,) = [found for found in dashboard.groups(protocol) if str(found.title) == "Events"]

    assert [tile.count for tile in group.tiles] == [1, 1, 1]
    client.force_login(protocol)
    lists = [client.get(tile.url) for tile in group.tiles]
    assert [answer.context_data["cl"].result_count for answer in lists] == [1, 1, 1]


@time_machine.travel("2027-05-20T04:00Z")
@pytest.mark.parametrize(("due_on", "word"), [(date(2027, 6, 3), "Due on"), (date(2027, 5, 19), "Overdue since")])
def test_the_owner_is_reminded_of_a_follow_up_once(protocol, due_on, word):
    words = {"name_zh_hans": "签约", "name_en": "Contract"}
    EventOutcome.objects.create(event=make_event(), kind="project", officer=protocol, due_on=due_on, **words)

    assert [remind(), remind()] == [1, 0]
    assert (word in Mail.objects.get().body, "Contract" in Mail.objects.get().body) == (True, True)


def test_times_over_midnight_end_the_day_after():
    event = announced(starts_time=time(19), ends_time=time(1))

    assert (event.ends_at - event.starts_at) == timedelta(hours=6)
