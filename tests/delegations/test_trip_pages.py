"""The public notices of official trips, and their pages in the back office."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override
from time_machine import travel

from delegations.trips import actions
from delegations.trips.enums import LimitKey, TripState
from delegations.trips.facts import load_limits
from delegations.trips.figures import figures
from delegations.trips.limits import limits_on
from delegations.trips.models import PlannedTrip, Trip, TripLimit, person_index
from delegations.trips.reminders import everything_due
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import audit, facts
from shenyang_fao.core.models import CountryGroup, ExportRecord
from tests.cast import officer, png
from tests.delegations import trip_makers as make

pytestmark = pytest.mark.django_db
S = TripState
LIST = "/{}/delegations/trips/"
PAGE = "/{}/delegations/trips/2026-04-a1b2c3d4/"
ADMIN = "/admin/delegations/trip/"


def at(day: str):
    return travel(f"{day}T02:00Z", tick=False)


def read(address: str, language: str = "en") -> tuple[int, str]:
    answer = Client().get(address.format(language))
    return answer.status_code, answer.content.decode()


def desk(person) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["王测0", "王测1", "沈阳市测试局", "处长", "日本", "商谈养老合作", "会谈", "沈阳—札幌—沈阳", "札幌市政府", "80000元", "部门预算"]),
        ("en", ["王测0", "王测1", "处长", "Japan", "Talks on care for the aged", "会谈", "沈阳—札幌—沈阳", "札幌市政府", "80,000 yuan", "部门预算",
                "Some names and texts stand here in the language", "16 March 2026", "7 April 2026"]),
    ],
)  # fmt: skip
def test_the_notice_shows_what_has_to_be_shown_and_no_machine_keeps_it(language, words):
    make.bring(make.draft(), S.NOTICED)

    with at(make.SUNDAY):
        answer = Client().get(PAGE.format(language))

    assert [word for word in words if word not in answer.content.decode()] == []
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, noarchive")


@pytest.mark.parametrize(
    ("state", "day", "status"),
    [
        (S.NOTICED, "2026-03-09", 200),
        (S.NOTICED, "2026-04-07", 200),
        (S.NOTICED, "2026-04-08", 410),
        (S.FILED, "2026-03-17", 410),
        (S.APPROVED, "2026-03-17", 410),
        (S.REPORTED, "2026-04-20", 200),
        (S.REPORTED, "2026-06-18", 200),
        (S.REPORTED, "2026-06-19", 410),
    ],
)
def test_a_notice_stands_in_its_time_and_goes_after_it(state, day, status):
    make.bring(make.draft(), state)

    with at(day):
        found, page = read(PAGE)
        names = "Test Bureau's group" in read(LIST)[1].replace("&#x27;", "'")

    assert (found, "王测0" in page, names) == (status, status == 200, status == 200)


def test_a_draft_one_taken_back_and_an_invented_one_were_never_there():
    make.draft("2026-04-draft")
    back = make.bring(make.draft("2026-04-back"), S.NOTICED)
    make.bring(make.draft("2026-04-invented", is_demonstration=True), S.NOTICED)
    with at(make.SUNDAY):
        actions.resume(back.pk, note="x", by=make.filer())

        found = [read(f"/en/delegations/trips/2026-04-{name}/")[0] for name in ("draft", "back", "invented", "nowhere")]
        page = read(LIST)[1]

    assert found == [404, 404, 404, 404]
    assert "Test Bureau" not in page


def test_names_are_in_no_site_map_and_no_feed():
    make.bring(make.draft(), S.NOTICED)

    with at(make.SUNDAY):
        pages = [read(address)[1] for address in ("/{}/", "/{}/site-map/", "/sitemap.xml")]

    assert not [page for page in pages if "王测" in page or "2026-04-a1b2c3d4" in page]


@pytest.mark.parametrize("contact", ["", "024-0000 0000"])
def test_how_to_object_is_said_where_the_contact_is_known(settings, contact):
    settings.SITE_CONTACT = contact
    make.bring(make.draft(), S.NOTICED)

    with at(make.SUNDAY):
        page = read(PAGE)[1]

    assert ("Objections" in page) == bool(contact)


def test_pages_ask_no_more_for_thirty_than_for_one(django_assert_max_num_queries):
    with at(make.MONDAY):
        make.bring(make.draft(people=6), S.NOTICED)
    reader = desk(officer("auditor@example.com", Role.AUDITOR))
    counts = {}
    for number in (1, 3, 30):
        while Trip.objects.count() < number:
            make.bring(make.draft(f"2026-04-{Trip.objects.count()}"), S.NOTICED)
        for address in (LIST, PAGE, ADMIN, f"{ADMIN}{Trip.objects.first().pk}/change/", f"{ADMIN}figures/"):
            with at(make.SUNDAY), django_assert_max_num_queries(30) as asked:
                assert (Client() if "{}" in address else reader).get(address.format("en")).status_code == 200
            counts.setdefault(address, set()).add(len(asked))

    assert {address: len(found) for address, found in counts.items()} == dict.fromkeys(counts, 1), counts
    assert max(*counts[LIST], *counts[PAGE]) <= 8, counts


def form(**changed: object) -> dict[str, object]:
    """The form of a trip as the browser sends it."""
    trip = {
        "unit": make.unit().pk, "work": "general", "name_zh_hans": "团组", "name_en": "Group", "purpose_zh_hans": "任务", "purpose_en": "Task",
        "leaves_on": "2026-04-13", "returns_on": "2026-04-17", "route": "沈阳—东京—沈阳", "inviter_zh_hans": "方", "inviter_en": "",
        "inviter_country": "JP", "budget": "\uff18\uff10\uff10\uff10", "budget_source": "预算", "lane": "normal",
    }  # fmt: skip
    member = {"part": "head", "position": "0", "name_zh_hans": "王", "unit_zh_hans": "局", "post_zh_hans": "长"}
    leg = {"country": "JP", "arrives_on": "2026-04-13", "departs_on": "2026-04-17", "agenda_zh_hans": "会谈"}
    for prefix, row in (("members", member), ("legs", leg)):
        trip |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
        trip |= {f"{prefix}-0-{name}": value for name, value in row.items()}
    return trip | changed


def test_an_officer_enters_a_trip_with_its_people_and_stays_and_full_width_digits():
    answer = desk(make.filer()).post(f"{ADMIN}add/", form())

    trip = Trip.objects.get()
    assert answer.url == f"{ADMIN}{trip.pk}/change/"
    assert (trip.budget, trip.created_by, trip.members.get().person_index) == (
        8000,
        make.filer(),
        person_index("王", "局"),
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"returns_on": "2026-04-10"}, "The return lies before the departure."),
        ({"leaves_on": "2026-02-29"}, "Enter a valid date."),
        ({"legs-0-departs_on": "2026-04-01"}, "The departure lies before the arrival."),
        ({"budget": "99999999999999999999"}, "Ensure that there are no more than 12 digits in total."),
        ({"budget": "-5"}, "The amount is more than nothing."),
        ({"name_en": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(wrong, said):
    answer = desk(make.filer()).post(f"{ADMIN}add/", form(**wrong))

    assert (answer.status_code, said in answer.content.decode(), Trip.objects.count()) == (200, True, 0)


def test_pasted_html_stays_text():
    evil = "<script>alert(1)</script>"
    make.bring(make.draft(purpose_zh_hans=evil, purpose_en=evil, route=evil), S.NOTICED)

    with at(make.SUNDAY):
        page = read(PAGE)[1]

    assert (evil in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_everybody_presses_their_own_button_until_the_trip_is_closed():
    trip = make.draft()
    address = f"{ADMIN}{trip.pk}/"
    steps = [
        (make.MONDAY, make.filer(), "step/publish/", {}),
        (make.TUESDAY, make.filer(), "step/file/", {}),
        (make.TUESDAY, make.reviewer(), "step/review/", {"note": "好"}),
        (make.TUESDAY, make.approver(), "step/approve/", {}),
        (make.BACK, make.filer(), "report/", {"left_on": "2026-04-13", "returned_on": "2026-04-17", "visited": "JP",
                                              "execution_zh_hans": "会谈", "report_zh_hans": "报告"}),
        (make.BACK, make.filer(), "documents/", {"on": "2026-04-18"}),
        (make.BACK, make.reviewer(), "step/close/", {}),
    ]  # fmt: skip
    for day, person, door, typed in steps:
        with at(day):
            answer = desk(person).post(f"{address}{door}", {"seen": make.newest(trip), **typed})
        assert answer.status_code == 302, (door, answer.content.decode()[-3000:])

    trip.refresh_from_db()
    assert trip.state == S.CLOSED


def test_seven_people_in_three_countries_for_eleven_days_stay_a_draft_and_the_page_says_why():
    trip = make.draft(people=7, returns_on=date(2026, 4, 23))
    make.leg(trip, "KR", date(2026, 4, 17), date(2026, 4, 20))
    make.leg(trip, "TH", date(2026, 4, 20), date(2026, 4, 23))
    make.leg(trip, "SG", date(2026, 4, 23), date(2026, 4, 23), is_transit=True)
    browser = desk(make.filer())

    with at(make.MONDAY):
        page = browser.post(f"{ADMIN}{trip.pk}/step/publish/", follow=True).content.decode()

    assert "7 people; at most 6 may travel, interpreter included." in page
    assert "11 days; at most 10 for 3 countries or regions" in page
    assert Trip.objects.get().state == S.DRAFT


def test_papers_are_private_their_opening_is_recorded_and_a_stranger_gets_none():
    trip = make.draft()
    browser = desk(make.filer())
    from_disk = pytest.importorskip("django.core.files.uploadedfile").SimpleUploadedFile("b.png", png())

    browser.post(f"{ADMIN}{trip.pk}/paper/", {"role": "budget", "file": from_disk})

    paper = trip.papers.get(role="budget")
    address = f"{ADMIN}{trip.pk}/paper/{paper.file.key}/"
    answers = [
        b"".join(browser.get(address).streaming_content)[:4],
        desk(officer("e@example.com", Role.EDITOR)).get(address),
    ]
    assert (answers[0], answers[1].status_code, paper.file.views.count()) == (b"\x89PNG", 403, 1)


def test_a_trip_on_notice_has_no_form_any_more():
    trip = make.bring(make.draft(), S.NOTICED)

    assert desk(make.filer()).post(f"{ADMIN}{trip.pk}/edit/", form()).status_code == 403


def test_figures_count_people_by_name_and_unit_and_leave_invented_trips_out():
    make.bring(make.draft(), S.REPORTED)
    make.bring(make.draft("2026-04-b", people=1), S.APPROVED)
    make.bring(make.draft("2026-04-c", is_demonstration=True), S.APPROVED)
    auditor = officer("auditor@example.com", Role.AUDITOR)

    with at(make.BACK):
        found = figures("2026")
        exported = desk(auditor).get(f"{ADMIN}figures/export/person/").content.decode("utf-8-sig")

    assert (len(found.trips), len(found.made), found.left_out, found.days) == (2, 1, 1, 5)
    assert [(person.name, person.trips, person.days) for person in found.persons] == [("王测0", 2, 10), ("王测1", 1, 5)]
    assert exported.splitlines()[1] == "王测0,沈阳市测试局,2,10"
    assert ExportRecord.objects.get().by == auditor


def test_reminders_come_before_and_after_what_is_due():
    make.bring(make.draft(), S.APPROVED)
    found = {}
    for day in ("2026-04-17", "2026-04-18", "2026-04-25", "2026-05-18"):
        with at(day), override("en"):
            found[day] = [due.occasion.line for due in everything_due()]

    group = "Test Bureau's group to Japan"
    assert found == {
        "2026-04-17": [],
        "2026-04-18": [
            f"The travel documents are due on 24 April 2026 (in 6 days): {group}",
            f"The report is due on 17 May 2026 (in 29 days): {group}",
        ],
        "2026-04-25": [
            f"The travel documents are due since 24 April 2026: {group}",
            f"The report is due on 17 May 2026 (in 22 days): {group}",
        ],
        "2026-05-18": [
            f"The travel documents are due since 24 April 2026: {group}",
            f"The report is due since 17 May 2026: {group}",
        ],
    }


def test_the_limits_are_loaded_once_and_an_officers_number_stands(settings):
    for _time in range(2):
        load_limits(settings.FACTS_DIR)
        facts.loaders["country_groups"](settings.FACTS_DIR)
    assert (TripLimit.objects.count(), CountryGroup.objects.count()) == (8, 36)

    limit = TripLimit.objects.get(key=LimitKey.PEOPLE)
    audit.sign(make.filer())
    TripLimit.objects.filter(pk=limit.pk).update(value=5)
    audit.sign(None)
    load_limits(settings.FACTS_DIR)
    TripLimit.objects.create(key=LimitKey.PEOPLE, value=4, valid_from="2027-01-01", source="s")

    assert [limits_on(date(year, 1, 1)).people for year in (2012, 2026, 2027)] == [6, 5, 4]


def test_the_annual_plan_counts_its_trips():
    line = PlannedTrip.objects.create(year=2026, unit=make.unit(), purpose="友城交流", countries=["JP"])
    make.draft(planned=line)

    page = desk(make.filer()).get("/admin/delegations/plannedtrip/").content.decode()

    assert "友城交流" in page
