"""Making officers and locking accounts in the back office."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from shenyang_fao.accounts import actions
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.models import AuditEntry, Mail
from tests.cast import officer, person

ADD = reverse("admin:accounts_user_add")
NEW = {"email": "New@Example.com", "name": "王芳", "language": "zh-hans", "roles": ["reviewer", "approver"]}


@pytest.fixture
def administrator(db):
    return officer("admin@example.com", Role.ADMINISTRATOR)


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def page(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_a_new_officer_has_roles_a_verified_address_and_no_password(admin_client, administrator):
    admin_client.post(ADD, NEW)

    made = User.objects.get(email="new@example.com")
    assert actions.roles_of(made) == {Role.REVIEWER, Role.APPROVER}
    assert made.is_staff
    assert not made.is_superuser
    assert not made.has_usable_password()
    assert EmailAddress.objects.get(user=made).verified
    assert (
        AuditEntry.objects.get(table="accounts_user", row=str(made.pk), operation="INSERT").actor_id == administrator.pk
    )


def test_a_new_officer_is_told_where_to_choose_a_password(admin_client):
    admin_client.post(ADD, NEW)

    assert "/accounts/password/reset/" in Mail.objects.get(to="new@example.com").body


@pytest.mark.parametrize(
    "wrong",
    [{"email": "admin@example.com"}, {"email": "ADMIN@example.com"}, {"roles": []}, {"roles": ["god"]}, {"name": ""}],
)
def test_a_wrong_form_makes_nobody(admin_client, wrong):
    response = admin_client.post(ADD, NEW | wrong)

    assert response.status_code == 200
    assert response.context["errors"]
    assert User.objects.count() == 1


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "user_permissions", "groups", "password"])
def test_the_form_gives_no_more_than_roles(admin_client, field):
    other = officer("other@example.com", Role.EDITOR)

    form = admin_client.get(page(other)).context["adminform"].form

    assert field not in form.fields


def test_roles_and_activity_are_changed(admin_client):
    other = officer("other@example.com", Role.EDITOR)

    admin_client.post(page(other), {"name": "李雷", "language": "en", "roles": ["auditor"]})

    other.refresh_from_db()
    assert actions.roles_of(other) == {Role.AUDITOR}
    assert (other.name, other.language, other.is_active) == ("李雷", "en", False)


@pytest.mark.parametrize("change", [{"roles": ["administrator", "approver"]}, {"is_active": ""}])
def test_nobody_changes_the_own_roles_or_locks_the_own_account(admin_client, administrator, change):
    data = {"name": "Admin", "language": "zh-hans", "roles": ["administrator"], "is_active": "on"} | change

    response = admin_client.post(page(administrator), data)

    administrator.refresh_from_db()
    assert response.status_code == 200
    assert "须由其他管理员变更" in response.content.decode()
    assert administrator.is_active
    assert actions.roles_of(administrator) == {Role.ADMINISTRATOR}


def test_an_administrator_does_not_touch_a_superuser(admin_client, administrator):
    root = User.objects.create_superuser("root@example.com", name="Root")

    assert admin_client.post(page(root), {"name": "X", "language": "en"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_person(root.pk, name="X", language="en", is_active=False, by=administrator)


def test_a_company_person_is_locked_but_gets_no_roles(admin_client):
    owner = person("owner@example.com")

    admin_client.post(page(owner), {"name": "Owner", "language": "en", "roles": ["approver"]})

    owner.refresh_from_db()
    assert not owner.is_active
    assert not owner.groups.exists()


def test_no_password_stands_on_the_page(admin_client, administrator):
    content = admin_client.get(page(administrator)).content.decode()

    assert administrator.password not in content
    assert "algorithm" not in content


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.REVIEWER, Role.APPROVER, Role.EDITOR, Role.AUDITOR])
def test_other_roles_neither_see_nor_make_people(client, db, role):
    user = officer("other@example.com", role)
    client.force_login(user)

    found = [client.get(reverse("admin:accounts_user_changelist")), client.get(page(user)), client.post(ADD, NEW)]

    assert [response.status_code for response in found] == [403] * 3


def test_people_are_not_deleted(admin_client):
    other = person("owner@example.com")

    assert admin_client.post(reverse("admin:accounts_user_delete", args=[other.pk])).status_code == 403


def test_a_language_the_site_lacks_is_refused(administrator):
    with pytest.raises(Refusal):
        actions.choose_language("xx", by=administrator)
