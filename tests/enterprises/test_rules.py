from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from enterprises.invitations import rules
from enterprises.invitations.enums import Entries, PaperRole
from enterprises.models import ServiceRequest
from tests.cast import INVITEES, add_invitee, complete_invitation, guest_fields

TODAY = date(2026, 7, 1)
ARRIVAL = date(2026, 8, 1)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def faults(request: ServiceRequest) -> list[tuple[str, str]]:
    """Step and English sentence of everything that is wrong."""
    with override("en"):
        fresh = ServiceRequest.objects.get(pk=request.pk)
        return [(fault.step, str(fault.message)) for fault in rules.faults(fresh)]


def change_visit(request: ServiceRequest, **fields) -> None:
    for name, value in fields.items():
        setattr(request.invitation, name, value)
    request.invitation.save()


def first_guest(request: ServiceRequest):
    return request.invitation.invitees.first()


def test_a_complete_request_has_no_fault(invitation_draft):
    assert faults(invitation_draft) == []


@pytest.mark.parametrize(
    "field", ["visa_class", "reason_code", "payer", "reason_zh_hans", "reason_en", "relation_zh_hans", "relation_en"]
)
def test_the_purpose_is_asked_for_in_full(invitation_draft, field):
    change_visit(invitation_draft, **{field: ""})

    assert faults(invitation_draft) == [("purpose", "Complete the purpose of the visit.")]


def test_the_guarantee_is_asked_for(invitation_draft):
    change_visit(invitation_draft, is_guarantee_accepted=False)

    assert faults(invitation_draft) == [("purpose", "Accept the guarantee.")]


def test_the_invitees_consent_is_asked_for(invitation_draft):
    change_visit(invitation_draft, is_consent_given=False)

    assert faults(invitation_draft) == [("papers", "Confirm that the invitees agree to the use of their data.")]


@pytest.mark.parametrize("field", ["arrival_on", "departure_on", "places_zh_hans", "places_en"])
def test_dates_and_places_are_asked_for(invitation_draft, field):
    change_visit(invitation_draft, **{field: None})

    assert ("itinerary", "Complete the dates and places of the visit.") in faults(invitation_draft)


def test_days_of_stay_that_do_not_agree_are_named(invitation_draft):
    change_visit(invitation_draft, stay_days=99)

    assert faults(invitation_draft) == [("itinerary", "The days of stay do not agree with the dates.")]


def test_an_arrival_that_has_passed_since_is_named(invitation_draft):
    today = timezone.localdate()
    change_visit(
        invitation_draft, arrival_on=today, stay_days=rules.stay_days(today, invitation_draft.invitation.departure_on)
    )

    assert ("itinerary", "The day of arrival has to be in the future.") in faults(invitation_draft)


def test_an_itinerary_is_asked_for(invitation_draft):
    invitation_draft.invitation.days.all().delete()

    assert faults(invitation_draft) == [
        ("itinerary", "Describe the itinerary, each day between arrival and departure.")
    ]


def test_a_day_outside_the_visit_is_named(invitation_draft):
    day = invitation_draft.invitation.days.last()
    day.on += timedelta(days=30)
    day.save()

    assert faults(invitation_draft) == [
        ("itinerary", "Describe the itinerary, each day between arrival and departure.")
    ]


def test_a_request_without_invitees_is_named(cast):
    request = complete_invitation(cast.company, by=cast.owner, invitees=0)

    assert faults(request) == [("invitees", "Add at least one invitee.")]


def test_201_invitees_are_too_many(cast):
    request = complete_invitation(cast.company, by=cast.owner, invitees=0)
    for index in range(201):
        add_invitee(request, **guest_fields(index))

    message = "A request may name 200 invitees at most; this one has 201."
    assert ("invitees", message) in faults(request)


def test_a_passport_that_expires_too_early_is_named_with_its_person(invitation_draft):
    guest = first_guest(invitation_draft)
    guest.passport_expires_on = invitation_draft.invitation.departure_on
    guest.save()

    message = "Größmann-Öztürk Jürgen: the passport expires before the departure."
    assert faults(invitation_draft) == [("invitees", message)]
    assert rules.faults(invitation_draft)[0].part == guest.pk


def test_another_visa_post_needs_a_reason(invitation_draft):
    guest = invitation_draft.invitation.invitees.get(surname="SUHARTINI")
    guest.visa_post_reason = ""
    guest.save()

    message = "SUHARTINI: say why the visa is not applied for in the country of nationality."
    assert faults(invitation_draft) == [("invitees", message)]


def test_multiple_entries_need_earlier_visas_of_each(invitation_draft):
    change_visit(invitation_draft, entries=Entries.MULTIPLE)

    assert len(faults(invitation_draft)) == len(INVITEES)


@pytest.mark.parametrize("role", rules.REQUIRED_PAPERS)
def test_each_required_paper_is_asked_for(invitation_draft, role):
    invitation_draft.papers.get(role=role).delete()

    with override("en"):
        assert faults(invitation_draft) == [("papers", f"Add: {role.label}.")]


def test_the_data_page_of_each_passport_is_asked_for(invitation_draft):
    guest = invitation_draft.invitation.invitees.get(surname="KIM")
    invitation_draft.papers.get(role=PaperRole.PASSPORT, part=guest.pk).delete()

    assert faults(invitation_draft) == [("papers", "KIM MIN JUN: add the passport data page.")]


def test_all_faults_are_told_at_once_not_one_after_another(invitation_draft):
    change_visit(invitation_draft, is_guarantee_accepted=False, is_consent_given=False, stay_days=99)

    assert [step for step, _message in faults(invitation_draft)] == ["purpose", "itinerary", "papers"]


@pytest.mark.parametrize(
    ("arrival", "departure", "field"),
    [
        (TODAY, ARRIVAL, "arrival_on"),
        (TODAY - timedelta(days=1), ARRIVAL, "arrival_on"),
        (ARRIVAL, ARRIVAL - timedelta(days=1), "departure_on"),
        (ARRIVAL, ARRIVAL + timedelta(days=180), "departure_on"),
    ],
)
def test_dates_that_cannot_be_are_named_at_their_field(arrival, departure, field):
    with pytest.raises(ValidationError) as refused:
        rules.check_dates(arrival, departure, today=TODAY)

    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("departure", [ARRIVAL, ARRIVAL + timedelta(days=179)])
def test_a_visit_of_one_day_and_of_the_longest_stay_are_accepted(departure):
    assert rules.check_dates(ARRIVAL, departure, today=TODAY) is None


@given(DAYS, st.integers(0, 400))
def test_both_the_first_and_the_last_day_count(arrival, nights):
    assert rules.stay_days(arrival, arrival + timedelta(days=nights)) == nights + 1


@pytest.mark.parametrize(
    "name", [guest["surname"] for guest in INVITEES] + ["O'Connor", "D’Arc", "Nguyễn", "Łukasz Jr.", "Ş"]
)
def test_names_in_latin_letters_are_accepted(name):
    assert rules.check_latin(name) is None


@pytest.mark.parametrize(
    "name",
    ["", " ", "김민준", "Иванова", "-", "王", "KIM 민준", "KIM1", "KIM<JUN", "\uff2b\uff29\uff2d", "KIM ✝", "KIM\n"],
)
def test_names_in_other_signs_are_refused(name):
    with pytest.raises(ValidationError):
        rules.check_latin(name)


@pytest.mark.parametrize(("days", "too_early"), [(-1, True), (0, True), (1, False)])
def test_a_passport_outlives_the_departure(days, too_early):
    assert rules.expires_too_early(ARRIVAL + timedelta(days=days), ARRIVAL) is too_early


@pytest.mark.parametrize(("days", "soon"), [(10, True), (182, True), (183, False)])
def test_a_passport_that_expires_within_half_a_year_is_pointed_out(days, soon):
    assert rules.expires_soon(ARRIVAL + timedelta(days=days), ARRIVAL) is soon
