"""Who enters the register in the back office, its lists and pages, and what its queries cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from sister_cities.models import Agreement, Award
from tests.cast import officer
from tests.sister_cities.factories import make_tie
from tests.sister_cities.register_forms import LIST, address, again, step_address


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_roles_do_not_enter(client, db, role):
    tie = make_tie(is_public=False)
    client.force_login(officer("other@example.com", role))

    codes = [client.get(LIST), client.get(address(tie)), client.get(step_address(tie, "ended"))]
    codes += [client.post(address(tie, "publish")), client.post(step_address(tie, "ended"), {"happened": "2001"})]

    assert [response.status_code for response in codes] == [403] * 5
    assert (again(tie).status, again(tie).is_public) == ("signed", False)


def pks(response):
    return {row.pk for row in response.context["cl"].result_list}


def test_the_list_narrows_to_what_is_to_be_cleared_up(client, english):
    clear = make_tie()
    unclear = make_tie(level="unclear", is_public=False)
    unsourced = make_tie(source="", source_grade="", is_public=False)
    secondary = make_tie(source_grade="secondary")

    found = {reason: pks(client.get(LIST, {"clear_up": reason})) for reason in ("any", "level", "source", "secondary")}

    assert found == {
        "any": {unclear.pk, unsourced.pk, secondary.pk},
        "level": {unclear.pk},
        "source": {unsourced.pk},
        "secondary": {secondary.pk},
    }
    assert clear.pk in pks(client.get(LIST, {"clear_up": "nonsense"}))


@pytest.mark.parametrize("name", ["tie", "partner", "agreement", "award"])
def test_more_rows_cost_no_more_queries(client, english, name):
    counts = set()
    for number in (1, 2, 27):
        for _index in range(number):
            tie = make_tie()
            words = {"name": "协议", "name_zh_hans": "协议", "name_en": "Agreement"}
            Agreement.objects.create(tie=tie, **words)
            Award.objects.create(slug=f"award-{tie.pk}", **words).partners.add(tie.partner)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(f"admin:sister_cities_{name}_changelist"))
        counts.add(len(queries))

    assert (len(counts), len(response.context["cl"].result_list)) == (1, 30)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(client, db, language):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))
    tie = make_tie()
    names = ["tie", "partner", "agreement", "award"]
    pages = [reverse(f"admin:sister_cities_{name}_{door}") for name in names for door in ("changelist", "add")]
    pages += [address(tie), address(tie.partner), address(tie, "delete"), step_address(tie, "ended")]
    pages += [reverse("admin:core_unit_changelist"), reverse("admin:core_unit_change", args=[tie.local_id])]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
