import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from enterprises.actions import companies
from enterprises.enums import CompanyState
from enterprises.models import Company, Membership
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import AuditEntry, Mail
from tests.cast import COMPANY, THIRD_COMPANY, pending_company, person, picture


@pytest.fixture
def newcomer(cast):
    return person("new@example.com", language="en")


@pytest.fixture
def pending(newcomer) -> Company:
    return pending_company(THIRD_COMPANY, owner=newcomer)


def again(company: Company) -> Company:
    return Company.objects.get(pk=company.pk)


def test_a_registered_company_waits_for_verification(pending, newcomer):
    assert pending.state == CompanyState.PENDING
    assert newcomer.membership.company == pending


def test_both_languages_are_kept_apart(pending):
    company = again(pending)

    assert (company.name_zh_hans, company.name_en) == ("沈阳新客户有限公司", "Newcomer Co., Ltd.")


def test_a_registration_is_signed(pending, newcomer):
    entry = AuditEntry.objects.get(table="enterprises_company", row=str(pending.pk))

    assert (entry.operation, entry.actor_id) == ("INSERT", newcomer.pk)


def test_a_second_company_of_the_same_person_is_refused(pending, newcomer):
    with pytest.raises(NotNow):
        pending_company(COMPANY, owner=newcomer)


def test_a_double_click_registers_once(transactional_db):
    newcomer, licence, outcomes = person("new@example.com"), picture(), []

    def register():
        try:
            companies.register_company(data=THIRD_COMPANY, licence=licence, by=newcomer)
            outcomes.append("registered")
        except NotNow:
            outcomes.append("not now")
        finally:
            connection.close()

    threads = [threading.Thread(target=register) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["not now", "registered"]
    assert Membership.objects.count() == 1


def test_reception_verifies(cast, pending):
    companies.verify_company(pending.pk, by=cast.reception)

    company = again(pending)
    assert (company.state, company.verified_by) == (CompanyState.VERIFIED, cast.reception)
    assert company.verified_at


def test_a_verified_company_is_told_in_its_language(cast, pending):
    companies.verify_company(pending.pk, by=cast.reception)

    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("new@example.com", "en")


def test_a_returned_company_reads_what_to_correct(cast, pending):
    companies.return_company(pending.pk, note="The licence is cut off & unreadable.", by=cast.reception)

    assert (again(pending).state, again(pending).note) == (
        CompanyState.RETURNED,
        "The licence is cut off & unreadable.",
    )
    assert "The licence is cut off & unreadable." in Mail.objects.get().body


@pytest.mark.parametrize("who", ["reviewer", "approver", "auditor", "owner"])
@pytest.mark.parametrize(
    "action", [companies.verify_company, lambda pk, *, by: companies.return_company(pk, note="x", by=by)]
)
def test_only_reception_decides_about_companies(cast, pending, who, action):
    with pytest.raises(PermissionDenied):
        action(pending.pk, by=getattr(cast, who))


def test_verifying_twice_is_refused_and_writes_no_second_mail(cast, pending):
    companies.verify_company(pending.pk, by=cast.reception)

    with pytest.raises(NotNow):
        companies.verify_company(pending.pk, by=cast.reception)

    assert Mail.objects.count() == 1


def test_a_corrected_company_waits_again(cast, pending, newcomer):
    companies.return_company(pending.pk, note="x", by=cast.reception)
    licence = picture("better.png")

    companies.correct_company(pending.pk, data=THIRD_COMPANY | {"phone": "024 1"}, licence=licence, by=newcomer)

    company = again(pending)
    assert (company.state, company.note, company.phone, company.licence) == (CompanyState.PENDING, "", "024 1", licence)


def test_without_a_new_licence_the_old_one_stays(pending, newcomer):
    licence = pending.licence

    companies.correct_company(pending.pk, data=THIRD_COMPANY, licence=None, by=newcomer)

    assert again(pending).licence == licence


def test_a_verified_company_is_not_changed_by_its_people(cast):
    with pytest.raises(NotNow):
        companies.correct_company(cast.company.pk, data=COMPANY, licence=None, by=cast.owner)


@pytest.mark.parametrize("who", ["outsider", "auditor", "reception"])
def test_nobody_corrects_another_s_company(cast, pending, who):
    with pytest.raises(Company.DoesNotExist):
        companies.correct_company(pending.pk, data=THIRD_COMPANY, licence=None, by=getattr(cast, who))
