import pytest
from django.core.checks import run_checks

from shenyang_fao.core.documents import certificates


def found(*, deploy: bool = False) -> set[str]:
    """The ids of our own checks that complain."""
    return {
        str(message.id) for message in run_checks(include_deployment_checks=deploy) if message.id.startswith("fao.")
    }


def test_a_portal_that_is_set_up_well_has_nothing_to_say():
    assert found() == set()


@pytest.mark.parametrize(("name", "empty", "code"), [("SECRET_KEY", "", "fao.E001"), ("FIELD_KEYS", [], "fao.E002")])
def test_a_missing_key_is_an_error(settings, name, empty, code):
    setattr(settings, name, empty)

    assert code in found()


def test_deploying_with_a_demonstration_certificate_is_an_error():
    assert "fao.E003" in found(deploy=True)


def test_deploying_without_any_certificate_is_an_error(settings):
    settings.EMBEDDED, settings.SIGNING_P12 = False, ""

    assert "fao.E004" in found(deploy=True)


def test_deploying_with_a_real_certificate_is_fine(settings, tmp_path):
    file = tmp_path / "office.p12"
    certificates.main(["make-p12", str(file), "secret"])
    settings.EMBEDDED, settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD = False, str(file), "secret"

    assert not found(deploy=True) & {"fao.E003", "fao.E004"}


def test_deploying_without_a_mail_server_is_a_warning(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "localhost"
    settings.DEFAULT_FROM_EMAIL = "noreply@localhost"

    assert {"fao.W002", "fao.W003"} <= found(deploy=True)


@pytest.mark.parametrize(("address", "ids"), [("http://fao.example", {"fao.W001"}), ("https://fao.example", set())])
def test_deploying_without_https_is_a_warning(settings, address, ids):
    settings.SITE_URL = address

    assert found(deploy=True) & {"fao.W001"} == ids


def test_a_key_for_personal_data_that_is_none_is_an_error(settings):
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, "abc"]

    assert found() == {"fao.E005"}


@pytest.mark.parametrize(("hosts", "ids"), [(["fao.example"], set()), (["localhost"], {"fao.W004"})])
def test_deploying_under_a_name_that_is_refused_is_a_warning(settings, hosts, ids):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://fao.example", hosts

    assert found(deploy=True) & {"fao.W004"} == ids


@pytest.mark.parametrize(("header", "ids"), [(("HTTP_X", "https"), set()), (None, {"fao.W005"})])
def test_redirecting_to_https_behind_no_trusted_proxy_is_a_warning(settings, header, ids):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, header

    assert found(deploy=True) & {"fao.W005"} == ids
