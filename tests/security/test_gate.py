import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from enterprises.invitations.enums import PaperRole
from tests.cast import PASSWORD, draft, file_paper
from tests.enterprises.guided import PURPOSE, step_url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/en/company/requests/%00/", "/en/company/requests/a%00/letter/", "/en/company/requests/?page=%00"]
)
def test_an_address_with_a_nul_is_refused_before_it_reaches_the_database(as_, cast, address):
    assert as_(cast.owner).get(address).status_code == 400


def test_a_cookie_with_a_nul_is_refused_before_it_reaches_the_database():
    client = Client(raise_request_exception=False, headers={"Cookie": 'sessionid="' + "a" * 32 + '\\000"'})
    assert client.get("/en/company/").status_code == 400


def test_a_request_larger_than_every_form_is_refused_unread(client, settings):
    settings.REQUEST_MAX_BYTES = 100
    assert client.post("/en/letters/verify/", {"code": "a" * 200}).status_code == 413


def test_a_form_that_claims_another_encoding_is_read_as_utf_8():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    token = client.get(reverse("account_login")).cookies["csrftoken"].value
    answer = client.generic(
        "POST",
        reverse("enterprises:verify"),
        b"code=1",
        content_type="application/x-www-form-urlencoded; charset=utf-7",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["enterprises:company", "enterprises:request_list", "portal:home", "account_email"])
def test_a_page_for_somebody_signed_in_is_kept_by_no_cache_between(as_, cast, name):
    assert as_(cast.owner).get(reverse(name))["Cache-Control"] == "private, no-cache"


def test_a_page_for_everybody_says_nothing_about_caches(client):
    answers = [client.get(reverse("portal:home")), client.get("/healthz")]
    assert [answer.has_header("Cache-Control") for answer in answers] == [False, False]


def test_a_private_file_is_kept_by_nobody(as_, cast):
    paper = file_paper(draft(cast.company, by=cast.owner), PaperRole.GUARANTEE, by=cast.owner)
    answer = as_(cast.owner).get(reverse("enterprises:paper", args=[paper.file.key]))
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["account_logout", "admin:logout"])
def test_signing_out_empties_the_browsers_cache_of_private_pages(as_, cast, name):
    assert as_(cast.reception).post(reverse(name))["Clear-Site-Data"] == '"cache"'


def test_every_answer_closes_camera_microphone_and_place(client):
    answers = [client.get("/en/"), client.get("/en/nothing/"), client.get("/en/%00")]
    policy = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    assert [answer["Permissions-Policy"] for answer in answers] == [policy] * 3


@pytest.mark.parametrize("address", ["/en/", "/en/nothing/", "/admin/login/", "/en/letters/verify/"])
def test_every_page_forbids_frames_and_scripts_of_strangers(client, address):
    answer = client.get(address)
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert (answer["X-Frame-Options"], policy["frame-ancestors"], policy["script-src"]) == ("DENY", "'none'", "'self'")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client, cast):
    client.post(reverse("account_login"), {"login": cast.owner.email, "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_what_is_typed_reaches_no_log(as_, cast, caplog):
    case = draft(cast.company, by=cast.owner)
    secret = PURPOSE | {"reason_en": "Confidential machine \x00", "visa_class": "nonsense"}
    as_(cast.owner).post(step_url(case), secret)
    assert [record for record in caplog.records if "Confidential" in record.getMessage()] == []


def test_a_paper_of_a_draft_is_not_shown_to_officers(as_, cast):
    case = draft(cast.company, by=cast.owner)
    paper = file_paper(case, PaperRole.GUARANTEE, by=cast.owner)
    addresses = [
        reverse("enterprises:paper", args=[paper.file.key]),
        reverse("admin:enterprises_servicerequest_paper", args=[paper.file.key]),
    ]
    assert [as_(cast.reviewer).get(address).status_code for address in addresses] == [404, 404]
