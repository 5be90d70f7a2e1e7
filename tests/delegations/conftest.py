"""The officers who receive delegations."""

import pytest

from shenyang_fao.accounts.enums import Role
from tests.cast import officer


@pytest.fixture
def protocol(db):
    return officer("protocol@example.com", Role.PROTOCOL, language="en")


@pytest.fixture
def english(client, protocol):
    """A protocol officer who reads English is signed in."""
    client.force_login(protocol)
    return protocol
