import pytest
from django.contrib.auth.models import Group, Permission

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.roles import RIGHTS, sync_roles
from tests.cast import officer

DECISIONS = {
    "enterprises.verify_company": {Role.RECEPTION},
    "enterprises.accept_request": {Role.RECEPTION},
    "enterprises.review_request": {Role.REVIEWER},
    "enterprises.approve_request": {Role.APPROVER},
    "enterprises.revoke_letter": {Role.APPROVER},
    "enterprises.lead_requests": {Role.HEAD},
    "core.retry_promise": {Role.ADMINISTRATOR},
    "core.view_auditentry": {Role.AUDITOR},
}


@pytest.mark.parametrize("role", Role)
def test_an_officer_has_exactly_the_rights_of_the_role(db, role):
    assert officer("officer@example.com", role).get_all_permissions() == set(RIGHTS[role])


@pytest.mark.parametrize(("right", "roles"), DECISIONS.items())
def test_each_decision_belongs_to_one_role(right, roles):
    assert {role for role in Role if right in RIGHTS[role]} == roles


def test_every_right_of_the_table_exists(db):
    known = {
        f"{right.content_type.app_label}.{right.codename}"
        for right in Permission.objects.select_related("content_type")
    }

    assert {right for rights in RIGHTS.values() for right in rights} <= known


def test_an_auditor_changes_nothing():
    assert [right for right in RIGHTS[Role.AUDITOR] if ".view_" not in right] == []


def test_a_right_added_by_hand_goes_with_the_next_migration(db):
    group = Group.objects.get(name=Role.AUDITOR)
    group.permissions.add(Permission.objects.get(codename="approve_request"))

    sync_roles()

    assert not group.permissions.filter(codename="approve_request").exists()


def test_a_role_deleted_by_hand_comes_back(db):
    Group.objects.filter(name=Role.REVIEWER).delete()

    sync_roles()

    assert Group.objects.get(name=Role.REVIEWER).permissions.filter(codename="review_request").exists()


def test_an_officer_who_left_has_no_rights(db):
    assert officer("officer@example.com", Role.APPROVER, is_active=False).get_all_permissions() == set()
