"""The state graph in the docs is the one of the code."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from enterprises.enums import TRANSITIONS
from enterprises.state_graph import mermaid, redraw

PAGE = Path("docs/architecture.md")


def test_the_page_shows_today_s_graph():
    text = (settings.BASE_DIR / PAGE).read_text(encoding="utf-8")

    assert redraw(text) == text


def test_every_transition_is_an_arrow():
    arrows = [line for line in mermaid().splitlines() if "-->" in line and "[*]" not in line]

    assert len(arrows) == sum(len(sources) for sources, _target in TRANSITIONS.values())
    assert "    returned --> lapsed: lapse (by the system)" in arrows


@pytest.fixture
def page(tmp_path, settings):
    """A copy of the page with an old drawing."""
    text = (settings.BASE_DIR / PAGE).read_text(encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / PAGE).write_text(text.replace("returned --> lapsed", "returned --> forgotten"), encoding="utf-8")
    settings.BASE_DIR = tmp_path
    return tmp_path / PAGE


def test_the_check_names_what_to_do_and_changes_nothing(page):
    before = page.read_text(encoding="utf-8")

    with pytest.raises(CommandError, match=r"manage\.py state_graph"):
        call_command("state_graph", check=True)

    assert page.read_text(encoding="utf-8") == before


def test_the_command_draws_it_anew(page):
    call_command("state_graph")

    assert "returned --> lapsed" in page.read_text(encoding="utf-8")


def test_a_page_without_a_place_for_it_is_refused():
    with pytest.raises(ValueError, match="no state graph"):
        redraw("# Nothing here")
