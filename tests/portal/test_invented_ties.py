"""Invented partners: complete, marked as what they are, and never public."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from shenyang_fao.portal import invented_ties
from sister_cities.models import CounterpartLink, Partner, Plan, PlanAction, Tie

pytestmark = pytest.mark.django_db


def test_each_partner_comes_with_a_tie_a_plan_and_a_link():
    partners = list(invented_ties.generate(3, seed=1))

    assert [str(partner.name_en) for partner in partners] == [f"Demonstration City (No. {n})" for n in (1, 2, 3)]
    assert [model.objects.count() for model in (Partner, Tie, Plan, CounterpartLink, PlanAction)] == [3, 3, 3, 3, 12]
    assert {tie.steps.count() for tie in Tie.objects.all()} == {1}


def test_nothing_of_it_is_public_or_has_a_source():
    list(invented_ties.generate(2, seed=1))

    records = [*Tie.objects.all(), *CounterpartLink.objects.all()]
    assert {(record.is_public, record.source, record.note) for record in records} == {(False, "", invented_ties.NOTE)}
    assert not Plan.objects.filter(is_public=True).exists()


def test_a_second_run_adds_to_the_first():
    list(invented_ties.generate(1, seed=1))
    list(invented_ties.generate(1, seed=1))

    assert sorted(Partner.objects.values_list("slug", flat=True)) == ["demonstration-city-1", "demonstration-city-2"]


def test_the_command_makes_ties_alone(capsys):
    call_command("generate", "--scale", "0", "--ties", "1")

    assert (Partner.objects.count(), capsys.readouterr().out.startswith("1 of 1: ")) == (1, True)


def test_a_number_below_zero_is_refused():
    with pytest.raises(CommandError, match="0 or more"):
        call_command("generate", "--ties=-1")
