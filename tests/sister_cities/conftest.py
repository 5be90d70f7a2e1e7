"""The officers who keep the register."""

import pytest
import time_machine

from shenyang_fao.accounts.enums import Role
from tests.cast import officer


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


@pytest.fixture
def english(client, db):
    """An officer who keeps the register and reads English is signed in."""
    editor = officer("editor@example.com", Role.EDITOR, language="en")
    client.force_login(editor)
    return editor


@pytest.fixture
def chinese(client, editor):
    client.force_login(editor)
    return editor


@pytest.fixture
def may_2025():
    """Noon is near on 20 May 2025."""
    with time_machine.travel("2025-05-20T10:00:00+08:00", tick=False) as traveller:
        yield traveller
