"""The cast of the enterprises' tests, for whoever wants to break in."""

from collections.abc import Callable

import pytest
from django.test import Client

from shenyang_fao.accounts.models import User
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, and the two verified companies."""
    return assemble()


@pytest.fixture
def as_(cast: Cast) -> Callable[[User], Client]:
    """A function that gives the browser of a person who is signed in."""

    def signed_in(person: User) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(person)
        return client

    return signed_in
