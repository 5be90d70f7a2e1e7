import pytest
from django.core.checks import run_checks

from tests import certificate


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
    certificate.write(tmp_path / "office.p12", "secret")
    settings.EMBEDDED, settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD = (
        False,
        str(tmp_path / "office.p12"),
        "secret",
    )

    assert not found(deploy=True) & {"fao.E003", "fao.E004"}


@pytest.mark.parametrize(("address", "ids"), [("http://fao.example", {"fao.W001"}), ("https://fao.example", set())])
def test_deploying_without_https_is_a_warning(settings, address, ids):
    settings.SITE_URL = address

    assert found(deploy=True) & {"fao.W001"} == ids
