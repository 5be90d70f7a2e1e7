"""A list is kept as it was written, taken over whole or not at all, and deleted as soon as nobody needs it."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.invitations.batches import actions, columns
from enterprises.models import BatchRow, Invitee, InviteeBatch, ServiceRequest
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import AuditEntry
from tests.cast import add_invitee, assemble, bring_to, complete_invitation, guest_fields
from tests.enterprises.lists import as_xlsx, guest, upload, visit, wide
from tests.enterprises.test_mrz import zone


@pytest.fixture
def case(cast):
    return visit(cast)


def stored(case):
    return list(BatchRow.objects.filter(batch__request=case).values_list("number", flat=True))


def test_rows_are_kept_as_they_were_written(case):
    rows = upload(case, guest(1, born_on="01/02/1985"), guest(2))

    assert [row.cells["born_on"] for row in rows] == ["01/02/1985", "1985-11-02"]


def test_personal_data_are_not_readable_in_the_database_nor_in_the_trail(case):
    upload(case, guest(1, surname="SECRETNAME"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM enterprises_batchrow")
        assert "SECRETNAME" not in cursor.fetchone()[0]
    assert not AuditEntry.objects.filter(table="enterprises_batchrow").exists()


def test_a_new_list_takes_the_place_of_the_earlier_one(case):
    upload(case, guest(1), guest(2))
    upload(case, guest(3))

    assert (InviteeBatch.objects.count(), stored(case)) == (1, [2])


def test_the_list_and_the_invitees_have_to_fit_together(case, cast):
    add_invitee(case, **guest_fields(0))
    said = columns.read(as_xlsx(*(guest(index) for index in range(200))))

    with pytest.raises(Refusal):
        actions.keep(case.pk, said=said, name="list.xlsx", by=cast.owner)

    assert not InviteeBatch.objects.exists()


def test_cells_are_changed_right_or_wrong(case, cast):
    row = upload(case, guest(1))[0]

    actions.write_cells(
        case.pk, written={row.pk: {"born_on": "never", "batch": "x"}, 0: {"surname": "X"}}, by=cast.owner
    )

    row.refresh_from_db()
    assert row.cells["born_on"] == "never"
    assert set(row.cells) == set(columns.NAMES)


def test_a_zone_pasted_in_the_browser_fills_the_row(case, cast):
    row = upload(case, {"employer": "Hanbit"})[0]

    actions.write_cells(case.pk, written={row.pk: {"surname": zone().replace("\n", "")}}, by=cast.owner)

    row.refresh_from_db()
    assert (row.cells["surname"], row.cells["born_on"]) == ("KIM", "1985-11-02")


def test_right_rows_are_taken_over_and_the_others_stay(case, cast):
    upload(case, guest(1, given_names=wide("MIN"), nationality="韩国"), guest(2, sex="?"), guest(3))

    assert actions.take_over(case.pk, expected=2, by=cast.owner) == 2

    first = Invitee.objects.order_by("pk")[0]
    assert (first.given_names, first.nationality.code, first.passport_number) == ("MIN", "KR", "M00000001")
    assert stored(case) == [3]


def test_who_is_taken_over_is_found_by_the_passport_like_anybody_else(case, cast):
    upload(case, guest(1))
    actions.take_over(case.pk, expected=1, by=cast.owner)
    index = Invitee.objects.get().passport_index

    Invitee.objects.get().save()

    assert Invitee.objects.get().passport_index == index


def test_the_last_row_takes_the_list_with_it(case, cast):
    rows = upload(case, guest(1), guest(2, sex="?"))
    actions.take_over(case.pk, expected=1, by=cast.owner)
    actions.leave_out(case.pk, row_ids=[rows[1].pk], by=cast.owner)

    assert not InviteeBatch.objects.exists()


def test_another_number_than_was_shown_takes_over_nobody(case, cast):
    upload(case, guest(1), guest(2))

    with pytest.raises(NotNow):
        actions.take_over(case.pk, expected=1, by=cast.owner)

    assert not Invitee.objects.exists()


def test_taking_over_twice_is_taking_over_once(case, cast):
    upload(case, guest(1), guest(2))
    actions.take_over(case.pk, expected=2, by=cast.owner)

    with pytest.raises(NotNow):
        actions.take_over(case.pk, expected=2, by=cast.owner)

    assert Invitee.objects.count() == 2


def test_two_tabs_that_take_over_at_once_have_one_effect(transactional_db):
    cast = assemble()
    case = visit(cast)
    upload(case, *(guest(index) for index in range(5)))
    outcomes = []

    def take_over():
        try:
            outcomes.append(actions.take_over(case.pk, expected=5, by=cast.owner))
        except NotNow:
            outcomes.append("not now")
        finally:
            connection.close()

    threads = [threading.Thread(target=take_over) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, outcomes)) == ["5", "not now"]
    assert Invitee.objects.count() == 5


@pytest.mark.parametrize("door", ["keep", "write_cells", "leave_out", "take_over", "discard"])
def test_strangers_have_no_hand_in_it(case, cast, door):
    rows = upload(case, guest(1))
    said = columns.read(as_xlsx(guest(2)))
    arguments = {
        "keep": {"said": said, "name": "x"},
        "write_cells": {"written": {rows[0].pk: {"surname": "X"}}},
        "leave_out": {"row_ids": [rows[0].pk]},
        "take_over": {"expected": 1},
        "discard": {},
    }[door]

    for stranger in (cast.outsider, cast.reception, cast.approver):
        with pytest.raises(ServiceRequest.DoesNotExist):
            getattr(actions, door)(case.pk, by=stranger, **arguments)


def test_rows_of_another_request_are_not_touched(case, cast):
    other = visit(cast)
    row = upload(other, guest(1))[0]
    upload(case, guest(2))

    actions.write_cells(case.pk, written={row.pk: {"surname": "X"}}, by=cast.owner)
    actions.leave_out(case.pk, row_ids=[row.pk], by=cast.owner)

    row.refresh_from_db()
    assert row.cells["surname"] == "KIM"


def test_a_list_in_repair_keeps_the_request_from_being_handed_in(cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    upload(case, guest(1))

    with pytest.raises(requests.NotComplete) as refused:
        requests.submit(case.pk, by=cast.owner)

    assert [fault.step for fault in refused.value.faults] == ["invitees"]


@pytest.mark.parametrize("state", [RequestState.DRAFT, RequestState.RETURNED])
def test_a_withdrawn_request_leaves_no_list_behind(cast, state):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    if state != RequestState.DRAFT:
        case = bring_to(state, case, cast)
    upload(case, guest(1))

    requests.withdraw(case.pk, by=cast.owner)

    assert (InviteeBatch.objects.count(), BatchRow.objects.count()) == (0, 0)


def test_after_handing_in_no_list_is_taken(cast):
    case = bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)

    with pytest.raises(NotNow):
        upload(case, guest(1))


def test_taking_over_takes_as_many_queries_for_200_rows_as_for_one(cast):
    counts = []
    for number in (1, 30, 200):
        case = visit(cast)
        upload(case, *(guest(index) for index in range(number)))
        with CaptureQueriesContext(connection) as queries:
            actions.take_over(case.pk, expected=number, by=cast.owner)
        counts.append(len(queries))

    assert len(set(counts)) == 1
