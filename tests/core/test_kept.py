import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from tests.cast import PASSWORD, person

HERE = "http://testserver"
TYPED = {"text": "Größe, 金敏俊", "guests": ["one", "two"]}

pytestmark = pytest.mark.urls("tests.core.kept_site")


@pytest.fixture
def owner(db):
    return person("owner@example.com", language="en")


@pytest.fixture
def visitor(owner):
    """A browser that checks forms as the real ones are checked, in which the owner has worked until the session ended."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    client.get("/form/")
    del client.cookies["sessionid"]
    return client


def token(visitor: Client) -> str:
    visitor.get(reverse("account_login"))
    return visitor.cookies["csrftoken"].value


def post(visitor: Client, address: str, fields: dict, *, origin: str = HERE, csrf: str | None = None):
    fields = fields | {"csrfmiddlewaretoken": csrf or token(visitor)}
    return visitor.post(address, fields, headers={"origin": origin})


def sign_in(visitor: Client, address: str, *, email: str = "owner@example.com"):
    return post(visitor, address, {"login": email, "password": PASSWORD})


def test_what_was_typed_comes_back_after_signing_in_again(visitor):
    answer = post(visitor, "/form/?step=2", TYPED)
    answer = sign_in(visitor, answer["Location"])

    assert answer["Location"] == "/form/?step=2"
    assert visitor.get("/form/?step=2").json() == {"kept": {"text": ["Größe, 金敏俊"], "guests": ["one", "two"]}}


def test_the_visitor_is_told_that_the_text_was_kept(visitor):
    answer = post(visitor, "/form/", TYPED)

    (message,) = get_messages(answer.wsgi_request)
    assert str(message) == gettext("Your session has ended. Sign in again: we kept what you typed.")


def test_what_somebody_else_typed_in_this_browser_is_not_shown(visitor):
    person("next@example.com", language="en")
    sign_in(visitor, post(visitor, "/form/", TYPED)["Location"], email="next@example.com")

    assert visitor.get("/form/").json() == {"kept": None}
    assert [name for name in visitor.session if name.startswith("typed:")] == []


@pytest.mark.parametrize("cookie", ["", "1", "1:forged"])
def test_what_nobody_known_typed_is_not_kept_and_said_so(owner, cookie):
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["writer"] = cookie

    answer = post(stranger, "/form/", TYPED)

    (message,) = get_messages(answer.wsgi_request)
    assert str(message) == gettext("Your session has ended. Sign in again; what you typed could not be kept.")
    assert sign_in(stranger, answer["Location"]).status_code == 302
    assert stranger.get("/form/").json() == {"kept": None}


def test_kept_text_comes_back_only_once(visitor):
    sign_in(visitor, post(visitor, "/form/", TYPED)["Location"])
    visitor.get("/form/")

    assert visitor.get("/form/").json() == {"kept": None}


def test_kept_text_comes_back_only_at_its_own_address(visitor):
    sign_in(visitor, post(visitor, "/form/", TYPED)["Location"])

    assert visitor.get("/other-form/").json() == {"kept": None}


def test_passwords_and_tokens_are_never_kept(visitor):
    answer = post(visitor, "/form/", TYPED | {"password": "secret words", "password1": "a", "oldpassword": "b"})
    sign_in(visitor, answer["Location"])

    assert set(visitor.get("/form/").json()["kept"]) == {"text", "guests"}


def test_kept_text_is_unreadable_in_the_database(visitor):
    post(visitor, "/form/", {"text": "passport C01X00T47"})

    kept = [value for session in Session.objects.all() for value in session.get_decoded().values()]
    assert kept
    assert "C01X00T47" not in str(kept)


def test_a_text_too_long_to_keep_is_let_go(visitor):
    sign_in(visitor, post(visitor, "/form/", {"text": "x" * 300_000})["Location"])

    assert visitor.get("/form/").json() == {"kept": None}


def test_reading_without_signing_in_leads_to_the_sign_in_page(visitor):
    answer = visitor.get("/form/?step=2")

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next=/form/%3Fstep%3D2"


def test_a_form_from_before_signing_in_again_keeps_its_text(visitor, owner):
    old = token(visitor)
    sign_in(visitor, reverse("account_login"))

    answer = post(visitor, "/form/", TYPED, csrf=old)

    assert (answer.status_code, answer["Location"]) == (302, "/form/")
    assert visitor.get("/form/").json()["kept"]["text"] == ["Größe, 金敏俊"]


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver.evil.example", "null"])
def test_a_form_on_a_foreign_page_is_refused_and_not_kept(visitor, origin):
    sign_in(visitor, reverse("account_login"))

    answer = post(visitor, "/form/", TYPED, origin=origin)

    assert answer.status_code == 403
    assert visitor.get("/form/").json() == {"kept": None}


def test_a_form_that_names_no_origin_is_refused(visitor):
    sign_in(visitor, reverse("account_login"))

    answer = visitor.post("/form/", TYPED | {"csrfmiddlewaretoken": "x" * 64})

    assert answer.status_code == 403


def test_a_form_without_a_token_is_refused_even_from_here(visitor):
    sign_in(visitor, reverse("account_login"))

    answer = visitor.post("/form/", TYPED, headers={"origin": HERE})

    assert answer.status_code == 403


def test_a_form_with_the_right_token_is_saved(visitor):
    sign_in(visitor, reverse("account_login"))

    assert post(visitor, "/form/", TYPED).json() == {"saved": "Größe, 金敏俊"}
