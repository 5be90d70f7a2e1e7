"""The figures of a year, against a year counted by hand."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from enterprises.enums import RequestState
from enterprises.figures import Baseline, Line, figures
from enterprises.models import Company, Letter, ServiceRequest
from shenyang_fao.core.models import PublishedFigure
from tests.cast import (
    THIRD_COMPANY,
    Cast,
    add_invitee,
    bring_to,
    complete_invitation,
    draft,
    guest_fields,
    officer,
    person,
    verified_company,
    work_off,
)

S = RequestState
SHENYANG = ZoneInfo("Asia/Shanghai")
PAGE = reverse("admin:enterprises_servicerequest_figures")


def at(month: int, day: int, hour: int = 10, *, year: int = 2025, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHENYANG)


@dataclass
class Scene:
    """Makes cases whose days are told."""

    cast: Cast

    def case(self, company: Company, state: RequestState, *, invitees: int = 1, **days: Any) -> ServiceRequest:
        owner = company.memberships.get().user
        case = bring_to(
            state, complete_invitation(company, by=owner, invitees=invitees), replace(self.cast, owner=owner)
        )
        ServiceRequest.objects.filter(pk=case.pk).update(**days)
        return case


@pytest.fixture
def demonstration(cast: Cast) -> Company:
    company = verified_company(THIRD_COMPANY, owner=person("invented@example.com"), officer=cast.reception)
    company.is_demonstration = True
    company.save()
    return company


@pytest.fixture
def year(cast: Cast, demonstration: Company) -> None:
    """Four cases of 2025, one of the evening before that was decided in it, and one of a demonstration company."""
    scene = Scene(cast)
    issued = scene.case(cast.company, S.APPROVED, invitees=4, submitted_at=at(1, 10))
    work_off()
    ServiceRequest.objects.filter(pk=issued.pk).update(decided_at=at(1, 15), waited_before=3)
    Letter.objects.update(issued_at=at(2, 1))
    scene.case(cast.company, S.REFUSED, submitted_at=at(1, 20), decided_at=at(2, 3), waited_before=8)
    scene.case(cast.other_company, S.SUBMITTED, invitees=5, submitted_at=at(3, 1))
    scene.case(cast.other_company, S.RETURNED, submitted_at=at(1, 1, 0, minute=10))
    last_evening = at(12, 31, 23, year=2024, minute=30)
    scene.case(cast.company, S.REFUSED, submitted_at=last_evening, decided_at=at(2, 10), waited_before=4)
    scene.case(demonstration, S.REFUSED, submitted_at=at(1, 5), decided_at=at(1, 6), waited_before=60)


@pytest.fixture
def published(db: None) -> None:
    for key, value in {"invitation_enterprises": "70", "invited_foreigners": "253"}.items():
        PublishedFigure.objects.create(
            key=key, label_zh_hans=f"{key}（中文）", label_en=key, value=value, unit="", as_of="2022-10", source="seed"
        )


def test_the_year_is_counted(year: None) -> None:
    found = figures(year="2025")

    # The same guest of the cast heads every list: five passports, and 3, 4, 8 days with 4 in the middle.
    assert found.total == Line(cases=4, invitees=5, letters=1, decisions=3, days=4.0)
    assert found.companies == 2


def test_the_months_are_counted(year: None) -> None:
    months = {month.first: month.line for month in figures(year="2025").months}

    assert len(months) == 12
    assert months[date(2025, 1, 1)] == Line(cases=3, invitees=4, letters=0, decisions=1, days=3.0)
    assert months[date(2025, 2, 1)] == Line(cases=0, invitees=0, letters=1, decisions=2, days=6.0)
    assert months[date(2025, 3, 1)] == Line(cases=1, invitees=5, letters=0, decisions=0, days=None)
    assert months[date(2025, 12, 1)] == Line(cases=0, invitees=0, letters=0, decisions=0, days=None)


def test_a_case_of_the_last_evening_belongs_to_the_year_before(year: None) -> None:
    assert figures(year="2024").total == Line(cases=1, invitees=1, letters=0, decisions=0, days=None)


def test_the_nationalities_are_counted_the_most_first(year: None) -> None:
    with override("en"):
        found = [(row.name, row.invitees, row.cases) for row in figures(year="2025").nationalities]

    assert found[0] == ("Germany", 2, 4)
    assert [row[1:] for row in found[1:]] == [(1, 2)] * 3
    assert [row[0] for row in found[1:]] == sorted(row[0] for row in found[1:])


def test_the_outcomes_are_counted_in_the_order_of_the_journey(year: None) -> None:
    found = [(row.state, row.cases) for row in figures(year="2025").outcomes]

    assert found == [(S.SUBMITTED, 1), (S.RETURNED, 1), (S.ISSUED, 1), (S.REFUSED, 1)]


def test_demonstration_is_left_out_and_counted_apart(year: None) -> None:
    real, invented = figures(year="2025"), figures(year="2025", is_demonstration=True)

    assert (real.left_out, invented.left_out) == (1, 4)
    assert invented.total == Line(cases=1, invitees=1, letters=0, decisions=1, days=60.0)


def test_what_was_published_stands_beside_what_is_counted(year: None, published: None) -> None:
    with override("en"):
        found = figures(year="2025").baseline

    assert found == [
        Baseline("invitation_enterprises", "70+", "2022-10", 1),
        Baseline("invited_foreigners", "253", "2022-10", 4),
    ]


def test_a_revoked_letter_was_issued_all_the_same(year: None, cast: Cast) -> None:
    Letter.objects.update(state="revoked", revoked_at=at(3, 3), revoked_by=cast.approver)

    assert figures(year="2025").total.letters == 1


def test_the_years_go_back_to_the_first_case(cast: Cast) -> None:
    case = draft(cast.company, by=cast.owner)
    ServiceRequest.objects.filter(pk=case.pk).update(number="N-1", submitted_at=at(12, 31, 23, year=2024))

    years = figures(year="").years

    assert years == list(range(years[0], 2023, -1))


@pytest.mark.parametrize("asked", ["", "1999", "3000", "x", "2025 ", "9" * 5000, "²⁰²⁵"])
def test_a_year_that_is_none_is_this_year(db: None, asked: str) -> None:
    assert figures(year=asked).year == max(figures(year="").years)


def test_an_empty_register_has_a_page(client: Client, cast: Cast) -> None:
    cast.auditor.language = "en"
    cast.auditor.save()
    client.force_login(cast.auditor)

    assert "No case was handed in in this year." in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["2025年1月", "德国", "退回补正", "70+", "2022-10", "演示企业不计入"]),
        ("en", ["January 2025", "Germany", "returned for correction", "70+", "2022-10", "Demonstration companies are"]),
    ],
)
def test_the_page_in_both_languages(client, cast, year, published, language, words):
    cast.auditor.language = language
    cast.auditor.save()
    client.force_login(cast.auditor)

    page = client.get(PAGE, {"year": "2025"}).content.decode()

    assert [word for word in words if word not in page] == []


def test_the_page_says_when_it_shows_demonstration(client, cast, year):
    cast.auditor.language = "en"
    cast.auditor.save()
    client.force_login(cast.auditor)

    page = client.get(PAGE, {"year": "2025", "companies": "demonstration"}).content.decode()

    assert "none of these figures may be reported" in page


def test_the_menu_leads_to_the_page(client, cast):
    client.force_login(cast.reception)

    assert f'href="{PAGE}"' in client.get(reverse("admin:index")).content.decode()


DOORS = [PAGE, reverse("admin:enterprises_servicerequest_figures_export", args=["csv"])]


@pytest.mark.parametrize("address", DOORS)
def test_figures_are_for_officers_who_may_see_requests(client, cast, address):
    answers = {"visitor": client.get(address).status_code}
    people = {"owner": cast.owner, "newcomer": officer("newcomer@example.com"), "auditor": cast.auditor}
    for name, user in people.items():
        client.force_login(user)
        answers[name] = client.get(address).status_code

    assert answers == {"visitor": 302, "owner": 302, "newcomer": 403, "auditor": 200}


@pytest.mark.parametrize("address", DOORS)
def test_figures_are_only_read(client, cast, address):
    client.force_login(cast.auditor)

    assert client.post(address).status_code == 405


def taken(client: Client, form: str, **asked: str) -> Any:
    return client.get(reverse("admin:enterprises_servicerequest_figures_export", args=[form]), asked)


@pytest.mark.parametrize(("form", "encoding"), [("csv", "utf-8-sig"), ("csv-gbk", "gb18030")])
def test_the_figures_are_taken_away_as_csv(client, cast, year, published, form, encoding):
    client.force_login(cast.auditor)

    answer = taken(client, form, year="2025")

    lines = list(csv.reader(io.StringIO(answer.content.decode(encoding))))
    assert answer["Content-Disposition"] == 'attachment; filename="figures-2025.csv"'
    assert lines[1] == ["年", "2025", "4", "5", "1", "3", "4", "", "", "", ""]
    assert lines[2] == ["月", "2025年1月", "3", "4", "0", "1", "3", "", "", "", ""]
    assert lines[-1][-3:] == ["253", "2022-10", "4"]
    # A heading, the year, twelve months, four nationalities, no park, four outcomes, five levels, two published figures.
    assert len(lines) == 1 + 1 + 12 + 4 + 1 + 4 + 5 + 2


def test_the_figures_are_taken_away_as_a_workbook(client, cast, year):
    client.force_login(cast.auditor)

    answer = taken(client, "xlsx", year="2025", companies="demonstration")

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert answer["Content-Disposition"] == 'attachment; filename="figures-demonstration-2025.xlsx"'
    assert sheet[1][1:7] == ["2025", 1.0, 1.0, 0.0, 1.0, 60.0]


def test_an_unknown_form_is_not_found(client, cast):
    client.force_login(cast.auditor)

    assert taken(client, "pdf").status_code == 404


def test_thirty_cases_cost_as_much_as_one(client, cast, published):
    client.force_login(cast.auditor)
    counts, number = [], count(1)

    for wanted in (1, 3, 30):
        while cast.company.requests.count() < wanted:
            index = next(number)
            case = draft(cast.company, by=cast.owner)
            add_invitee(case, **guest_fields(index % 4) | {"passport_number": f"P{index:07d}"})
            ServiceRequest.objects.filter(pk=case.pk).update(number=f"N-{index}", submitted_at=at(index % 12 + 1, 5))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE, {"year": "2025"}).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] == counts[2]
