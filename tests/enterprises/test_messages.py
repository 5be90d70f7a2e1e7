"""A message waits in the officers' list until one of them has read it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.models import Message, ServiceRequest
from enterprises.views import access
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import Mail
from tests.cast import Cast, png


@pytest.fixture
def case(request_in: Callable[[RequestState], ServiceRequest], cast: Cast) -> ServiceRequest:
    case = request_in(RequestState.SUBMITTED)
    requests.write_message(case.pk, body="When may we expect it?", by=cast.owner)
    return case


def unread() -> list[str | None]:
    return list(ServiceRequest.objects.with_unread().values_list("number", flat=True))


def open_case(client: Client, case: ServiceRequest) -> None:
    client.get(reverse("admin:enterprises_servicerequest_change", args=[case.pk]))


def test_a_message_of_the_company_is_unread_at_first(case: ServiceRequest) -> None:
    assert unread() == [case.number]


def test_an_officer_who_may_answer_reads_it_by_opening_the_case(
    client: Client, case: ServiceRequest, cast: Cast
) -> None:
    client.force_login(cast.reception)

    open_case(client, case)

    assert unread() == []


def test_an_auditor_does_not_count_as_a_reader(client: Client, case: ServiceRequest, cast: Cast) -> None:
    client.force_login(cast.auditor)

    open_case(client, case)

    assert unread() == [case.number]


def test_a_message_of_the_office_is_read_when_the_company_opens_its_request(
    client: Client, case: ServiceRequest, cast: Cast
) -> None:
    requests.write_message(case.pk, body="By Friday.", by=cast.reception)
    client.force_login(cast.owner)

    client.get(f"/en/company/requests/{case.number}/")

    read = {message.body: message.read_at is not None for message in Message.objects.all()}
    assert read == {"When may we expect it?": False, "By Friday.": True}


@pytest.mark.parametrize(("waiting", "found"), [("message", 1), ("company", 0)])
def test_the_queue_can_be_narrowed_to_unread_messages(
    client: Client, case: ServiceRequest, cast: Cast, waiting: str, found: int
) -> None:
    client.force_login(cast.reception)

    page = client.get(reverse("admin:enterprises_servicerequest_changelist"), {"waiting": waiting})

    assert page.context["cl"].result_count == found


def test_a_message_of_the_company_waits_for_the_office(cast, request_in):
    message = requests.write_message(
        request_in(RequestState.SUBMITTED).pk, body=" When will you decide? ", by=cast.owner
    )

    assert (message.is_from_office, message.body) == (False, "When will you decide?")


def test_a_message_of_the_office_reaches_the_company_by_mail(cast, request_in):
    message = requests.write_message(request_in(RequestState.SUBMITTED).pk, body="On Friday.", by=cast.reception)

    assert message.is_from_office is True
    assert Mail.objects.latest("pk").to == "owner@example.com"


@pytest.mark.parametrize(("who", "error"), [("outsider", ServiceRequest.DoesNotExist), ("auditor", PermissionDenied)])
def test_a_message_of_somebody_else_is_refused(cast, request_in, who, error):
    with pytest.raises(error):
        requests.write_message(request_in(RequestState.SUBMITTED).pk, body="Hello", by=getattr(cast, who))


def test_an_empty_message_is_refused(cast, request_in):
    with pytest.raises(Refusal):
        requests.write_message(request_in(RequestState.SUBMITTED).pk, body=" ", by=cast.owner)


def test_a_draft_has_no_correspondence(cast, invitation_draft):
    with pytest.raises(ServiceRequest.DoesNotExist):
        requests.write_message(invitation_draft.pk, body="Hello", by=cast.owner)


def test_one_person_does_not_send_files_without_end(client: Client, case: ServiceRequest, cast: Cast) -> None:
    client.force_login(cast.owner)
    page = reverse("enterprises:request", args=[case.number])
    for _page in range(access.PAGES_WITH_FILES):
        access.is_too_often(RequestFactory().get("/"), what="files", limit=1, seconds=60, who=str(cast.owner.pk))

    answer = client.post(page, {"body": "Attached.", "attachments": SimpleUploadedFile("scan.png", png())})

    assert (answer.status_code, Message.objects.filter(body="Attached.").count()) == (302, 0)
    assert client.get(page).context["form"]["body"].value() == "Attached."
