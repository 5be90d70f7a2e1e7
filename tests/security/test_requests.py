from datetime import date

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Dictionary, Name

from enterprises.actions import companies, papers, requests
from enterprises.enums import RequestState
from enterprises.forms import CompanyForm
from enterprises.invitations import actions
from enterprises.invitations.rules import faults
from enterprises.models import Invitation, Letter, ServiceRequest
from shenyang_fao.core import files
from shenyang_fao.core.documents.fonts import MissingGlyphs
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import StoredFile
from tests.cast import THIRD_COMPANY, bring_to, complete_invitation, guest_fields, pending_company, person, picture
from tests.enterprises.guided import REGISTRATION, step_url

pytestmark = pytest.mark.django_db
ROCKET = "Acceptance 🚀"


@pytest.fixture
def case(cast):
    return complete_invitation(cast.company, by=cast.owner, invitees=1)


def test_a_visit_at_the_end_of_time_breaks_no_page(as_, cast, case):
    last = {"arrival_on": date(9999, 12, 1), "departure_on": date(9999, 12, 7), "stay_days": 7}
    Invitation.objects.filter(pk=case.invitation.pk).update(**last)
    case.invitation.invitees.update(passport_expires_on=date(9999, 12, 31), born_on=date(1, 1, 1))
    case.invitation.days.update(on=date(9999, 12, 1))
    case = bring_to(RequestState.RETURNED, ServiceRequest.objects.get(pk=case.pk), cast)
    pages = [step_url(case, "invitees"), step_url(case, "check"), case.get_absolute_url()]
    office = reverse("admin:enterprises_servicerequest_change", args=[case.pk])
    found = [as_(cast.owner).get(page).status_code for page in pages] + [as_(cast.auditor).get(office).status_code]
    assert found == [200, 200, 200, 200]


@pytest.mark.parametrize(
    ("field", "step"), [("reason_en", "purpose"), ("relation_en", "purpose"), ("places_en", "itinerary")]
)
def test_what_the_letter_cannot_print_is_not_handed_in(case, field, step):
    Invitation.objects.filter(pk=case.invitation.pk).update(**{field: ROCKET})
    assert [fault.step for fault in faults(ServiceRequest.objects.get(pk=case.pk))] == [step]


def test_a_letter_that_could_not_be_printed_is_not_signed_off_and_takes_no_number(cast, case):
    case = bring_to(RequestState.REVIEWED, case, cast)
    Invitation.objects.filter(pk=case.invitation.pk).update(reason_en=ROCKET)
    with pytest.raises(MissingGlyphs):
        requests.approve(case.pk, by=cast.approver)
    again = ServiceRequest.objects.get(pk=case.pk)
    assert (again.state, Letter.objects.count()) == (RequestState.REVIEWED, 0)


@pytest.mark.parametrize("sign", ["\u202e", "\nIt is a ministry. "], ids=["turns the text", "begins a line"])
@pytest.mark.parametrize("field", ["name_en", "address_en", "name_zh_hans", "contact_name", "legal_representative"])
def test_a_company_is_registered_with_nothing_that_reads_otherwise_than_it_is(field, sign):
    form = CompanyForm(None, REGISTRATION | {field: REGISTRATION[field] + sign + "A"}, {})
    assert field in form.errors


def test_a_paper_removed_twice_is_removed_once(cast, case):
    paper = case.papers.first()
    papers.remove_paper(paper.pk, by=cast.owner)
    papers.remove_paper(paper.pk, by=cast.owner)
    assert case.papers.count() == 2


def test_a_paper_removed_while_the_request_is_handed_in_stays(as_, cast, case, monkeypatch):
    paper = case.papers.first()
    remove = papers.remove_paper

    def hand_in_first(paper_id, *, by):
        requests.submit(case.pk, by=by)
        remove(paper_id, by=by)

    monkeypatch.setattr(papers, "remove_paper", hand_in_first)
    answer = as_(cast.owner).post(reverse("enterprises:paper_remove", args=[paper.file.key]))
    assert (answer.status_code, case.papers.count()) == (302, 3)


def test_an_invitee_removed_twice_is_removed_once(cast, case):
    guest = case.invitation.invitees.get()
    actions.remove_invitee(case.pk, invitee_id=guest.pk, by=cast.owner)
    actions.remove_invitee(case.pk, invitee_id=guest.pk, by=cast.owner)
    assert case.invitation.invitees.count() == 0


def test_an_invitee_removed_in_another_tab_is_not_saved(cast, case):
    with pytest.raises(NotNow):
        actions.save_invitee(case.pk, invitee_id=10**9, answers=guest_fields(0), by=cast.owner)


def test_a_licence_nobody_looked_at_goes_when_another_takes_its_place(cast):
    owner = person("third@example.com")
    company = pending_company(THIRD_COMPANY, owner=owner)
    earlier = company.licence_id
    companies.correct_company(company.pk, data=THIRD_COMPANY, licence=picture(by=owner), by=owner)
    assert list(StoredFile.objects.filter(pk=earlier)) == []


@pytest.mark.parametrize(
    "action",
    [Dictionary(S=Name.URI, URI="http://evil.example"), Dictionary(S=Name.GoToR, F="\\\\evil.example\\share")],
    ids=["opens an address", "opens a file elsewhere"],
)
def test_a_pdf_that_calls_out_by_itself_is_refused(tmp_path, action):
    path = tmp_path / "paper.pdf"
    with pikepdf.new() as file:
        file.add_blank_page()
        file.Root.OpenAction = action
        file.save(path)
    with pytest.raises(ValidationError) as refusal:
        files.check_upload(SimpleUploadedFile("paper.pdf", path.read_bytes()))
    assert refusal.value.code == "active"


def test_a_pdf_with_a_link_on_its_page_is_taken(tmp_path):
    path = tmp_path / "paper.pdf"
    with pikepdf.new() as file:
        page = file.add_blank_page()
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        link.A = Dictionary(S=Name.URI, URI="https://example.com")
        page.obj.Annots = file.make_indirect([file.make_indirect(link)])
        file.save(path)
    assert files.check_upload(SimpleUploadedFile("paper.pdf", path.read_bytes()))[1] == files.PDF
