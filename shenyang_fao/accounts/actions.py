"""Making officers and changing what they may do."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.mail import queue_mail


@audit.action
def create_officer(*, email: str, name: str, language: str, roles: Sequence[Role], by: User) -> User:
    """Make an officer without a password and write where to choose one. Raises PermissionDenied.

    The administrator vouches for the address, so that nothing but the password is asked at the first sign-in.
    """
    if not by.has_perm("accounts.add_user"):
        raise PermissionDenied
    officer = User.objects.create_user(email, None, name=name, language=language, is_staff=True)
    _set_roles(officer, roles)
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    # Not as a notice: who reads those in the portal has chosen a password already.
    queue_mail(
        key=f"officer-created:{officer.pk}",
        to=officer.email,
        language=language,
        template="accounts/mail/officer_created.txt",
        context={"officer": officer},
    )
    return officer


@audit.action
def change_person(
    person_id: int, *, name: str, language: str, is_active: bool, roles: Sequence[Role] | None = None, by: User
) -> User:
    """Change a person; ``roles`` of None leaves them as they are. Raises PermissionDenied, Refusal.

    Nobody changes the own roles or locks the own account, and a superuser is changed by superusers only.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person_id)
    if not by.has_perm("accounts.change_user") or (person.is_superuser and not by.is_superuser):
        raise PermissionDenied
    if refusal := own_change(person, is_active=is_active, roles=roles, by=by):
        raise refusal
    person.name, person.language, person.is_active = name, language, is_active
    person.save(update_fields=["name", "language", "is_active"])
    if roles is not None and person.is_staff:
        _set_roles(person, roles)
    return person


def own_change(person: User, *, is_active: bool, roles: Sequence[Role] | None, by: User) -> Refusal | None:
    """Return why somebody may not make this change to the own account, or None."""
    changes_roles = roles is not None and set(roles) != roles_of(person)
    if person.pk != by.pk or (is_active and not changes_roles):
        return None
    return Refusal(_("Another administrator has to change your own roles or lock your own account."))


@audit.action
def change_details(*, name: str, language: str, phone: str | None, wants_sms: bool, by: User) -> None:
    """Change what a person says about themselves; ``phone`` as `phones.normal` returns it. Raises Refusal.

    An officer's name stands beside decisions, so that it stays what an administrator entered.
    """
    if wants_sms and not phone:
        raise Refusal(_("Enter your mobile number, or do without short messages."))
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("The site does not have this language."))
    person = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    person.name = person.name if person.is_staff else name
    person.language, person.wants_sms = language, wants_sms
    changed = ["name", "language", "wants_sms"]
    # Encrypted anew, the same number would look changed in the trail.
    if phone != person.phone:
        person.phone, changed = phone, [*changed, "phone"]  # type: ignore[assignment]  # the field takes NULL
    person.save(update_fields=changed)


@audit.action
def choose_language(language: str, *, by: User) -> None:
    """Remember the language a person reads. Raises Refusal for a language the site does not have."""
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("The site does not have this language."))
    User.objects.filter(pk=by.pk).update(language=language)


def roles_of(person: User) -> set[Role]:
    """Return the roles of an officer."""
    return {Role(group.name) for group in person.groups.all() if group.name in Role.values}


def _set_roles(officer: User, roles: Sequence[Role]) -> None:
    officer.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
