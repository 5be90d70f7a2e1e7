"""Invented events: complete, marked as what they are, and never public."""

import pytest
from django.core.management import call_command

from delegations.events.models import AgendaItem, Event, EventOutcome, Series, Speaker
from shenyang_fao.portal import invented_events

pytestmark = pytest.mark.django_db


def test_each_event_comes_with_agenda_speaker_and_follow_up_and_none_is_public():
    events = list(invented_events.generate(5, seed=1))

    assert [model.objects.count() for model in (Series, Speaker, EventOutcome, AgendaItem)] == [1, 5, 5, 10]
    assert {event.state for event in events} == {"planned", "announced", "held", "cancelled"}
    assert {(event.is_public, event.source, event.note) for event in events} == {(False, "", invented_events.NOTE)}


def test_the_command_adds_to_what_is_there(capsys):
    for _run in (1, 2):
        call_command("generate", "--scale", "0", "--events", "1")

    assert (Event.objects.count(), capsys.readouterr().out.splitlines()[-1].startswith("1 of 1: ")) == (2, True)
