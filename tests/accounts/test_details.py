"""What people say about themselves: the language, the mobile number, and whether they want short messages."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shenyang_fao.accounts import phones
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.models import AuditEntry
from tests.cast import officer, person

PAGE = "/en/account/details/"
TYPED = {"name": "Kim Min", "language": "zh-hans", "phone": "138 1234-5678", "wants_sms": "on"}


def full_width(text):
    """As a Chinese keyboard writes it; its space is a sign of its own."""
    return "".join("\u3000" if sign == " " else chr(ord(sign) + 0xFEE0) for sign in text)


@pytest.fixture
def kim(db):
    return person("kim@example.com", language="en")


def saved(user):
    found = User.objects.get(pk=user.pk)
    return found.name, found.language, found.phone, found.wants_sms


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "+8613812345678"),
        ("138 1234 5678", "+8613812345678"),
        ("+86 138-1234-5678", "+8613812345678"),
        ("008613812345678", "+8613812345678"),
        (full_width("+86(138)1234 5678"), "+8613812345678"),
        ("\u202d13812345678\u202c", "+8613812345678"),
        ("+82 10.1234.5678", "+821012345678"),
        ("+49 (171) 234567", "+49171234567"),
    ],
)
def test_a_number_is_understood_as_people_write_it(typed, number):
    assert phones.normal(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "12345", "024 2345 6789", "+86 12812345678", "+8613812345", "1381234567x", "+0123456789", "+1" * 9]
)
def test_what_is_no_mobile_number_is_refused(typed):
    with pytest.raises(ValidationError):
        phones.normal(typed)


def test_details_are_saved_and_signed_and_the_number_is_not_readable_in_the_trail(client, kim):
    client.force_login(kim)

    client.post(PAGE, TYPED)

    trail = AuditEntry.objects.filter(table="accounts_user", row=str(kim.pk)).latest("pk")
    assert saved(kim) == ("Kim Min", "zh-hans", "+8613812345678", True)
    assert trail.actor_id == kim.pk
    assert "138" not in trail.after["phone"][:20]
    assert "12345678" not in str(trail.after["phone"])


def test_saving_again_leaves_the_encrypted_number_as_it_is(client, kim):
    client.force_login(kim)
    client.post(PAGE, TYPED)

    client.post(PAGE, TYPED | {"name": "Kim"})

    trail = AuditEntry.objects.filter(table="accounts_user", row=str(kim.pk)).latest("pk")
    assert trail.after == {"name": "Kim"}


@pytest.mark.parametrize(
    ("wrong", "field"), [({"phone": "12"}, "phone"), ({"phone": ""}, "phone"), ({"language": "fr"}, "language")]
)
def test_a_wrong_form_changes_nothing_and_says_where(client, kim, wrong, field):
    client.force_login(kim)

    page = client.post(PAGE, TYPED | wrong)

    assert list(page.context["form"].errors) == [field]
    assert saved(kim) == ("Kim", "en", None, False)


def test_an_officers_name_stays_what_an_administrator_entered(client, db):
    reader = officer("officer@example.com", Role.AUDITOR, name="Zhao")
    client.force_login(reader)

    client.post(PAGE, TYPED)

    assert saved(reader) == ("Zhao", "zh-hans", "+8613812345678", True)


def test_short_messages_are_not_offered_where_nobody_carries_them(client, kim, settings):
    settings.EMBEDDED = False
    client.force_login(kim)

    client.post(PAGE, TYPED)

    assert saved(kim) == ("Kim Min", "zh-hans", "+8613812345678", False)


def test_the_database_knows_no_short_message_without_a_number(kim):
    with pytest.raises(IntegrityError, match="user_sms_needs_phone"), transaction.atomic():
        User.objects.filter(pk=kim.pk).update(wants_sms=True)


@pytest.mark.parametrize("page", ["details/", "notices/"])
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "个人信息"), ("en", "My details")])
def test_the_account_speaks_the_language_of_the_address(client, kim, page, language, words):
    client.force_login(kim)

    assert words in client.get(f"/{language}/account/{page}").content.decode()


@pytest.mark.parametrize("page", ["details/", "notices/", "notices/1/"])
def test_visitors_sign_in_first(client, db, page):
    assert "/accounts/login/" in client.get(f"/en/account/{page}")["Location"]
