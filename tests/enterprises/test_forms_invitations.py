"""Bad input of the guided form: each slip gets its message at its field."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.translation import override
from PIL import Image

from enterprises.form_fields import CountryChoice
from enterprises.invitations import mrz
from enterprises.invitations.forms import InviteeForm, ItineraryPage, PapersForm, PurposeForm
from tests.cast import add_invitee, complete_invitation, draft, guest_fields
from tests.enterprises.guided import PURPOSE, in_days, invitee, itinerary, pdf, scan

# The specimen of ICAO 9303-4, appendix A, with a later expiry date and its own check digits.
FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.fixture
def case(cast):
    return draft(cast.company, by=cast.owner)


def typed(answers):
    data = QueryDict(mutable=True)
    data.update(answers)
    return data


def faults_of(case, **changes):
    form = InviteeForm(case, None, typed(invitee(**changes)))
    return set(form.errors)


def zone(number="L898902C3", born="740812", expires="351231", country="UTO"):
    """The two lines of a passport with right check digits."""
    parts = [number.ljust(9, "<"), born, expires]
    number_, born_, expires_ = [part + str(mrz.check_digit(part)) for part in parts]
    rest = "<" * 14 + "0"
    last = mrz.check_digit(number_ + born_ + expires_ + rest)
    return f"P<{country}ERIKSSON<<ANNA<MARIA".ljust(44, "<") + f"\n{number_}{country}{born_}F{expires_}{rest}{last}"


def test_good_answers_are_good(case):
    assert faults_of(case) == set()
    assert PurposeForm(case, typed(PURPOSE)).is_valid()
    assert ItineraryPage(case, typed(itinerary())).is_valid()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("surname", "金"),
        ("surname", "Иванов"),
        ("surname", "R2D2"),
        ("given_names", "민준"),
        ("passport_number", "A1"),
        ("passport_number", "C01-X00"),
        ("born_on", in_days(1)),
        ("born_on", "31.02.1990"),
        ("passport_expires_on", in_days(-1)),
        ("nationality", "CN"),
        ("nationality", "TW"),
        ("visa_post_country", "TW"),
        ("sex", "?"),
        ("employer", "x" * 201),
    ],
)
def test_a_slip_about_an_invitee_is_said_at_its_field(case, field, value):
    assert field in faults_of(case, **{field: value})


def test_a_single_name_is_a_name(case):
    assert faults_of(case, surname="SUHARTINI", given_names="") == set()


def test_a_passport_number_is_written_in_one_way(case):
    form = InviteeForm(case, None, typed(invitee(passport_number=" c01 x00t47 ")))

    assert form.is_valid()
    assert form.cleaned_data["passport_number"] == "C01X00T47"


def test_a_passport_that_expires_before_the_departure(case):
    invitation = case.invitation
    invitation.arrival_on, invitation.departure_on = in_days(60), in_days(66)
    invitation.save()
    invitation.refresh_from_db()

    assert faults_of(case, passport_expires_on=in_days(65)) == {"passport_expires_on"}


def test_the_same_passport_twice(case):
    add_invitee(case, **guest_fields(0))

    assert faults_of(case) == {"passport_number"}


def test_another_visa_post_needs_a_reason(case):
    assert faults_of(case, visa_post_country="SG") == {"visa_post_reason"}
    assert faults_of(case, visa_post_country="SG", visa_post_reason="Lives there.") == set()


def test_multiple_entries_need_earlier_visas(case):
    case.invitation.entries = "multiple"

    assert faults_of(case) == {"earlier_visas"}


@pytest.mark.parametrize("place", [9, 19, 27, 43])
def test_a_wrong_check_digit_is_said_at_the_zone(case, place):
    first, second = zone().split()
    wrong = str((int(second[place]) + 1) % 10)

    assert "mrz" in faults_of(case, mrz=f"{first}\n{second[:place]}{wrong}{second[place + 1 :]}")


@pytest.mark.parametrize("text", ["hello", FIRST, f"{FIRST}\n{SECOND}X", "P<" * 44])
def test_what_is_no_zone_is_said_at_the_zone(case, text):
    assert "mrz" in faults_of(case, mrz=text)


def test_the_zone_fills_what_is_empty(case):
    empty = dict.fromkeys(
        ("surname", "given_names", "sex", "born_on", "passport_number", "passport_expires_on", "nationality"), ""
    )
    form = InviteeForm(case, None, typed(invitee(**empty, mrz=zone(country="D<<")) | {"visa_post_country": "DE"}))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["surname"] == "ERIKSSON"
    assert form.cleaned_data["nationality"] == "DE"
    assert str(form.cleaned_data["passport_expires_on"]) == "2035-12-31"


def test_what_differs_from_the_zone_is_said_at_its_field(case):
    assert faults_of(case, mrz=zone()) == {"passport_number", "born_on", "passport_expires_on"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"departure_on": in_days(59)}, "departure_on"),
        ({"departure_on": in_days(600)}, "departure_on"),
        ({"arrival_on": in_days(0)}, "arrival_on"),
        ({"arrival_on": "tomorrow"}, "arrival_on"),
        ({"stay_days": "6"}, "stay_days"),
        ({"stay_days": "0"}, "stay_days"),
        ({"places_zh_hans": "Shenyang"}, "places_zh_hans"),
        ({"places_en": "沈阳"}, "places_en"),
    ],
)
def test_a_slip_about_the_visit_is_said_at_its_field(case, changes, field):
    page = ItineraryPage(case, typed(itinerary(**changes)))

    assert not page.is_valid()
    assert field in page.form.errors


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"days-0-on": ""}, "on"), ({"days-0-plan": ""}, "plan"), ({"days-0-on": in_days(70)}, "on")],
)
def test_a_slip_in_a_row_is_said_at_its_row(case, changes, field):
    page = ItineraryPage(case, typed(itinerary(**changes)))

    assert not page.is_valid()
    assert field in page.formset.forms[0].errors


def test_an_itinerary_without_days_is_said(case):
    page = ItineraryPage(case, typed(itinerary(**{"days-0-on": "", "days-0-plan": ""})))

    assert not page.is_valid()
    assert page.formset.non_form_errors()


@pytest.mark.parametrize("count", ["", "many", "-1", "100000", pytest.param("9" * 5000, id="thousands of digits")])
def test_a_forged_count_of_rows_is_no_fault_of_the_server(case, count):
    assert not ItineraryPage(case, typed(itinerary(**{"days-TOTAL_FORMS": count}))).is_valid()
    assert ItineraryPage(case, typed(itinerary(**{"days-TOTAL_FORMS": count, "add_row": "1"}))).formset.forms


def bomb():
    content = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(content, format="PNG")
    return content.getvalue()


BAD_FILES = {
    "20 MB": lambda: b"%PDF-1.7" + b"0" * 20 * 1024**2,
    "executable as PDF": lambda: b"MZ\x90\x00" + b"\0" * 100,
    "empty": lambda: b"",
    "bomb": bomb,
    "SVG with script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "PDF with JavaScript": lambda: pdf(script=True),
    "broken PDF": lambda: b"%PDF-1.7 and nothing more",
}


@pytest.mark.parametrize("file", BAD_FILES)
def test_a_bad_file_is_said_at_its_field(cast, file):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    upload = SimpleUploadedFile("guarantee.pdf", BAD_FILES[file]())

    form = PapersForm(case, typed({"is_consent_given": "on"}), {"guarantee": upload})

    assert list(form.errors) == ["guarantee"]


def test_papers_and_consent_are_asked_for(case):
    guest = add_invitee(case, **guest_fields(0))

    form = PapersForm(case, typed({}), {})

    assert set(form.errors) == {"sealed_request", "guarantee", f"passport_{guest.pk}", "is_consent_given"}


def test_a_plain_pdf_is_taken(cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)

    assert PapersForm(case, typed({"is_consent_given": "on"}), {"guarantee": scan("g.pdf", pdf())}).is_valid()


def test_countries_stand_in_the_readers_order():
    with override("zh-hans"):
        names = [name for _code, name in CountryChoice(without=["CN"]).choices][1:]

    assert len(names) > 190
    assert names[0].startswith("阿")
