import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from enterprises.models import Invitee, Letter
from shenyang_fao.core.fields import EncryptedJSON, EncryptedText, blind_index, box

TEXT = Invitee._meta.get_field("passport_number")
JSON = Letter._meta.get_field("payload")


def there_and_back(field, value):
    return field.from_db_value(field.get_prep_value(value), None, connection)


@given(st.text())
def test_any_text_comes_back_as_it_was(value):
    assert there_and_back(EncryptedText(), value) == value


@pytest.mark.parametrize("field", [TEXT, JSON])
def test_nothing_stays_nothing(field):
    assert there_and_back(field, None) is None


def test_a_document_comes_back_as_it_was():
    value = {"name": "김민준", "days": [1, 2, {"on": "2026-07-01"}], "note": None}

    assert there_and_back(EncryptedJSON(), value) == value


def test_the_database_holds_no_readable_text():
    closed = TEXT.get_prep_value("C01X00T47")

    assert "C01X00T47" not in closed


def test_equal_values_are_closed_differently():
    assert TEXT.get_prep_value("C01X00T47") != TEXT.get_prep_value("C01X00T47")


def test_an_older_key_still_opens_and_the_newest_closes(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    closed_before = TEXT.get_prep_value("C01X00T47")

    settings.FIELD_KEYS = [new, old]

    assert TEXT.from_db_value(closed_before) == "C01X00T47"
    assert Fernet(new).decrypt(TEXT.get_prep_value("x").encode()) == b"x"


def test_a_foreign_key_opens_nothing(settings):
    closed = TEXT.get_prep_value("C01X00T47")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        TEXT.from_db_value(closed)


def test_what_somebody_changed_does_not_open():
    closed = box().encrypt(b"C01X00T47")

    with pytest.raises(InvalidToken):
        box().decrypt(closed[:-8] + b"AAAAAA==")


def test_the_index_ignores_spaces_and_case():
    assert blind_index(" c01x 00t47") == blind_index("C01X00T47")


def test_the_index_tells_values_apart():
    assert blind_index("C01X00T47") != blind_index("C01X00T48")


def test_the_index_cannot_be_made_without_the_secret_key(settings):
    ours = blind_index("C01X00T47")
    settings.SECRET_KEY = "another"

    assert blind_index("C01X00T47") != ours
