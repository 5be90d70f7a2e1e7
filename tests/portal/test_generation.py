"""`manage.py generate`: synthetic companies with requests in every state, told apart from real ones."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from stdnum.cn import uscc

from enterprises.enums import RequestState
from enterprises.models import Company, Invitee, Letter, Message, Paper, ServiceRequest
from shenyang_fao.core.documents.fonts import missing_glyphs
from shenyang_fao.portal import generation, invented
from tests.cast import work_off

pytestmark = pytest.mark.django_db


def generated():
    return Company.objects.filter(memberships__user__email__startswith="demonstration")


def test_each_company_has_a_request_in_every_state():
    list(generation.generate(2, seed=1))

    states = Counter(ServiceRequest.objects.values_list("state", flat=True))
    assert states == dict.fromkeys(generation.STATES, 2)
    assert Message.objects.filter(is_from_office=True).exists()
    assert Paper.objects.filter(role="passport").count() == Invitee.objects.count()


def test_the_worker_issues_what_was_signed_off():
    list(generation.generate(1, seed=1))

    work_off()

    assert ServiceRequest.objects.filter(state=RequestState.ISSUED).count() == 1
    assert Letter.objects.get().payload["demonstration"]


def test_everything_says_that_it_is_a_demonstration():
    list(generation.generate(1, seed=7))

    for company in generated():
        assert company.is_demonstration
        assert uscc.is_valid(company.uscc)
        assert "演示" in company.name_zh_hans
        assert "Demonstration" in company.name_en
        assert not company.memberships.get().user.has_usable_password()
    assert all("Demonstration" in employer for employer in Invitee.objects.values_list("employer", flat=True))


def data():
    names = list(Invitee.objects.order_by("pk").values_list("surname", "native_name", "born_on"))
    return [*generated().order_by("uscc").values_list("uscc", "name_en"), *names]


def test_the_same_seed_invents_the_same():
    found = []
    for _ in range(2):
        with transaction.atomic():
            list(generation.generate(1, seed=3))
            found.append(data())
            transaction.set_rollback(True)

    assert found[0] == found[1]


def test_a_second_run_adds_more():
    list(generation.generate(1, seed=1))
    list(generation.generate(1, seed=1))

    assert generated().count() == 2


def test_every_invented_name_can_be_printed():
    assert missing_glyphs("".join(str(word) for person in invented.PEOPLE for word in person)) == []


def test_the_command_shows_its_progress():
    out = StringIO()

    call_command("generate", "--scale", "1", stdout=out)

    assert out.getvalue().startswith("1 of 1: ")


@pytest.mark.parametrize("scale", ["0", "-3"])
def test_a_scale_below_one_is_refused(scale):
    with pytest.raises(CommandError, match="1 or more"):
        call_command("generate", f"--scale={scale}")


def test_it_refuses_a_database_that_is_not_its_own(settings):
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="embedded mode only"):
        call_command("generate", "--scale", "1")

    assert not Company.objects.exists()
