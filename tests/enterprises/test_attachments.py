"""Files that go along with a message: both directions, few, examined, and for nobody else."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.models import Attachment, Message, ServiceRequest
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.files import Scan
from shenyang_fao.core.models import Mail, StoredFile, ViewRecord
from tests.cast import Cast, officer, picture, png
from tests.enterprises.guided import text_of


@pytest.fixture
def case(request_in: Callable[[RequestState], ServiceRequest]) -> ServiceRequest:
    return request_in(RequestState.ACCEPTED)


def upload(name: str = "plan.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if content is None else content)


def scans(count: int = 1) -> list[Scan]:
    return [Scan(f"{number}.png", png(), "image/png") for number in range(1, count + 1)]


def company_page(case: ServiceRequest) -> str:
    return reverse("enterprises:request", args=[case.number])


def officers_page(case: ServiceRequest, door: str = "change") -> str:
    return reverse(f"admin:enterprises_servicerequest_{door}", args=[case.pk])


def company_address(attachment: Attachment) -> str:
    return reverse("enterprises:attachment", args=[attachment.file.key])


def officers_address(attachment: Attachment) -> str:
    return reverse("admin:enterprises_servicerequest_attachment", args=[attachment.file.key])


@pytest.fixture
def sent(case: ServiceRequest, cast: Cast) -> Attachment:
    """What the company sent with its message."""
    return requests.write_message(case.pk, body="Our plan.", attachments=scans(), by=cast.owner).attachments.get()


@pytest.mark.parametrize(
    ("who", "address", "is_from_office"),
    [("owner", company_page, False), ("reception", lambda case: officers_page(case, "write"), True)],
)
def test_each_side_sends_files_with_a_message(client, cast, case, who, address, is_from_office):
    client.force_login(getattr(cast, who))

    client.post(address(case), {"body": "See these.", "attachments": [upload("first.png"), upload("second.png")]})

    message = Message.objects.get()
    assert message.is_from_office is is_from_office
    assert [str(each) for each in message.attachments.all()] == ["first.png", "second.png"]


def test_a_message_needs_no_file(client, cast, case):
    client.force_login(cast.owner)

    client.post(company_page(case), {"body": "Nothing to show."})

    assert Message.objects.get().attachments.count() == 0


def test_a_file_needs_a_message(client, cast, case):
    client.force_login(cast.owner)

    page = client.post(company_page(case), {"body": " ", "attachments": [upload()]})

    assert set(page.context["form"].errors) == {"body", "attachments"}
    assert not StoredFile.objects.filter(original_name="plan.png").exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_both_sides_see_the_file_below_the_message(client, cast, case, sent, language):
    client.force_login(cast.owner)
    ours = text_of(client.get(f"/{language}/company/requests/{case.number}/"))
    cast.reception.language = language
    cast.reception.save()
    client.force_login(cast.reception)
    theirs = text_of(client.get(officers_page(case)))

    assert f"attachments/{sent.file.key}/" in ours
    assert f"attachments/{sent.file.key}/" in theirs


@pytest.mark.parametrize(("who", "address"), [("owner", company_address), ("auditor", officers_address)])
def test_opening_an_attachment_is_recorded(client, cast, sent, who, address):
    client.force_login(getattr(cast, who))

    answer = client.get(address(sent))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert [(view.file, view.by) for view in ViewRecord.objects.all()] == [(sent.file, getattr(cast, who))]
    answer.close()


@pytest.mark.parametrize("address", [company_address, officers_address])
def test_a_visitor_is_asked_to_sign_in(client, sent, address):
    answer = client.get(address(sent))

    assert answer.status_code == 302
    assert not ViewRecord.objects.exists()


def test_another_company_finds_nothing(client, cast, sent):
    client.force_login(cast.outsider)

    assert client.get(company_address(sent)).status_code == 404
    assert client.get(officers_address(sent)).status_code in {302, 403}
    assert not ViewRecord.objects.exists()


def test_an_officer_without_the_right_finds_nothing(client, sent):
    client.force_login(officer("newcomer@example.com"))

    assert client.get(officers_address(sent)).status_code == 403
    assert client.get(company_address(sent)).status_code == 404
    assert not ViewRecord.objects.exists()


def test_a_paper_or_an_unknown_key_is_no_attachment(client, cast, case):
    client.force_login(cast.owner)
    keys = [case.papers.first().file.key, uuid4()]

    answers = [client.get(reverse("enterprises:attachment", args=[key])).status_code for key in keys]

    assert answers == [404, 404]


def test_a_sixth_file_is_refused_by_the_form(client, cast, case):
    client.force_login(cast.owner)

    page = client.post(company_page(case), {"body": "All of it.", "attachments": [upload() for _number in range(6)]})

    assert list(page.context["form"].errors) == ["attachments"]
    assert not Message.objects.exists()


def test_a_sixth_file_is_refused_by_the_action(cast, case):
    with pytest.raises(Refusal):
        requests.write_message(case.pk, body="All of it.", attachments=scans(6), by=cast.owner)

    assert not Message.objects.exists()


def test_a_sixth_file_is_refused_by_the_database(cast, case):
    message = requests.write_message(case.pk, body="All of it.", attachments=scans(5), by=cast.owner)

    with pytest.raises(IntegrityError):
        Attachment.objects.create(message=message, position=6, file=picture())


BAD = {
    "empty": b"",
    "text": b"only words",
    "broken PDF": b"%PDF-1.7 and nothing more",
    "program": b"MZ\x90\x00" + bytes(64),
    "half a picture": png()[:40],
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize(("who", "door"), [("owner", None), ("reception", "write")])
def test_a_bad_file_is_named_and_nothing_is_sent(client, cast, case, who, door, content):
    client.force_login(getattr(cast, who))
    address = officers_page(case, door) if door else company_page(case)
    before = StoredFile.objects.count()

    page = client.post(address, {"body": "See these.", "attachments": [upload("good.png"), upload("bad.pdf", content)]})

    assert "bad.pdf: " in page.content.decode()
    assert "See these." in page.content.decode()
    assert (Message.objects.count(), StoredFile.objects.count()) == (0, before)


def test_a_file_too_large_is_named(client, cast, case, settings):
    settings.UPLOAD_MAX_BYTES = 10
    client.force_login(cast.owner)

    page = client.post(company_page(case), {"body": "See this.", "attachments": [upload("large.png")]})

    assert page.context["form"].errors["attachments"][0].startswith("large.png: ")
    assert not Message.objects.exists()


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "1 file is attached"), (2, "2 files are attached")])
def test_the_mail_says_how_many_files_came_along(cast, case, count, words):
    requests.write_message(case.pk, body="See these.", attachments=scans(count), by=cast.reception)

    body = Mail.objects.latest("pk").body
    assert words in body
    assert ("attached" in body) is bool(count)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("who", "address"), [("owner", company_page), ("reception", officers_page)])
def test_thirty_messages_with_files_cost_as_much_as_one(client, cast, case, who, address):
    client.force_login(getattr(cast, who))
    counts = []

    for wanted in (1, 3, 30):
        while case.messages.count() < wanted:
            requests.write_message(case.pk, body="See this.", attachments=scans(), by=cast.owner)
        client.get(address(case))
        counts.append(queries(client, address(case)))

    assert counts[0] == counts[1] == counts[2]
