"""A list with three faults is uploaded, repaired where it stands, and taken over; with the keyboard, and without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from enterprises.models import Invitee, InviteeBatch, Paper, ServiceRequest
from tests.cast import Cast
from tests.e2e.people import Company
from tests.enterprises.lists import as_xlsx, guest, visit

pytestmark = pytest.mark.django_db(transaction=True)
FAULTS = {"Sex": "unknown", "Date of birth": "01/02/1985", "Nationality": "Germny"}


@pytest.fixture
def case(cast: Cast) -> ServiceRequest:
    return visit(cast)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Five guests; three cells are at fault, each in a row of its own."""
    path = tmp_path / "guests.xlsx"
    path.write_bytes(
        as_xlsx(
            guest(1),
            guest(2, sex=FAULTS["Sex"]),
            guest(3, born_on=FAULTS["Date of birth"]),
            guest(4, nationality=FAULTS["Nationality"]),
            guest(5),
        )
    )
    return path


def uploads(owner: Company, case: ServiceRequest, sheet: Path) -> None:
    owner.opens(f"/en/company/requests/drafts/{case.key}/invitees/")
    owner.follows("Upload a list")
    owner.field("List of invitees").set_input_files(sheet)
    owner.presses("Upload and check")
    owner.sees_heading("Repair the list")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_three_faults_are_repaired_and_everybody_is_taken_over(
    owner_in: Callable[..., Company], case: ServiceRequest, sheet: Path, has_scripts: bool
) -> None:
    owner = owner_in(java_script_enabled=has_scripts)
    uploads(owner, case, sheet)
    expect(owner.page.locator("input[aria-invalid=true]")).to_have_count(3)

    owner.follows("Sex")
    owner.field("Sex").first.fill("F")
    owner.field("Date of birth").nth(1).fill("1985-02-01")
    owner.field("Date of birth").nth(1).press("Enter")
    owner.sees("Saved. 1 row still has faults.")
    expect(owner.page.locator("input[aria-invalid=true]")).to_have_value("Germny")
    owner.page.locator("input[aria-invalid=true]").fill("德国")
    owner.presses("Save and check again")

    owner.sees("1 row still has faults.")
    owner.field("Why not in the country of nationality?").fill("Works there.")
    owner.presses("Save and check again")
    owner.sees("Every row is correct.")
    owner.presses("Take over 5 correct rows")
    owner.sees("5 invitees have been taken over.")
    owner.sees_heading("Passport data pages")
    assert Invitee.objects.count() == 5
    assert not InviteeBatch.objects.exists()


def test_leaving_in_the_middle_loses_nothing(
    owner_in: Callable[..., Company], case: ServiceRequest, sheet: Path
) -> None:
    owner = owner_in()
    uploads(owner, case, sheet)
    owner.page.locator("input[aria-invalid=true]").first.fill("perhaps")
    owner.presses("Save and come back later")

    owner.follows("Go on with the list")

    expect(owner.page.locator("input[aria-invalid=true]").first).to_have_value("perhaps")


def test_a_second_tab_takes_nobody_over_again(
    owner_in: Callable[..., Company], case: ServiceRequest, sheet: Path
) -> None:
    owner = owner_in()
    uploads(owner, case, sheet)
    second = Company(owner.page.context.new_page(), owner.site)
    second.opens(f"/en/company/requests/drafts/{case.key}/invitees/list/")

    owner.presses("Take over 2 correct rows")
    owner.sees("2 invitees have been taken over.")
    second.presses("Take over 2 correct rows")

    second.sees("There is no correct row to take over.")
    assert Invitee.objects.count() == 2


def test_scans_find_their_owners(
    owner_in: Callable[..., Company], case: ServiceRequest, sheet: Path, scan: Path
) -> None:
    owner = owner_in()
    uploads(owner, case, sheet)
    owner.presses("Take over 2 correct rows")
    owner.opens(f"/en/company/requests/drafts/{case.key}/invitees/list/scans/")
    pages = [scan.with_name(f"M0000000{number}.png") for number in (1, 5)]
    for page in pages:
        page.write_bytes(scan.read_bytes())

    owner.field("Passport data pages").set_input_files(pages)
    owner.presses("Upload the files")

    owner.sees("Every invitee has a passport data page on file.")
    assert Paper.objects.count() == 2
