"""Each row is held against the rules of one invitee, the other rows and other requests."""

import pytest
from django.utils.translation import override

from enterprises.actions import requests
from enterprises.enums import RequestState
from enterprises.invitations.batches.checking import check
from enterprises.models import ServiceRequest
from tests.cast import add_invitee, bring_to, complete_invitation, guest_fields
from tests.enterprises.lists import guest, upload, visit, wide
from tests.enterprises.test_mrz import zone


@pytest.fixture
def case(cast):
    return visit(cast)


def verdicts(case, *guests):
    with override("en"):
        return check(case, upload(case, *guests))


def faults(case, **changes):
    return verdicts(case, guest(0, **changes))[0].faults


def test_a_right_row_has_no_fault_and_no_warning(case):
    verdict = verdicts(case, guest(0))[0]

    assert (verdict.is_good, verdict.warnings) == (True, [])
    assert verdict.answers["passport_type"] == "ordinary"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("surname", "", "This field is required."),
        ("surname", "Kim 😀", "“😀” is not a Latin letter."),
        ("employer", "Robots 😀", "The letter cannot print these characters: 😀 (U+1F600)."),
        ("native_name", "김\ue000", "The letter cannot print these characters: U+E000."),
        ("sex", "?", "Write one of: Male, Female, Unspecified."),
        ("born_on", "01/02/1985", "Day or month first? 01 and 02 could be either. Write the date as 2026-01-31."),
        ("born_on", "2999-01-01", "The date of birth has to be in the past."),
        ("nationality", "HK", "No invitation letter is needed for this nationality or region."),
        ("passport_number", "12", "A passport number has 5 to 20 letters and digits."),
        ("passport_expires_on", "2020-01-31", "The passport expires before the departure."),
        ("job_title", "=A1&B1", "This is a formula. Write its result."),
        ("employer", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        ("mrz", "P<nonsense", "These are not the two lines of 44 characters of a passport, or the last check digit does not fit."),
    ],
)  # fmt: skip
def test_a_cell_at_fault_says_what_is_wrong(case, name, text, message):
    keys = (*guest(0), "native_name", "mrz")
    row = upload(case, guest(0))[0]
    row.cells = dict.fromkeys(keys, "") | guest(0) | {name: text}

    with override("en"):
        found = check(case, [row])[0].faults

    assert found == {name: [message]}


def test_a_letter_kept_in_two_languages_says_it_in_each(case):
    rows = upload(case, guest(0, born_on="01/02/1985"))

    with override("zh-hans"):
        assert check(case, rows)[0].faults == {
            "born_on": ["无法判断 01 和 02 哪个是月、哪个是日，请按 2026-01-31 的格式填写。"]
        }


def test_the_check_digits_of_a_zone_are_checked(case):
    row = upload(case, guest(0))[0]
    row.cells |= {"mrz": zone().replace("851102", "851103")}

    with override("en"):
        assert check(case, [row])[0].faults == {
            "mrz": ["The check digit of the date of birth does not fit. Compare the second line with the passport."]
        }


def test_what_differs_from_the_zone_is_named(case):
    row = upload(case, guest(0))[0]
    row.cells |= {"mrz": zone(), "passport_expires_on": "2030-01-01"}

    with override("en"):
        assert check(case, [row])[0].faults == {"passport_number": ["This differs from the machine-readable zone."]}


def test_the_same_passport_twice_names_the_other_row(case):
    found = verdicts(case, guest(1), guest(2), guest(1, surname="LEE"), guest(1))

    assert [verdict.faults for verdict in found] == [
        {"passport_number": ["The same passport stands in rows 4, 5."]},
        {},
        {"passport_number": ["The same passport stands in rows 2, 5."]},
        {"passport_number": ["The same passport stands in rows 2, 4."]},
    ]


def test_the_same_passport_written_differently_is_the_same(case):
    found = verdicts(case, guest(1), guest(1, passport_number=wide("m") + " 00000001", nationality="韩国"))

    assert [verdict.is_good for verdict in found] == [False, False]


def test_the_same_number_of_two_countries_is_two_passports(case):
    found = verdicts(case, guest(1), guest(1, nationality="JP", visa_post_country="JP"))

    assert [verdict.is_good for verdict in found] == [True, True]


def test_who_is_in_the_request_already_is_told_apart(case):
    add_invitee(case, **guest_fields(1) | {"passport_number": "M00000007", "nationality": "KR"})

    verdict = verdicts(case, guest(7))[0]

    assert (verdict.is_listed, verdict.faults) == (True, {"passport_number": ["This passport is already in the list."]})


def test_an_overlapping_request_of_the_same_company_is_named(cast, case):
    other = bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=2), cast)

    verdict = verdicts(case, guest(0, passport_number="M12345678"))[0]

    assert verdict.is_good
    assert verdict.warnings == [f"Your request {other.number} invites the same person for overlapping days."]


def test_an_overlapping_request_of_another_company_tells_nothing_of_it(cast, case):
    requests.submit(complete_invitation(cast.other_company, by=cast.outsider, invitees=2).pk, by=cast.outsider)

    verdict = verdicts(case, guest(0, passport_number="M12345678"))[0]

    assert verdict.warnings == [
        "Another request invites the same person for overlapping days. The office may ask about it."
    ]


def test_requests_for_other_days_and_drafts_are_no_overlap(cast, case):
    bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=2, in_days=100), cast)
    complete_invitation(cast.other_company, by=cast.outsider, invitees=2)

    assert verdicts(case, guest(0, passport_number="M12345678"))[0].warnings == []


def test_a_passport_that_expires_soon_is_a_warning(case):
    leaves = case.invitation.departure_on

    verdict = verdicts(case, guest(0, passport_expires_on=leaves.replace(year=leaves.year + 1).isoformat()))[0]
    soon = verdicts(
        case, guest(0, passport_expires_on=f"{leaves.year + (leaves.month > 9)}-{(leaves.month + 2) % 12 + 1:02d}-01")
    )[0]

    assert verdict.warnings == []
    assert [warning[:50] for warning in soon.warnings] == ["The passport is valid for less than six months aft"]


@pytest.mark.parametrize("count", [1, 30, 200])
def test_a_check_takes_two_queries_however_many_rows(case, count, django_assert_num_queries):
    rows = upload(case, *(guest(index) for index in range(count)))
    fresh = ServiceRequest.objects.select_related("invitation").get(pk=case.pk)

    with django_assert_num_queries(2):
        assert len(check(fresh, rows)) == count
