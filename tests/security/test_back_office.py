import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from enterprises.enums import CompanyState, RequestState
from enterprises.models import Company, Membership, ServiceRequest
from shenyang_fao.accounts.enums import Role
from tests.cast import THIRD_COMPANY, bring_to, complete_invitation, officer, pending_company, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "page", "question", "status"),
    [
        ("administrator", "accounts_user", "password__startswith=md5", 400),
        ("administrator", "accounts_user", "is_staff__exact=1&role=auditor", 200),
        ("auditor", "core_auditentry", "after__password__startswith=md5", 400),
        (
            "auditor",
            "core_auditentry",
            "table=accounts_user&operation=INSERT&at__gte=2026-01-01%2000:00:00%2B00:00",
            200,
        ),
        ("auditor", "enterprises_letter", "code__startswith=a", 400),
        ("auditor", "enterprises_letter", "state__exact=issued", 200),
        ("auditor", "enterprises_servicerequest", "key__startswith=a", 400),
        ("auditor", "enterprises_servicerequest", "waiting=office&state=submitted&clock=overdue", 200),
    ],
)
def test_a_list_is_asked_by_its_filters_and_by_no_hidden_column(as_, who, page, question, status):
    asking = officer(f"{who}@example.net", Role(who))
    assert as_(asking).get(reverse(f"admin:{page}_changelist") + "?" + question).status_code == status


def test_no_door_leads_from_any_record_to_its_page(as_, cast):
    kind = ContentType.objects.get_for_model(ServiceRequest)
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    nobody = officer("nobody@example.net")
    assert as_(nobody).get(f"/admin/r/{kind.pk}/{case.pk}/").status_code == 404


def test_a_key_of_thousands_of_digits_is_not_found(as_, cast):
    page = reverse("admin:enterprises_company_changelist") + "9" * 5000 + "/change/"
    assert as_(cast.auditor).get(page).status_code == 404


def test_data_that_a_company_changed_after_the_officer_looked_are_not_verified(as_, cast):
    company = pending_company(THIRD_COMPANY, owner=person("third@example.com"))
    client = as_(cast.reception)
    seen = client.get(reverse("admin:enterprises_company_change", args=[company.pk])).context["seen"]
    Company.objects.filter(pk=company.pk).update(legal_representative="Somebody else")
    client.post(reverse("admin:enterprises_company_verify", args=[company.pk]), {"seen": seen})
    assert Company.objects.get(pk=company.pk).state == CompanyState.PENDING


def test_an_officer_who_files_for_a_company_decides_nothing_of_it(as_, cast):
    case = bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    Membership.objects.create(user=cast.reception, company=cast.company)
    as_(cast.reception).post(reverse("admin:enterprises_servicerequest_accept", args=[case.pk]))
    assert ServiceRequest.objects.get(pk=case.pk).state == RequestState.SUBMITTED


def test_an_officer_verifies_no_company_of_the_own(as_, cast):
    company = pending_company(THIRD_COMPANY, owner=person("third@example.com"))
    Membership.objects.create(user=cast.reception, company=company)
    client = as_(cast.reception)
    seen = client.get(reverse("admin:enterprises_company_change", args=[company.pk])).context["seen"]
    client.post(reverse("admin:enterprises_company_verify", args=[company.pk]), {"seen": seen})
    assert Company.objects.get(pk=company.pk).state == CompanyState.PENDING
