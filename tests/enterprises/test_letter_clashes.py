"""Two people at the same letter: withdrawing while it is signed, revoking while it is downloaded, signing off one's own review."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from enterprises import verification
from enterprises.actions import requests
from enterprises.actions.moves import mark_of
from enterprises.enums import RequestState
from enterprises.invitations import letters, workflow
from enterprises.invitations.enums import LetterState
from enterprises.models import Letter, ServiceRequest
from enterprises.verification import Standing
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import outbox
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import Promise
from tests.cast import Cast, assemble, bring_to, complete_invitation, work_off
from tests.enterprises.test_letter_races import at_once

Make = Callable[[RequestState], ServiceRequest]
S = RequestState


@pytest.mark.django_db(transaction=True)
def test_whoever_withdraws_while_the_letter_is_signed_is_told_that_it_is_too_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "ring", lambda *args: None)
    cast = assemble()
    case = bring_to(S.APPROVED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    [outbox.keep(promise.pk) for promise in Promise.objects.filter(kind=workflow.RENDER)]
    signing = Promise.objects.get(kind=workflow.SIGN).pk

    ends = at_once(lambda act: act(), [lambda: outbox.keep(signing), lambda: requests.withdraw(case.pk, by=cast.owner)])

    assert [type(end) for end in ends if isinstance(end, Exception)] == [NotNow]
    assert (Letter.objects.get().state, ServiceRequest.objects.get().state) == (LetterState.ISSUED, S.ISSUED)


def test_a_download_that_has_begun_ends_whole_and_the_next_one_finds_nothing(
    client: Client, request_in: Make, cast: Cast
) -> None:
    case = request_in(S.APPROVED)
    work_off()
    letter, address = Letter.objects.get(), f"/en/company/requests/{case.number}/letter/"
    client.force_login(cast.owner)
    stream: Iterator[bytes] = iter(client.get(address).streaming_content)  # type: ignore[attr-defined]
    begun = next(stream)

    letters.revoke(letter.pk, reason="The visit was cancelled.", by=cast.approver)

    found = verification.examine(begun + b"".join(stream))
    assert (found.is_genuine, found.finding and found.finding.standing) == (True, Standing.REVOKED)
    assert client.get(address).status_code == 404


DOORS: dict[str, Callable[[ServiceRequest], tuple[str, dict[str, Any]]]] = {
    "form": lambda case: (
        reverse("admin:enterprises_servicerequest_approve", args=[case.pk]),
        {"seen": mark_of(case)},
    ),
    "bulk": lambda case: (
        reverse("admin:enterprises_bulksignoff_new"),
        {"key": uuid4(), "request": case.pk, f"seen-{case.pk}": mark_of(case)},
    ),
    "record": lambda case: (
        reverse("admin:enterprises_servicerequest_change", args=[case.pk]),
        {"state": S.APPROVED, "approved_by": case.reviewed_by_id},
    ),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("is_superuser", [False, True])
def test_no_door_of_the_back_office_signs_off_the_own_review(
    client: Client, cast: Cast, request_in: Make, door: str, is_superuser: bool
) -> None:
    case = request_in(S.REVIEWED)
    cast.reviewer.add_role(Role.APPROVER)
    cast.reviewer.is_superuser = is_superuser
    cast.reviewer.save()
    client.force_login(cast.reviewer)
    address, sent = DOORS[door](case)

    client.post(address, sent)
    work_off()

    assert (ServiceRequest.objects.get().state, Letter.objects.count()) == (S.REVIEWED, 0)


@pytest.mark.django_db
def test_there_is_no_programming_interface_that_could_sign_off() -> None:
    def addresses(patterns: Any, before: str = "") -> Iterator[str]:
        for entry in patterns:
            here = before + str(entry.pattern)
            yield from addresses(entry.url_patterns, here) if hasattr(entry, "url_patterns") else [here]

    signing = {address for address in addresses(get_resolver().url_patterns) if "approve" in address}

    assert signing == {"admin/enterprises/servicerequest/<int:pk>/approve/"}


def test_not_even_the_shell_signs_off_the_own_review(cast: Cast, request_in: Make) -> None:
    case = request_in(S.REVIEWED)

    with pytest.raises(Exception, match="request_two_persons"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enterprises_servicerequest SET state = 'approved', approved_by_id = reviewed_by_id WHERE id = %s",
            [case.pk],
        )
