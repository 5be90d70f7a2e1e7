"""Who describes pictures, and what the public sees of them."""

import pytest

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import Picture
from shenyang_fao.core.pictures import shown
from tests.cast import officer


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


@pytest.fixture
def public(monkeypatch):
    """The keys of the pictures that a public record shows."""
    found = []
    monkeypatch.setattr(shown, "_shown", [lambda: Picture.objects.filter(pk__in=found).values("pk")])
    return found
