"""The form of a tie in the back office, and what is refused in words."""

from datetime import date

import pytest

from sister_cities.admin import ties as tie_page
from sister_cities.models import Tie
from tests.sister_cities.factories import make_partner, make_tie
from tests.sister_cities.register_forms import (
    ADD,
    address,
    again,
    answers,
    corrected,
    errors,
)


def test_a_tie_is_entered_with_its_history_and_the_weight_of_its_source(client, english):
    response = client.post(ADD, answers())

    tie = Tie.objects.get()
    assert response.status_code == 302
    assert (tie.signed_on, tie.signed_precision, tie.source_grade) == (date(1981, 11, 18), "day", "official")
    assert (tie.is_public, tie.status) == (False, "signed")
    assert [(step.status, step.happened_on, step.by) for step in tie.steps.all()] == [
        ("signed", date(1981, 11, 18), english)
    ]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1981", (date(1981, 1, 1), "year")),
        ("1981-11", (date(1981, 11, 1), "month")),
        ("1981年11月18日", (date(1981, 11, 18), "day")),
        ("1981/11/18", (date(1981, 11, 18), "day")),
        ("1981.11", (date(1981, 11, 1), "month")),
    ],
)
def test_a_date_is_typed_as_precisely_as_it_is_known(client, english, typed, stored):
    client.post(ADD, answers(signed=typed))

    tie = Tie.objects.get()
    assert (tie.signed_on, tie.signed_precision) == stored
    shown = client.get(address(tie)).context["adminform"].form["signed"].value()
    assert shown == stored[0].isoformat()[: {"year": 4, "month": 7, "day": 10}[stored[1]]]


def test_a_signed_tie_says_its_date_or_that_it_is_not_known(client, english):
    refused = errors(client.post(ADD, answers(signed="")))
    accepted = client.post(ADD, answers(signed="", is_date_unknown="on"))

    assert refused == {"signed": ["Give the date of signature, or say that it is not known."]}
    assert (accepted.status_code, Tie.objects.get().signed_on) == (302, None)


FAULTS = [
    ({"signed": "2999-01-01"}, "signed", "This date lies in the future.", "该日期尚未到来。"),
    (
        {"signed": "18.11.81"}, "signed", "Write the date as 1981, 1981-11 or 1981-11-18.",
        "日期请写作 1981、1981-11 或 1981-11-18。",
    ),
    ({"signed": "1981-02-30"}, "signed", "Write the date as 1981, 1981-11 or 1981-11-18.", None),
    (
        {"status": "proposed"}, "signed", "A tie that is not signed yet has no date of signature.",
        "尚未签署的结好关系不应有结好日期。",
    ),
    ({"level": "district"}, "local", "At this level the party in Shenyang is a district or county.", None),
    ({"level": "nonsense"}, "level", "Select a valid choice. nonsense is not one of the available choices.", None),
    ({"partner": "9999999"}, "partner", "Select a valid choice. That choice is not one of the available choices.", None),
    ({"partner": ""}, "partner", "This field is required.", None),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "words"), [fault[:3] for fault in FAULTS])
def test_a_fault_is_named_at_its_field(client, english, fields, field, words):
    found = errors(client.post(ADD, answers(**fields)))

    assert found == {field: [words]}
    assert not Tie.objects.exists()


@pytest.mark.parametrize(("fields", "field", "words"), [(f[0], f[1], f[3]) for f in FAULTS if f[3]])
def test_a_fault_is_named_in_chinese_to_those_who_read_chinese(client, chinese, fields, field, words):
    assert errors(client.post(ADD, answers(**fields))) == {field: [words]}


def test_the_same_pair_and_level_twice_is_refused_at_the_partner(client, english):
    tie = make_tie()

    found = errors(client.post(ADD, answers(partner=tie.partner_id)))

    assert found == {"partner": ["The register already holds a tie of this pair at this level."]}


def test_whoever_is_second_in_a_race_reads_the_same_words(client, english, monkeypatch):
    """The other officer's tie is committed between the check of the form and its writing."""
    partner = make_partner()
    enter, rivals = tie_page.actions.enter_tie, [1]

    def too_late(tie, *, by):
        if rivals:
            make_tie(partner=partner, signed_on=date(1999, 1, 1)) if rivals.pop() else None
        return enter(tie, by=by)

    monkeypatch.setattr(tie_page.actions, "enter_tie", too_late)
    # What the rival wrote is rolled back with this request's own transaction: the second try goes through.
    response = client.post(ADD, answers(partner=partner.pk))

    assert (response.status_code, Tie.objects.count()) == (302, 1)


def test_what_the_database_refuses_again_is_a_message_and_no_fault(client, english, monkeypatch):
    tie = make_tie()

    def refused(record, *, columns, by):
        Tie.objects.filter(pk=record.pk).update(signed_on=date(2999, 1, 1))

    monkeypatch.setattr(tie_page.actions, "correct_tie", refused)
    response = client.post(address(tie), corrected(tie), follow=True)

    assert response.redirect_chain == [(address(tie), 302)]
    assert "Somebody else has just changed this." in response.content.decode()
    assert again(tie).signed_on == date(1980, 11, 18)


def test_the_form_does_not_change_the_status_nor_what_is_public(client, english):
    tie = make_tie(is_public=False)

    client.post(address(tie), corrected(tie, status="ended", is_public="on", note="Looked at."))

    assert (again(tie).status, again(tie).is_public, again(tie).note) == ("signed", False, "Looked at.")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"source": ""}, "source", "A record without a source and its weight stays unpublished."),
        ({"level": "unclear"}, "level", "Only a signed tie of a clear level can be public."),
    ],
)
def test_a_public_tie_keeps_what_makes_it_public(client, english, fields, field, words):
    tie = make_tie()

    assert errors(client.post(address(tie), corrected(tie, **fields))) == {field: [words]}


def test_a_correction_of_the_form_leaves_a_step_that_came_between(client, english, monkeypatch):
    tie, correct = make_tie(), tie_page.actions.correct_tie

    def after_a_step(record, *, columns, by):
        tie_page.actions.change_status(tie.pk, status="dormant", happened_on=None, precision="", by=by)
        return correct(record, columns=columns, by=by)

    monkeypatch.setattr(tie_page.actions, "correct_tie", after_a_step)
    client.post(address(tie), corrected(tie, note="Corrected."))

    assert (again(tie).status, again(tie).note) == ("dormant", "Corrected.")
