import pytest
from django.db import IntegrityError, transaction

from shenyang_fao.accounts.models import User


def test_a_person_is_known_by_a_lower_case_address(db):
    assert User.objects.create_user("Kim@Example.COM", "secret").email == "kim@example.com"


def test_an_address_with_capitals_is_refused_by_the_database(db):
    kim = User.objects.create_user("kim@example.com", "secret")

    with pytest.raises(IntegrityError, match="user_email_lower_case"), transaction.atomic():
        User.objects.filter(pk=kim.pk).update(email="Kim@example.com")


def test_an_address_belongs_to_one_person(db):
    User.objects.create_user("kim@example.com", "secret")

    with pytest.raises(IntegrityError, match="email"), transaction.atomic():
        User.objects.create_user("KIM@example.com", "secret")


def test_signing_in_ignores_the_case_of_the_address(db):
    kim = User.objects.create_user("kim@example.com", "secret")

    assert User.objects.get_by_natural_key("KIM@example.com") == kim


def test_a_new_person_is_no_officer(db):
    kim = User.objects.create_user("kim@example.com", "secret")

    assert (kim.is_staff, kim.is_superuser, kim.get_all_permissions()) == (False, False, set())


def test_a_superuser_may_enter_the_back_office(db, client):
    root = User.objects.create_superuser("root@example.com", "secret")

    client.post("/en/accounts/login/", {"login": "root@example.com", "password": "secret"})

    assert (root.is_staff, root.is_superuser) == (True, True)
    assert client.get("/admin/").status_code == 200


def test_a_mail_server_that_is_away_does_not_break_the_page(db, client, settings):
    User.objects.create_user("kim@example.com", "secret")
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )

    page = client.post("/en/accounts/login/", {"login": "kim@example.com", "password": "secret"}, follow=True)

    assert page.status_code == 200
    assert "could not be sent just now" in page.content.decode()


def test_a_password_is_never_stored_as_typed(db):
    kim = User.objects.create_user("kim@example.com", "secret words")

    assert "secret words" not in kim.password
    assert kim.check_password("secret words")


@pytest.mark.parametrize(("name", "shown"), [("Kim", "Kim"), ("", "kim@example.com")])
def test_a_person_is_shown_by_name_or_else_by_address(name, shown):
    assert str(User(email="kim@example.com", name=name)) == shown
