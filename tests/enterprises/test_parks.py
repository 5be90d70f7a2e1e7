"""In which development zone a company sits: named by the company, mended by officers, counted by the figures."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from enterprises.actions import companies
from enterprises.enums import RequestState
from enterprises.figures import Park, figures
from enterprises.forms import CompanyForm
from enterprises.models import Company, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import AuditEntry, Unit
from sister_cities.facts import ties, zones
from tests.cast import THIRD_COMPANY, Cast, bring_to, complete_invitation, officer, person, png

IN_2025 = datetime(2025, 3, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def zone(db: None) -> Unit:
    return Unit.objects.create(slug="zone", kind=UnitKind.ZONE, name_zh_hans="某开发区", name_en="Some Zone")


def door_of(company: Company) -> str:
    return reverse("admin:enterprises_company_park", args=[company.pk])


def park_of(company: Company) -> Unit | None:
    return Company.objects.get(pk=company.pk).park


def test_the_sourced_zones_are_loaded_each_once(db: None) -> None:
    for _time in range(2):
        ties.load(settings.FACTS_DIR)
        zones.load(settings.FACTS_DIR)

    assert sorted(Unit.objects.filter(kind=UnitKind.ZONE).values_list("name_zh_hans", flat=True)) == [
        "中国（辽宁）自由贸易试验区沈阳片区",
        "中德（沈阳）高端装备制造产业园",
        "沈阳经济技术开发区",
    ]


def test_the_registration_offers_zones_only(zone: Unit) -> None:
    Unit.objects.create(slug="school", kind=UnitKind.INSTITUTION, name_zh_hans="某学校", name_en="Some School")

    with override("en"):
        offered = [str(label) for _value, label in CompanyForm(None).fields["park"].choices]

    assert offered == ["in none of these", "Some Zone"]


@pytest.mark.parametrize("is_named", [True, False])
def test_a_company_names_its_park_or_none(client: Client, zone: Unit, is_named: bool) -> None:
    client.force_login(person("new@example.com"))
    licence = SimpleUploadedFile("licence.png", png(), "image/png")
    park = zone.pk if is_named else ""

    client.post(reverse("enterprises:register"), THIRD_COMPANY | {"licence": licence, "park": park})

    assert Company.objects.get().park == (zone if is_named else None)
    assert ("某开发区" in client.get("/zh-hans/company/").content.decode()) == is_named


def test_an_officer_changes_the_park_of_a_verified_company(client: Client, cast: Cast, zone: Unit) -> None:
    client.force_login(cast.reception)

    client.post(door_of(cast.company), {"park": zone.pk})

    entry = AuditEntry.objects.filter(table="enterprises_company", row=str(cast.company.pk)).latest("pk")
    assert (park_of(cast.company), entry.actor_id) == (zone, cast.reception.pk)


def test_what_is_no_zone_is_not_taken(client: Client, cast: Cast, zone: Unit) -> None:
    Unit.objects.filter(pk=zone.pk).update(kind=UnitKind.DEPARTMENT)
    client.force_login(cast.reception)

    client.post(door_of(cast.company), {"park": zone.pk})

    assert park_of(cast.company) is None


@pytest.mark.parametrize(("kind", "is_saved"), [(UnitKind.DISTRICT, False), (UnitKind.ZONE, True)])
def test_a_zone_that_a_company_sits_in_stays_a_zone(client: Client, cast: Cast, zone: Unit, kind, is_saved) -> None:
    Company.objects.filter(pk=cast.company.pk).update(park=zone)
    client.force_login(officer("editor@example.com", Role.EDITOR))
    typed = {"name_zh_hans": "某开发区", "name_en": "Some Zone", "slug": "renamed", "kind": kind}

    answer = client.post(reverse("admin:core_unit_change", args=[zone.pk]), typed)

    said = "该单位在1条记录（企业）中被选作“所在园区”，请先更改这些记录。" in answer.content.decode()
    zone.refresh_from_db()
    assert (said, zone.kind, zone.slug == "renamed") == (not is_saved, UnitKind.ZONE, is_saved)


def test_others_change_no_park(client: Client, cast: Cast, zone: Unit) -> None:
    client.force_login(cast.auditor)

    assert client.post(door_of(cast.company), {"park": zone.pk}).status_code == 403


def test_nobody_places_the_own_company(cast: Cast, zone: Unit) -> None:
    cast.owner.is_staff = True
    cast.owner.save()
    cast.owner.add_role(Role.RECEPTION)

    with pytest.raises(Refusal):
        companies.place_company(cast.company.pk, park=zone, by=cast.owner)


def test_cases_and_invitees_count_by_park(cast: Cast, zone: Unit) -> None:
    Company.objects.filter(pk=cast.company.pk).update(park=zone)
    for company, owner, invitees in ((cast.company, cast.owner, 2), (cast.other_company, cast.outsider, 3)):
        case = complete_invitation(company, by=owner, invitees=invitees)
        bring_to(RequestState.SUBMITTED, case, replace(cast, owner=owner))
    bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    ServiceRequest.objects.update(submitted_at=IN_2025)

    with override("en"):
        assert figures(year="2025").parks == [Park("Some Zone", 2, 2), Park("no park", 1, 3)]
