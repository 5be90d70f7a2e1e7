"""Partners in the back office: time zone, kind, faults at their fields."""

import pytest
from django.urls import reverse

from shenyang_fao.core.models import Unit
from sister_cities.models import Partner
from tests.sister_cities.factories import make_tie
from tests.sister_cities.register_forms import PARTNER, address, errors


def new_partner(client, **fields):
    return client.post(reverse("admin:sister_cities_partner_add"), PARTNER | fields)


def test_a_partner_gets_the_time_zone_of_its_place(client, english):
    new_partner(client)

    assert Partner.objects.get().time_zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"latitude": "91"}, "latitude", "Latitude lies between -90 and 90, longitude between -180 and 180; give both or neither."),
        ({"longitude": ""}, "latitude", "Latitude lies between -90 and 90, longitude between -180 and 180; give both or neither."),
        ({"latitude": "north"}, "latitude", "Enter a number."),
        ({"name_en": ""}, "name_en", "This field is required."),
        ({"slug": "plans"}, "slug", "This address belongs to another page of the directory."),
        ({"time_zone": "Asia/Sasebo"}, "time_zone", "No such time zone. Write it as Asia/Tokyo."),
        ({"time_zone": "Asia"}, "time_zone", "No such time zone. Write it as Asia/Tokyo."),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "No such time zone. Write it as Asia/Tokyo."),
        ({"kind": "village"}, "kind", "Select a valid choice. village is not one of the available choices."),
        ({"latitude": "nan"}, "latitude", "Enter a number."),
    ],
)  # fmt: skip
def test_a_partner_s_fault_is_named_at_its_field(client, english, fields, field, words):
    assert errors(new_partner(client, **fields)) == {field: [words]}


def test_a_partner_s_kind_fits_its_ties(client, english):
    tie = make_tie()

    found = errors(client.post(address(tie.partner), PARTNER | {"kind": "zone"}))

    assert found == {"kind": ["A tie of this partner needs its present kind. Change the tie first."]}


def test_a_unit_s_kind_fits_its_ties(client, english):
    tie = make_tie()
    typed = {"name_zh_hans": "沈阳市", "name_en": "Shenyang", "slug": "shenyang", "kind": "zone"}

    found = errors(client.post(reverse("admin:core_unit_change", args=[tie.local_id]), typed))

    assert found == {"kind": ["A tie of this unit needs its present kind. Change the tie first."]}
    assert Unit.objects.get().kind == "city"


def test_a_partner_s_page_leads_to_its_ties(client, english):
    tie = make_tie()

    assert f'href="{address(tie)}"' in client.get(address(tie.partner)).content.decode()
